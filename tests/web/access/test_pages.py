"""Every page, as every role, about a thing in every relation and every state, by every method.

A class for each folder of pages, so that they can be shared out among workers.
"""

import pytest

from sojourn.web.operations import SCOPES
from web.access.operations import PATTERNS
from web.access.subjects import SUBJECTS
from web.access.walking import walk
from web.access.world import World

pytestmark = pytest.mark.django_db
every_subject = pytest.mark.parametrize("subject", SUBJECTS)
WALKED: set[str] = set()


def pages_of(space: str) -> pytest.MarkDecorator:
    """The declared pages of this namespace, or of none."""
    WALKED.add(space)
    names = [name for name in SCOPES if name.rpartition(":")[0] == space and name in PATTERNS]
    return pytest.mark.parametrize("name", names)


def faults(world: World, name: str, subject: str) -> list[str]:
    """What is wrong with what somebody meets on a page, one sentence each."""
    return list(walk(world, PATTERNS[name], name, SCOPES[name], SUBJECTS[subject]))


class TestPublicPages:
    """They tell what is published, and of no person."""

    @every_subject
    @pages_of("public")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestTheWayInAndOut:
    """It opens nothing by itself."""

    @every_subject
    @pages_of("")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestPagesOfAChild:
    """A slip opens the own say of one child."""

    @every_subject
    @pages_of("child")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestOwnPages:
    """They open to the person and to the guardian of the day, and to nobody else."""

    @every_subject
    @pages_of("participant")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestPagesOfAnInstitution:
    """Rosters open to the posts of the host of the activity, and to nobody above it."""

    @every_subject
    @pages_of("institution")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestPagesOfTheOffices:
    """Offices see counts of their own and of what lies below them, and no person."""

    @every_subject
    @pages_of("office")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestPagesOfSafeguarding:
    """Leads read what reached their own organisation, and each look at words or names is kept."""

    @every_subject
    @pages_of("safeguarding")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestPagesOfAnAuditor:
    """An auditor reads acts by their numbers, and no person."""

    @every_subject
    @pages_of("auditor")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


class TestPagesAboutPrograms:
    """Leads see the tokens and webhooks of their own organisation."""

    @every_subject
    @pages_of("programs")
    def test_page_opens_what_it_declares_and_nothing_else(self, world, name, subject) -> None:
        assert faults(world, name, subject) == []


def test_no_folder_of_pages_is_left_out() -> None:
    assert {name.rpartition(":")[0] for name in PATTERNS} == WALKED
