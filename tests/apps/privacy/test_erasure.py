"""Erasure: nothing of the person is left, published figures stay, a restore brings nobody back."""

import datetime as dt
import random
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import DatabaseError, transaction
from django.db.models.deletion import ProtectedError

from apps import factories
from apps.monitoring.worlds import FIRST, LAST, SEEN_ON, random_world
from apps.participation import world
from sojourn.cli import tending
from sojourn.monitoring.indicators import DEFINITIONS, Trees, tally
from sojourn.participation.actions import offers
from sojourn.participation.models import Application, Engagement, Member, Offer, Ticket, TripNeed
from sojourn.privacy import ledger
from sojourn.privacy.actions.correcting import correct_person
from sojourn.privacy.actions.erasing import erase_again, erase_person
from sojourn.privacy.models import Erasure
from sojourn.records import trails
from sojourn.records.actor import PUBLIC, SYSTEM, Actor
from sojourn.records.models import AuditEvent, PersonRead, ProofFile
from sojourn.records.reads import note_reads
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.registry.models import Guardianship, Membership, Person

pytestmark = pytest.mark.django_db
TODAY, DAY = world.TODAY, world.DAY


def erase(person: Person, on: dt.date = TODAY, by: Actor | None = None) -> Erasure:
    return erase_person(by=by or world.actor(person), person=person, on=on, at=world.at_noon(on))


def everything() -> str:
    """Every row of every table, as text."""
    rows = (row for model in apps.get_models() for row in model._default_manager.order_by("pk"))
    return serializers.serialize("json", rows)


def test_nothing_of_an_erased_person_is_left_in_any_table():
    child = factories.PersonFactory(age=12, given_name="Canary1", family_name="Canary2")
    guardian = factories.PersonFactory(age=44, given_name="Canary3", family_name="Canary4")
    factories.AccountFactory(email="canary5@example.org", person=guardian)
    factories.GuardianshipFactory(guardian=guardian, child=child)
    stay = factories.EngagementFactory(person=child, offer__application__reference="CANARY6")
    factories.say_yes(stay, given_by=guardian)
    before = everything()
    assert [f"anary{number}" in before.replace("CANARY", "Canary") for number in range(1, 7)] == [True] * 6
    erase(guardian, on=stay.ends_on + DAY)
    after = everything()
    assert "anary" not in after
    assert "CANARY" not in after
    assert str(child.key) in before
    assert set(keys_of_the_ledger()) == {child.key, guardian.key}
    assert Person.objects.filter(is_remnant=False).count() == 0


def keys_of_the_ledger() -> list[object]:
    return list(Erasure.objects.order_by("pk").values_list("key", flat=True))


