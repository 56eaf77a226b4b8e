"""Needs for a trip: written by the family, encrypted, read by the leaders of that stay, never counted."""

import ast
import datetime as dt

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from apps import factories
from apps.participation import world
from house.tree import sources
from sojourn.participation.actions.needs import NeedLine, delete_need, read_needs, write_need
from sojourn.participation.models import TripNeed
from sojourn.records.actor import Actor, Post
from sojourn.records.models import AuditEvent, PersonRead
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.registry.models import Consent

pytestmark = pytest.mark.django_db
TEXT = "no nuts, 不吃花生"
DAY = dt.timedelta(days=1)


@pytest.fixture
def stay():
    return agreed(factories.EngagementFactory(person__given_name="Mina", person__family_name="Okafor"))


def agreed(stay, *givers):
    """The stay, with every yes to keeping the note."""
    for giver in givers or (stay.person,):
        factories.ConsentFactory(
            person=stay.person,
            given_by=giver,
            kind="assent" if givers and giver == stay.person else "consent",
            purpose="keep_needs",
            component_code=stay.component.code,
            starts_on=stay.starts_on - 50 * DAY,
            ends_on=stay.starts_on + 200 * DAY,
        )
    return stay


def test_need_is_kept_only_by_everybody_s_own_yes(stay):
    Consent.objects.all().delete()
    with pytest.raises(RefusalError) as refused:
        write(stay)
    assert (refused.value.code, TripNeed.objects.count()) == ("consent.missing", 0)


def test_need_is_read_no_more_once_the_yes_is_taken_back(stay):
    write(stay)
    Consent.objects.all().delete()
    assert read_needs(by=leader(stay.opening.host_id), opening=stay.opening, on=stay.starts_on) == []


def write(stay, text=TEXT, **changes):
    values = {"by": world.actor(stay.person), "engagement": stay, "text": text, "on": stay.starts_on}
    write_need(**{**values, **changes})


def leader(organisation_id: int, role: str = "leader") -> Actor:
    return Actor(account_id=7, posts=frozenset({Post(role, organisation_id)}))


def test_need_is_unreadable_in_the_database_and_leaves_no_line(stay):
    write(stay, "first")
    write(stay)
    assert TripNeed.objects.get().text == TEXT
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM participation_tripneed")
        assert "nuts" not in cursor.fetchone()[0]
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize("role", ["leader", "host"])
def test_leader_of_the_stay_reads_needs_and_stands_in_the_log(stay, role):
    write(stay)
    lines = read_needs(by=leader(stay.opening.host_id, role), opening=stay.opening, on=stay.starts_on)
    assert lines == [NeedLine("Mina Okafor", TEXT)]
    line = PersonRead.objects.get()
    assert (line.person_id, line.role, line.view) == (stay.person_id, role, "need.read")


@pytest.mark.parametrize("role", ["institution", "regional_office", "programme_office", "safeguarding_lead"])
def test_nobody_but_the_leaders_reads_needs(stay, role):
    write(stay)
    with pytest.raises(UnseenError):
        read_needs(by=leader(stay.opening.host_id, role), opening=stay.opening, on=stay.starts_on)
    with pytest.raises(UnseenError):
        read_needs(by=leader(stay.sending_id), opening=stay.opening, on=stay.starts_on)
    assert PersonRead.objects.count() == 0


def test_needs_of_somebody_who_has_left_are_not_read(stay):
    write(stay)
    assert read_needs(by=leader(stay.opening.host_id), opening=stay.opening, on=stay.ends_on) == []


def test_guardian_writes_and_deletes_and_a_stranger_does_not():
    child = factories.PersonFactory(age=12)
    guardian = world.guardian_of([child])
    stay = agreed(factories.EngagementFactory(person=child), guardian, child)
    write(stay, by=world.actor(guardian))
    with pytest.raises(UnseenError):
        write(stay, by=world.actor(factories.PersonFactory()))
    with pytest.raises(UnseenError):
        delete_need(by=world.actor(factories.PersonFactory()), engagement=stay, on=stay.starts_on)
    delete_need(by=world.actor(guardian), engagement=stay, on=stay.starts_on)
    assert TripNeed.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "late", "code"),
    [(" ", 0, "need.empty"), ("x" * 1001, 0, "need.long"), (TEXT, 100, "need.over")],
)
def test_need_that_cannot_be_kept_says_why(stay, text, late, code):
    with pytest.raises(RefusalError) as refused:
        write(stay, text, on=stay.starts_on + late * DAY)
    assert (refused.value.code, refused.value.where) == (code, "text")
    assert TripNeed.objects.count() == 0


def test_needs_cannot_be_searched_or_counted(stay):
    write(stay)
    for lookup in ("text", "text__contains", "text__isnull"):
        with pytest.raises(FieldError):
            TripNeed.objects.filter(**{lookup: "nuts"}).count()


def test_only_needs_and_privacy_name_the_table():
    """No page, figure or export can count who needs something: nothing else can reach the rows."""
    allowed = {"participation/models.py", "participation/actions/needs.py", "privacy/retention.py"}
    allowed |= {"participation/queries/applicants/needs.py", "privacy/actions/letting_go.py"}
    naming = {
        source.path
        for source in sources()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Name | ast.Attribute | ast.alias | ast.ClassDef))
        and "TripNeed" in {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")}
    }
    assert naming == allowed
