"""Rules of applying."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Application, Call, Engagement, Group, Member, Opening, Round
from sojourn.records.actor import Actor
from sojourn.records.refusal import RefusalError, UnseenError, refuse
from sojourn.registry.consents import Voice, voices_missing
from sojourn.registry.models import Consent, Organisation, Person
from sojourn.registry.queries import region_ids
from sojourn.registry.rules import acts_for, must_act_for
from sojourn.tracks.base import Ages
from sojourn.tracks.visits import REASONS, Traveller, VisitRules, why_not


@dataclass(frozen=True, slots=True)
class Yes:
    """The kinds of yes that one person's application brings along, as ticked on the form."""

    person_id: int
    kinds: frozenset[str]


def may_apply(
    *,
    by: Actor,
    call: Call,
    people: Sequence[Person],
    sending: Organisation,
    choices: Sequence[Opening],
    yes: Sequence[Yes],
    on: dt.date,
    **_rest: object,
) -> None:
    """Anyone applies for themselves or for minors in their care, once per call, by its published rules."""
    must_act_for(by, people, on)
    must_be_open(call, on)
    must_be_sound_choices(call, choices)
    must_be_eligible(call, people, sending, choices)
    must_apply_once(call, people)
    must_say_yes(by, people, yes, call.component.code, on)


def must_be_open(call: Call, on: dt.date) -> None:
    """Refuse outside of the call's days."""
    if call.is_open(on):
        return
    if call.status == Call.Status.PUBLISHED and on < call.opens_on:
        raise refuse(
            "call.not_yet_open",
            _("This call opens on %(day)s. Come back then."),
            day=call.opens_on.isoformat(),
        )
    raise refuse("call.closed", _("This call takes no applications any more. See the open calls for others."))


def must_be_sound_choices(call: Call, choices: Sequence[Opening]) -> None:
    """Refuse no choice, too many, the same one twice, or openings of another call."""
    if not choices:
        raise refuse("choices.none", _("Choose at least one opening."), where="choices")
    if len(choices) > call.maximum_choices:
        raise refuse(
            "choices.too_many",
            _("You ranked %(count)s openings; this call takes %(most)s at most."),
            where="choices",
            count=len(choices),
            most=call.maximum_choices,
        )
    if len({opening.pk for opening in choices}) < len(choices):
        raise refuse(
            "choices.twice", _("The same opening is ranked twice. Choose each one once."), where="choices"
        )
    if any(opening.call_id != call.pk for opening in choices):
        raise refuse("choices.foreign", _("One of the openings belongs to another call."), where="choices")


def must_be_eligible(
    call: Call, people: Sequence[Person], sending: Organisation, choices: Sequence[Opening]
) -> None:
    """Refuse what the track's published rules exclude, in the track's own words."""
    regions = region_ids({sending.pk, *(opening.host_id for opening in choices)})
    region = regions.get(sending.pk)
    if region is None:
        raise refuse(
            "application.no_region",
            _("Choose the school or office through which you apply."),
            where="sending",
        )
    rules = VisitRules(Ages(call.minimum_age, call.maximum_age), 1, call.maximum_group)
    for opening in choices:
        travellers = [Traveller(person.age(opening.starts_on), str(region)) for person in people]
        reasons = why_not(rules, travellers, str(regions.get(opening.host_id)))
        if reasons:
            words = REASONS[reasons[0]]
            sentence = (words.zh if (get_language() or "").startswith("zh") else words.en).format(
                youngest=call.minimum_age,
                oldest=call.maximum_age,
                size=len(people),
                at_least=1,
                at_most=call.maximum_group,
            )
            raise refuse(f"application.{reasons[0]}", sentence, where="choices")


def must_apply_once(call: Call, people: Sequence[Person]) -> None:
    """Refuse a second application of a person to the same call."""
    if len({person.pk for person in people}) < len(people):
        raise refuse("application.same_person", _("Somebody is named twice."), where="people")
    if Member.objects.filter(call=call, person__in=[person.pk for person in people]).exists():
        raise applied_twice()


def applied_twice() -> RefusalError:
    """The refusal of a second application, whether a rule or the database has found the first."""
    return refuse(
        "application.twice",
        _("There is an application to this call already. Change or withdraw that one instead."),
        where="people",
    )


