"""Every page says for whom it is, which things it opens, and how near to people it comes."""

import inspect
from pathlib import Path

import pytest

import sojourn.web
from sojourn.web.access import ROLES, Audience
from sojourn.web.operations import SCOPES
from sojourn.web.scopes import Reach, Thing
from web.access.operations import PATTERNS, names_in
from web.access.subjects import AUDIENCES
from web.access.world import World

WEB = Path(sojourn.web.__file__).parent
HOW = """{name} declares no scope. Add it to {file}:

    "{name}": Scope(
        Audience.{audience},
        _("What one does there, as one sentence."),
        Reach.OWN,  # which things it opens: see Reach
        Shows.COUNTS,  # how near to people it comes: see Shows
        {thing},  # what the address names, if anything
    ),

with a Chinese sentence in the catalogue; then print the manual again (docs/manual/access.md says how). A new
kind of Thing gets a part in tests/web/access/world.py. A new folder of pages joins web/operations.py, and
gets its own class in tests/web/access/test_pages.py."""

THING = "Thing.CALL, or whichever it is: see Thing"


def audience_of(name: str) -> Audience | None:
    return getattr(PATTERNS[name].callback, "audience", None)


def how_to_declare(name: str) -> str:
    """What to write where, for whoever added the page."""
    file = Path(inspect.getsourcefile(inspect.unwrap(PATTERNS[name].callback)) or "")
    folder = file.relative_to(WEB).parent if file.is_relative_to(WEB) else "account"
    audience = audience_of(name)
    return HOW.format(
        name=name,
        file=f"src/sojourn/web/{folder}/scopes.py",
        audience=audience.name if audience else "PUBLIC",
        thing=THING if names_in(PATTERNS[name]) else "None",
    )


def test_every_page_declares_its_scope() -> None:
    undeclared = [how_to_declare(name) for name in PATTERNS if name not in SCOPES]
    assert not undeclared, "\n\n".join(undeclared)


def test_no_declaration_outlives_its_page() -> None:
    assert [name for name in SCOPES if name not in PATTERNS] == []


@pytest.mark.parametrize("name", SCOPES)
def test_page_is_opened_to_the_audience_that_it_declares(name: str) -> None:
    """Pages of Django and of libraries, which carry no decorator of ours, are declared open to all."""
    assert SCOPES[name].audience is (audience_of(name) or Audience.PUBLIC)


@pytest.mark.parametrize("name", SCOPES)
def test_page_declares_what_its_address_names(name: str) -> None:
    assert bool(names_in(PATTERNS[name])) is (SCOPES[name].thing is not None)


@pytest.mark.django_db
@pytest.mark.parametrize("thing", Thing)
def test_there_is_one_of_each_thing_to_ask_for(world: World, thing: Thing) -> None:
    """Add a part to tests/web/access/world.py that makes it, for several owners where it has owners."""
    owned = {scope.reach for scope in SCOPES.values() if scope.thing is thing} & {
        Reach.OWN,
        Reach.BELOW,
        Reach.FAMILY,
    }
    owners = {sample.owner for sample in world.samples[thing]}
    assert len(owners) >= (3 if owned else 1)


def test_posts_open_the_pages_that_are_written_down_twice() -> None:
    opened = {role: {audience for audience in ROLES if role in ROLES[audience]} for role in AUDIENCES}
    assert opened == AUDIENCES
