"""The retention clock against a reference in plain Python, and against what the register promises."""

import csv
import datetime as dt
import random

import pytest
from django.utils import timezone

from apps import factories
from apps.monitoring.worlds import FIRST, LAST, SEEN_ON, random_world
from house.tree import ROOT
from sojourn.cli import main, tending
from sojourn.monitoring.indicators import DEFINITIONS, Trees, tally
from sojourn.participation.models import (
    Application,
    Engagement,
    Member,
    Session,
    Ticket,
    TripNeed,
    WaitingPlace,
)
from sojourn.privacy.actions.expiring import expire
from sojourn.privacy.retention import BY_OTHERS, PROMISES, RULES
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.records.models import AuditEvent
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Consent, Guardianship, Membership, Person, Vetting

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY
DAY = dt.timedelta(days=1)
YEAR = dt.timedelta(days=365)


def night(on: dt.date, at_once: int = 200) -> int:
    """Everything that the clock does in one night; how many rows it took up."""
    done = 0
    for code, rule in RULES.items():
        while rule.due(on).exists():
            done += len(expire(by=SYSTEM, rule=code, limit=at_once, on=on))
    return done


# What is promised ----------------------------------------------------------------------------------


def test_register_promises_what_the_clock_does():
    with (ROOT / "docs/data-register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["retention"] for row in rows} == set(PROMISES)
    tables = {code: rule.tables for code, rule in RULES.items()} | BY_OTHERS
    unkept = [
        f"{row['model']}.{row['column']}: {row['retention']}"
        for row in rows
        for rules in [PROMISES[row["retention"]]]
        if rules and not any(row["model"] in tables[code] for code in rules)
    ]
    assert unkept == []


def test_every_rule_keeps_a_promise():
    assert {code for rules in PROMISES.values() for code in rules} == set(RULES) | set(BY_OTHERS)


# One rule after the other, to the day --------------------------------------------------------------


def test_unselected_application_goes_90_days_after_the_round_with_its_child():
    guardianship = factories.GuardianshipFactory()
    opening = factories.OpeningFactory()
    application = factories.ApplicationFactory(
        call=opening.call, person=guardianship.child, submitted_by=guardianship.guardian
    )
    factories.PreferenceFactory(application=application, opening=opening)
    factories.OfferFactory(application=application, opening=opening, status="closed")
    night(opening.starts_on + 89 * DAY)
    assert Application.objects.count() == 1
    night(opening.starts_on + 90 * DAY)
    assert (Application.objects.count(), Member.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_refused_and_unanswered_offers_become_the_same_row_and_vanish_together():
    opening = factories.OpeningFactory()
    for status in ("closed", "closed"):
        factories.OfferFactory(opening=opening, application__call=opening.call, status=status)
    rows = list(Application.objects.values("status").order_by())
    assert rows[0] == rows[1]
    night(opening.starts_on + 90 * DAY)
    assert Application.objects.count() == 0


def test_unselected_holder_of_a_log_in_keeps_it_until_a_year_without_use():
    person = factories.PersonFactory()
    account = factories.AccountFactory(person=person)
    opening = factories.OpeningFactory()
    factories.ApplicationFactory(call=opening.call, person=person)
    last = dt.datetime.combine(opening.starts_on, dt.time(9), dt.UTC)
    Account.objects.filter(pk=account.pk).update(last_login=last)
    night(opening.starts_on + 90 * DAY)
    assert (Application.objects.count(), Person.objects.count()) == (0, 1)
    over = opening.starts_on.replace(year=opening.starts_on.year + 1)
    night(over)
    assert Person.objects.count() == 1
    night(over + DAY)
    assert (Person.objects.count(), Account.objects.count()) == (0, 0)


def test_participant_goes_a_year_after_the_end_and_the_count_stays():
    stay = factories.EngagementFactory()
    factories.say_yes(stay)
    over = stay.ends_on.replace(year=stay.ends_on.year + 1)
    night(over - DAY)
    assert Engagement.objects.get().person == stay.person
    night(over)
    left = Engagement.objects.get()
    assert (left.person.is_remnant, left.offer, Person.objects.count()) == (True, None, 1)
    assert (Application.objects.count(), Consent.objects.get().person) == (0, left.person)


def test_participant_of_two_years_stays_one_person_until_a_year_after_the_last():
    first = factories.EngagementFactory()
    call = first.opening.call
    later = factories.OpeningFactory(
        call=call, starts_on=first.starts_on + YEAR - DAY, ends_on=first.ends_on + YEAR - DAY
    )
    factories.EngagementFactory(
        person=first.person,
        opening=later,
        offer=factories.OfferFactory(opening=later, application=first.offer.application, status="closed"),
    )
    night(first.ends_on + YEAR + DAY)
    assert {row.person_id for row in Engagement.objects.order_by()} == {first.person_id}
    night(later.ends_on + YEAR + DAY, at_once=1)
    assert len({row.person_id for row in Engagement.objects.order_by()}) == 1
    assert not Person.objects.filter(is_remnant=False).exists()


def test_guardian_without_log_in_goes_with_the_last_ward():
    guardianship = factories.GuardianshipFactory()
    sister = factories.GuardianshipFactory(guardian=guardianship.guardian)
    first = factories.EngagementFactory(person=guardianship.child)
    second = factories.EngagementFactory(
        person=sister.child,
        opening__starts_on=first.starts_on + YEAR,
        opening__ends_on=first.ends_on + YEAR,
    )
    night(first.ends_on + YEAR + DAY)
    assert {row.pk for row in Person.objects.filter(is_remnant=False)} == {
        sister.child_id,
        sister.guardian_id,
    }
    night(second.ends_on + YEAR + DAY)
    assert (Person.objects.filter(is_remnant=False).count(), Guardianship.objects.count()) == (0, 0)


def test_needs_are_gone_30_days_after_the_return():
    stay = factories.EngagementFactory()
    TripNeed.objects.create(engagement=stay, text="no nuts")
    night(stay.ends_on + 29 * DAY)
    assert TripNeed.objects.count() == 1
    night(stay.ends_on + 30 * DAY)
    assert TripNeed.objects.count() == 0


def test_waiting_ends_when_the_stay_begins():
    opening = factories.OpeningFactory()
    WaitingPlace.objects.create(
        opening=opening, application=factories.ApplicationFactory(call=opening.call), place=1
    )
    night(opening.starts_on - DAY)
    assert WaitingPlace.objects.count() == 1
    night(opening.starts_on)
    assert WaitingPlace.objects.count() == 0


@pytest.mark.parametrize("model", [Membership, Vetting, Consent])
def test_proof_goes_two_years_after_its_end(model):
    ended = dt.date(2026, 3, 1)
    made = {
        Membership: factories.MembershipFactory,
        Vetting: factories.VettingFactory,
        Consent: factories.ConsentFactory,
    }[model](starts_on=ended - YEAR, ends_on=ended)
    night(dt.date(2028, 2, 29))
    assert model.objects.filter(pk=made.pk).exists()
    night(dt.date(2028, 3, 1))
    assert not model.objects.filter(pk=made.pk).exists()


def test_adults_of_a_session_go_a_year_after_the_stay_and_the_session_counts_on():
    session = factories.SessionFactory()
    session.adults.add(factories.AccountFactory())
    over = session.opening.ends_on.replace(year=session.opening.ends_on.year + 1)
    night(over - DAY)
    assert session.adults.count() == 1
    night(over)
    assert (session.adults.count(), Session.objects.count()) == (0, 1)


def test_published_list_keeps_its_tickets():
    application = factories.ApplicationFactory()
    from sojourn.participation.models import Round  # noqa: PLC0415 - only this test needs it

    round_ = Round.objects.create(
        call=application.call, seed_source={}, announced_at=timezone.now(), status="announced"
    )
    Ticket.objects.create(round=round_, application=application, code="T1")
    night(application.call.closes_on + 90 * DAY)
    assert Ticket.objects.get().application is None


# All rules at once, against a reference ------------------------------------------------------------


def reference(on: dt.date) -> tuple[set[int], set[int]]:
    """The applications and the stays with a person that may still be there on a day, in plain Python."""
    since = on.replace(year=on.year - 1)
    named = list(Engagement.objects.filter(person__is_remnant=False).select_related("offer").order_by("pk"))
    kept = {
        row.pk
        for row in named
        if any(
            other.ends_on > since
            for other in named
            if (other.person_id, other.component_id) == (row.person_id, row.component_id)
        )
    }
    holding = {row.offer.application_id for row in named if row.pk in kept and row.offer}
    applications = set()
    for row in Application.objects.select_related("call").order_by("pk"):
        days = [opening.starts_on for opening in row.call.openings.all()] or [row.call.closes_on]
        if row.pk in holding or (on - max(days)).days < 90:
            applications.add(row.pk)
    return applications, kept


@pytest.mark.parametrize("seed", range(8))
def test_clock_leaves_what_the_reference_leaves_and_no_figure_moves(seed):
    random_world(seed)
    chance = random.Random(seed)
    trees = Trees.now()
    before = {code: tally(code, FIRST, LAST, SEEN_ON, trees) for code in DEFINITIONS}
    for days in sorted(chance.sample(range(60, 700), k=4)):
        on = SEEN_ON + days * DAY
        applications, stays = reference(on)
        night(on, at_once=chance.choice([1, 3, 200]))
        assert set(Application.objects.values_list("pk", flat=True)) == applications
        assert set(Engagement.objects.filter(person__is_remnant=False).values_list("pk", flat=True)) == stays
    assert {code: tally(code, FIRST, LAST, SEEN_ON, trees) for code in DEFINITIONS} == before


def test_second_night_of_the_same_day_finds_nothing():
    random_world(1)
    on = SEEN_ON + 500 * DAY
    assert night(on) > 0
    assert night(on) == 0


# The job and the command ---------------------------------------------------------------------------


def test_job_does_what_the_rules_do_and_notes_it(monkeypatch):
    monkeypatch.setattr(tending, "ROWS_AT_ONCE", 3)
    random_world(2)
    on = SEEN_ON + 700 * DAY
    cursor, done = {}, 0
    while cursor is not None:
        chunk = tending.keep_retention({"on": on.isoformat()}, cursor)
        cursor, done = chunk.cursor, done + chunk.done
    assert done > 3
    lines = AuditEvent.objects.filter(verb="record.expire")
    assert sum(lines.values_list("count", flat=True)) == done
    assert {(line.by_system, line.object_id) for line in lines} == {(True, None)}


def test_command_counts_and_changes_nothing(capsys):
    stay = factories.EngagementFactory()
    TripNeed.objects.create(engagement=stay, text="no nuts")
    on = stay.ends_on + 2 * YEAR
    with pytest.raises(SystemExit) as left:
        main(["retention", "--on", on.isoformat()])
    assert left.value.code == 0
    printed = {
        line.split("│")[1].strip(): line for line in capsys.readouterr().out.splitlines() if "│" in line
    }
    assert {code: " 1 " in printed[code] for code in ("needs", "stays", "waiting")} == {
        "needs": True,
        "stays": True,
        "waiting": False,
    }
    assert (TripNeed.objects.count(), Engagement.objects.get().person) == (1, stay.person)


def test_nobody_but_the_clock_lets_things_go():
    with pytest.raises(UnseenError):
        expire(by=PUBLIC, rule="needs", limit=1, on=TODAY)
