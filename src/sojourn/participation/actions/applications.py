"""Apply, join a group, rank anew, withdraw."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from sojourn.participation.actions.news import tell_received
from sojourn.participation.actions.offers import give_back_seats
from sojourn.participation.models import (
    Application,
    Call,
    Group,
    Member,
    Opening,
    Preference,
    WaitingPlace,
)
from sojourn.participation.rules import applications as rules
from sojourn.participation.rules.applications import Yes
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import move
from sojourn.registry.actions import record_yes
from sojourn.registry.consents import Needs, voices_missing
from sojourn.registry.models import Organisation, Person

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter or digit that is read as another


def random_code(length: int) -> str:
    """A code that people can read out to each other; 10 places are about 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


APPLICANTS_YES = Needs(
    people=lambda people, **_rest: people, component=lambda call, **_rest: call.component.code
)
NEWCOMERS_YES = Needs(
    people=lambda person, **_rest: [person], component=lambda group, **_rest: group.call.component.code
)


@action("application.submit", rules.may_apply, consent=APPLICANTS_YES)
def apply(
    *,
    by: Actor,
    call: Call,
    people: Sequence[Person],
    sending: Organisation,
    choices: Sequence[Opening],
    yes: Sequence[Yes],
    language: str,
    on: dt.date,
    as_group: bool = False,
) -> Application:
    """One application: for one person, or for several who stay together, with choices best first.

    With `as_group` one person opens a group that others join by its code. Consent that is said with the
    application is recorded for this component only.
    """
    grouped = as_group or len(people) > 1
    group = Group.objects.create(call=call, join_code=random_code(8)) if grouped else None
    application = Application.objects.create(
        call=call,
        reference=random_code(10),
        person=None if grouped else people[0],
        group=group,
        sending=sending,
        submitted_by_id=by.must_be_person(),
        submitted_on=on,
    )
    _add_members(application, people)
    _rank(application, choices)
    _record(by=by, people=people, yes=yes, component_code=call.component.code, language=language, on=on)
    tell_received(application, people, on)
    return application


@action("group.join", rules.may_join_group, consent=NEWCOMERS_YES)
def join_group(
    *, by: Actor, group: Group, person: Person, yes: Sequence[Yes], language: str, on: dt.date
) -> Application:
    """Join the people who hold this group's ticket; its choices apply to the newcomer too."""
    call = Call.objects.select_for_update().get(pk=group.call_id)  # two who join at once count each other
    rules.may_join_group(by=by, group=group, person=person, yes=yes, on=on)
    application = Application.objects.get(group=group)
    _add_members(application, [person])
    _record(by=by, people=[person], yes=yes, component_code=call.component.code, language=language, on=on)
    tell_received(application, [person], on)
    return application


@action(
    "application.rank", rules.may_change_choices, consent="a wish is ordered anew, nothing happens to anybody"
)
def change_choices(
    *, by: Actor, application: Application, choices: Sequence[Opening], on: dt.date
) -> Application:
    """Replace the ranked choices while the call is open."""
    application.preferences.all().delete()
    _rank(application, choices)
    return application


@action(
    "application.withdraw",
    rules.may_withdraw_application,
    consent="taking something back needs nobody’s yes",
    leaves_no_trace=True,
)
def withdraw_application(
    *, by: Actor, application: Application, people: Sequence[Person], on: dt.date
) -> None:
    """Take people out of an application: the others of a group keep its ticket and their seats.

    When nobody is left, the application ends: before the list is frozen nothing stays of it, after that only
    its ticket. A seat that was offered goes to the next in line. An accepted seat is left by `leave` instead.
    """
    Call.objects.select_for_update(no_key=True).get(pk=application.call_id)  # no freeze or draw meanwhile
    rules.may_withdraw_application(by=by, application=application, people=people, on=on)
    leaving = [person.pk for person in people]
    Member.objects.filter(application=application, person__in=leaving).delete()
    is_empty = not application.members.exists()
    if is_empty and not rules.is_frozen(application):
        group = application.group
        application.delete()
        if group is not None:
            group.delete()
        return
    if is_empty:
        move(application, Application.Status.WITHDRAWN)
        WaitingPlace.objects.filter(application=application).delete()
    give_back_seats(application, leaving, on)


def _add_members(application: Application, people: Sequence[Person]) -> None:
    """The application's people; of two applications at the same moment, the database lets one through.

    Everybody adds people in the same order, so that two overlapping groups do not wait for each other.
    """
    rows = [
        Member(application=application, call_id=application.call_id, person=person)
        for person in sorted(people, key=lambda person: person.pk)
    ]
    try:
        with transaction.atomic():
            Member.objects.bulk_create(rows)
    except IntegrityError:
        raise rules.applied_twice() from None


def _rank(application: Application, choices: Sequence[Opening]) -> None:
    Preference.objects.bulk_create(
        Preference(application=application, opening=opening, rank=rank)
        for rank, opening in enumerate(choices, 1)
    )


def _record(
    *,
    by: Actor,
    people: Sequence[Person],
    yes: Sequence[Yes],
    component_code: str,
    language: str,
    on: dt.date,
) -> None:
    """The yes that was said with the application, by those of whom none is live."""
    said = {item.person_id: item.kinds for item in yes}
    known = {person.pk: person for person in people}
    for voice in voices_missing(people, component_code, on):
        if voice.kind in said.get(voice.person_id, ()) and rules.can_say(by, voice):
            record_yes(
                by=by,
                person=known[voice.person_id],
                kind=voice.kind,
                component_code=component_code,
                language=language,
                on=on,
            )