def must_say_yes(
    by: Actor, people: Sequence[Person], yes: Sequence[Yes], component_code: str, on: dt.date
) -> None:
    """Refuse when somebody's yes, said now or still live from before, is missing.

    A minor who applies alone cannot say the guardian's yes, nor one guardian another's: theirs has to be
    live already.
    """
    said = {item.person_id: item.kinds for item in yes}
    for voice in voices_missing(people, component_code, on):
        if not can_say(by, voice):
            raise _unsaid_by_another(by, voice)
        if voice.kind in said.get(voice.person_id, ()):
            continue
        if voice.kind == Consent.Kind.CONSENT:
            raise refuse(
                "consent.unsaid", _("Nothing happens without consent. Read and tick it."), where="consent"
            )
        raise refuse(
            "consent.child_missing",
            _("The child’s own yes is missing. If the child does not want to, that decides."),
            where="assent",
        )


def can_say(by: Actor, voice: Voice) -> bool:
    """Whether the actor can say this yes: the own one, or a child’s whom the actor sits with."""
    return voice.kind == Consent.Kind.ASSENT or voice.giver_id == by.person_id


def _unsaid_by_another(by: Actor, voice: Voice) -> RefusalError:
    if voice.person_id == by.person_id:
        return refuse("consent.guardian_needed", _("Under 18, a guardian has to consent."))
    return refuse(
        "consent.other_guardian",
        _("Every guardian of a child has to say yes. Ask the other one to say it on “My yeses”, then apply."),
    )


def may_join_group(
    *, by: Actor, group: Group, person: Person, yes: Sequence[Yes], on: dt.date, **_rest: object
) -> None:
    """Whoever holds the code joins while the call is open and the group has room."""
    must_act_for(by, [person], on)
    call = group.call
    must_be_open(call, on)
    application = Application.objects.select_related("sending").get(group=group)
    if application.status != Application.Status.SUBMITTED:
        raise refuse("group.gone", _("This group has withdrawn its application."))
    must_apply_once(call, [person])
    members = people_in(application)
    choices = [row.opening for row in application.preferences.select_related("opening")]
    must_be_eligible(call, [*members, person], application.sending, choices)
    must_say_yes(by, [person], yes, call.component.code, on)


def may_change_choices(
    *, by: Actor, application: Application, choices: Sequence[Opening], on: dt.date, **_rest: object
) -> None:
    """Whoever applied may rank anew until the call closes; for a group, whoever opened it."""
    must_be_applicant(by, application, on)
    must_be_open(application.call, on)
    must_be_standing(application)
    if not may_rank(by, application, on):
        raise refuse(
            "group.not_yours",
            _("Whoever opened the group ranks its choices. You can leave the group at any time."),
        )
    must_be_sound_choices(application.call, choices)
    must_be_eligible(application.call, people_in(application), application.sending, choices)


def may_rank(by: Actor, application: Application, on: dt.date) -> bool:
    """Whether the actor opened the group; anybody in it, when whoever did has left it."""
    if by.person_id is not None and by.person_id == application.submitted_by_id:
        return True
    opener = Actor(person_id=application.submitted_by_id)
    return not any(acts_for(opener, person, on) for person in people_in(application))


def may_withdraw_application(
    *, by: Actor, application: Application, people: Sequence[Person], on: dt.date, **_rest: object
) -> None:
    """Everybody takes back themselves, or a minor in their care, at any time before a seat is accepted."""
    must_act_for(by, people, on)
    must_be_applicant(by, application, on)
    must_be_standing(application)
    covered = {person.pk for person in people_in(application)}
    if not people or not {person.pk for person in people} <= covered:
        raise UnseenError
    if Engagement.objects.filter(offer__application=application, person__in=people).exists():
        raise refuse(
            "application.accepted", _("A place has been accepted. Leave that place, at any time, instead.")
        )


def must_be_applicant(by: Actor, application: Application, on: dt.date) -> None:
    """Refuse to show an application to anyone who does not act for one of its people.

    Whoever handed it in keeps seeing it once nobody is in it any more.
    """
    people = people_in(application)
    if any(acts_for(by, person, on) for person in people):
        return
    if people or by.person_id is None or by.person_id != application.submitted_by_id:
        raise UnseenError


def people_in(application: Application) -> list[Person]:
    """Everybody whom the application covers."""
    return [row.person for row in application.members.select_related("person").order_by("pk")]


def must_be_standing(application: Application) -> None:
    """Refuse for an application that was withdrawn."""
    if application.status != Application.Status.SUBMITTED:
        raise refuse("application.withdrawn", _("This application has been withdrawn."))


def is_frozen(application: Application) -> bool:
    """Whether the application's ticket stands in a published list."""
    return Round.objects.filter(call=application.call_id).exclude(status=Round.Status.ANNOUNCED).exists()