@pytest.mark.parametrize("seed", range(6))
def test_published_figures_do_not_move_when_people_are_erased(seed):
    random_world(seed)
    trees = Trees.now()
    before = {code: tally(code, FIRST, LAST, SEEN_ON, trees) for code in DEFINITIONS}
    chance = random.Random(seed)
    people = list(Person.objects.order_by("pk"))
    for person in chance.sample(people, k=len(people) // 2):
        if Person.objects.filter(pk=person.pk).exists():  # else it went along with its guardian
            erase(person, on=SEEN_ON + DAY)
    after = {code: tally(code, FIRST, LAST, SEEN_ON, trees) for code in DEFINITIONS}
    assert before["people_taking_part"] != {}
    assert after == before


def test_remnants_of_two_components_are_not_one_person():
    person = factories.PersonFactory()
    stays = [
        factories.EngagementFactory(
            person=person, opening__call__component=factories.ComponentFactory(code=code)
        )
        for code in ("A2", "A3")
    ]
    erase(person, on=max(stay.ends_on for stay in stays) + DAY)
    left = Engagement.objects.order_by("pk")
    assert len({row.person_id for row in left}) == 2
    assert {(row.person.is_remnant, row.person.given_name, row.offer_id) for row in left} == {
        (True, "", None)
    }


def test_remnant_cannot_be_somebody():
    remnant = Person.objects.create(is_remnant=True, **Person.NOBODY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=remnant.pk).update(given_name="Mina")


def test_seat_of_an_erased_person_goes_to_the_next_in_line():
    call = world.published(1)
    applications = [world.applied(call) for _ in range(3)]
    world.drawn(call)
    opening = world.choices_of(call)[0]
    offer = world.open_offer(opening)
    next_in_line = world.line_of(opening)[0]
    erase(offer.application.person, on=world.DRAWN_AT.date())
    assert world.open_offer(opening).application_id == next_in_line
    assert Application.objects.count() == len(applications) - 1


def test_accepted_place_of_an_erased_person_goes_to_the_next_in_line():
    call = world.published(1)
    for _ in range(2):
        world.applied(call)
    world.drawn(call)
    opening = world.choices_of(call)[0]
    offer = world.open_offer(opening)
    person = offer.application.person
    offers.accept_offer(by=world.actor(person), offer=offer, person=person, on=world.DRAWN_AT.date())
    waiting = world.line_of(opening)
    erase(person, on=world.DRAWN_AT.date())
    assert Engagement.objects.count() == 0
    assert world.open_offer(opening).application_id == waiting[0]


def test_erasure_between_freeze_and_draw_leaves_the_draw_as_it_was_published():
    call = world.published(1)
    people = [world.applied(call).person for _ in range(3)]
    round_ = world.frozen(call)
    erase(people[0], on=world.AFTER.date())
    from sojourn.participation.actions import rounds  # noqa: PLC0415 - as the story goes

    rounds.draw_round(by=SYSTEM, round=round_, seed_value=world.THROWS, at=world.DRAWN_AT)
    tickets = Ticket.objects.filter(round=round_)
    assert tickets.count() == 3
    assert tickets.get(application=None).place_in_order in {1, 2, 3}
    assert Offer.objects.filter(status=Offer.Status.OPEN).count() == 1


def test_published_list_and_proof_stay_when_an_applicant_is_erased():
    call = world.published(1)
    people = [world.applied(call).person for _ in range(3)]
    round_ = world.drawn(call)
    files = list(ProofFile.objects.order_by("pk").values_list("sha256", flat=True))
    codes = set(Ticket.objects.values_list("code", flat=True))
    for person in people:
        erase(person, on=world.DRAWN_AT.date())
    assert list(ProofFile.objects.order_by("pk").values_list("sha256", flat=True)) == files
    assert set(Ticket.objects.filter(round=round_, application=None).values_list("code", flat=True)) == codes


def test_group_stays_together_without_the_one_who_is_erased():
    call = world.published(3)
    children = [factories.PersonFactory(age=12) for _ in range(3)]
    application = world.applied(call, *children)
    world.drawn(call)
    guardian = Guardianship.objects.filter(child=children[0]).get().guardian
    erase(children[0], by=world.actor(guardian), on=world.DRAWN_AT.date())
    members = set(Member.objects.filter(application=application).values_list("person_id", flat=True))
    assert members == {children[1].pk, children[2].pk}
    assert Offer.objects.get(application=application).seats.count() == 2


def test_ward_goes_along_only_when_nobody_else_can_act_for_it():
    alone, shared = (factories.PersonFactory(age=12) for _ in range(2))
    guardian, other = (factories.PersonFactory(age=40) for _ in range(2))
    for child, adult in ((alone, guardian), (shared, guardian), (shared, other)):
        factories.GuardianshipFactory(guardian=adult, child=child)
    consent = factories.ConsentFactory(person=shared, given_by=guardian)
    erase(guardian)
    left = Person.objects.filter(is_remnant=False).values_list("pk", flat=True)
    assert set(left) == {shared.pk, other.pk}
    consent.refresh_from_db()
    past = Guardianship.objects.get(guardian=consent.given_by)
    assert (consent.given_by.is_remnant, past.child, past.ends_on) == (True, shared, TODAY)


def test_nobody_is_erased_twice():
    person = factories.PersonFactory()
    erase(person)
    with pytest.raises(UnseenError):
        erase(person)


def test_nobody_erases_somebody_else():
    person, stranger = factories.PersonFactory(), factories.PersonFactory()
    for by in (world.actor(stranger), PUBLIC, world.office(factories.SchoolFactory())):
        with pytest.raises(UnseenError):
            erase(person, by=by)
    assert ledger.read(Path(tending.settings.ERASURE_LEDGER)) == {}
    assert Person.objects.filter(pk=person.pk).exists()


def test_log_in_of_a_post_stays_without_the_person():
    account = factories.AccountFactory(person=factories.PersonFactory(given_name="Canary"))
    factories.MembershipFactory(account=account)
    erase(account.person)
    account.refresh_from_db()
    assert (account.person, Membership.objects.count(), Person.objects.count()) == (None, 1, 0)


def test_erasing_does_not_break_the_log_of_reads():
    person = factories.PersonFactory()
    note_reads(by=Actor(account_id=5), people=[person.pk], organisation_id=1, view="roster.read")
    trails.seal("reads", at=world.at_noon(TODAY))
    erase(person)
    assert trails.verify("reads").fault == ""
    assert PersonRead.objects.get().person_id == person.pk
    line = AuditEvent.objects.get(verb="person.erase")
    assert (line.object_kind, line.object_id) == ("privacy.erasure", Erasure.objects.get().pk)


def test_ledger_is_append_only_in_the_database():
    erase(factories.PersonFactory())
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.update(at=world.at_noon(TODAY - DAY))
    Erasure.objects.update(swept_at=world.at_noon(TODAY))
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.update(swept_at=None)


def test_erased_person_who_is_back_is_erased_again(settings):
    person = factories.PersonFactory(given_name="Canary")
    key = person.key
    erase(person)
    factories.PersonFactory(key=key, given_name="Canary")
    assert tending.returned() == [key]
    assert tending.replay_ledger() == 1
    assert (tending.returned(), Person.objects.count(), tending.replay_ledger()) == ([], 0, 0)


def test_number_that_is_given_out_again_after_a_restore_is_not_erased():
    person = factories.PersonFactory()
    number = person.pk
    erase(person)
    other = factories.PersonFactory(pk=number)
    assert tending.replay_ledger() == 0
    assert Person.objects.get().pk == other.pk


def test_file_and_table_of_the_ledger_complete_each_other(settings):
    at = world.at_noon(TODAY)
    erase(factories.PersonFactory())
    file = Path(settings.ERASURE_LEDGER)
    known = set(ledger.read(file))
    file.unlink()
    lost = factories.PersonFactory().key
    ledger.append(file, [lost], at=at)
    tending.replay_ledger()
    assert set(ledger.read(file)) == set(keys_of_the_ledger()) == known | {lost}


def test_ledger_line_that_was_changed_is_named(settings):
    file = Path(settings.ERASURE_LEDGER)
    ledger.append(file, [factories.PersonFactory().key for _ in range(3)], at=world.at_noon(TODAY))
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[2]]) + "\n")
    with pytest.raises(ledger.LedgerError, match="line 2 of"):
        ledger.read(file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_crash_after_the_ledger_line_erases_at_the_next_replay(monkeypatch):
    person = factories.PersonFactory()

    def fall_over(*_arguments):
        raise ProtectedError("the power went", set())

    monkeypatch.setattr("sojourn.privacy.actions.erasing.let_go", fall_over)
    with pytest.raises(ProtectedError):
        erase(person)
    monkeypatch.undo()
    assert Person.objects.filter(pk=person.pk).exists()
    assert tending.replay_ledger() == 1
    assert not Person.objects.filter(pk=person.pk).exists()


def test_only_the_clock_replays():
    with pytest.raises(UnseenError):
        erase_again(by=PUBLIC, keys=[], on=TODAY, at=world.at_noon(TODAY))


def correct(person: Person, **changes: object) -> Person:
    values = {name: getattr(person, name) for name in ("given_name", "family_name", "birth_on", "language")}
    return correct_person(by=world.actor(person), person=person, on=TODAY, **{**values, **changes})


def test_names_can_be_corrected_at_any_time():
    stay = factories.EngagementFactory()
    assert correct(stay.person, given_name="Mina", family_name="Li", language="zh-hans").given_name == "Mina"


@pytest.mark.parametrize("path", ["application", "stay"])
def test_age_that_somebody_relies_on_is_checked_by_the_organisation(path):
    person = factories.PersonFactory()
    assert correct(person, birth_on=person.birth_on - DAY)
    if path == "application":
        factories.ApplicationFactory(person=person)
    else:
        factories.EngagementFactory(person=person, offer=None)
    with pytest.raises(RefusalError) as refused:
        correct(person, birth_on=person.birth_on - DAY)
    assert refused.value.code == "person.age_in_use"


@pytest.mark.parametrize("birth_on", [TODAY + DAY, dt.date(1900, 1, 1)])
def test_day_of_birth_lies_in_the_past(birth_on):
    with pytest.raises(RefusalError) as refused:
        correct(factories.PersonFactory(), birth_on=birth_on)
    assert refused.value.code == "person.birth"


def test_needs_go_with_the_person():
    stay = factories.EngagementFactory()
    TripNeed.objects.create(engagement=stay, text="no nuts")
    erase(stay.person, on=stay.starts_on + DAY)
    assert (TripNeed.objects.count(), Engagement.objects.count()) == (0, 1)
