"""Small stories told by real actions: a family, a call that is drawn, a stay that has begun."""

import datetime as dt
from dataclasses import dataclass

from apps.factories import (
    TODAY,
    ApplicationFactory,
    CallFactory,
    ConsentFactory,
    GuardianshipFactory,
    OpeningFactory,
    PersonFactory,
    PreferenceFactory,
    SchoolFactory,
)
from sojourn.core.draw import DiceThrows, source_to_dict
from sojourn.participation.actions.rounds import draw_round, freeze_round
from sojourn.participation.models import Application, Call, Opening, Round
from sojourn.records.actor import SYSTEM
from sojourn.registry.models import Organisation, Person

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Family:
    """A guardian and a child of 12."""

    guardian: Person
    child: Person


def family(given_name: str = "Mina", family_name: str = "Okafor") -> Family:
    guardian = PersonFactory(age=45, given_name="Ada", family_name=family_name)
    child = PersonFactory(age=12, given_name=given_name, family_name=family_name)
    GuardianshipFactory(guardian=guardian, child=child)
    return Family(guardian, child)


def moment(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def closed_call(**columns) -> Call:
    """A call that closed ten days ago, with dice to be thrown two days later."""
    call = CallFactory(opens_on=TODAY - 40 * DAY, closes_on=TODAY - 10 * DAY, **columns)
    source = DiceThrows(
        thrown_at=int(moment(TODAY - 8 * DAY).timestamp()), faces=6, throws=60, witnesses=("one", "two")
    )
    Round.objects.create(call=call, seed_source=source_to_dict(source), announced_at=moment(TODAY - 41 * DAY))
    return call


def applied(
    of: Family, call: Call, choices: list[Opening], sending: Organisation | None = None
) -> Application:
    """The guardian's application for the child, with both kinds of yes."""
    application = ApplicationFactory(
        call=call,
        person=of.child,
        submitted_by=of.guardian,
        sending=sending or SchoolFactory(),
        submitted_on=TODAY - 30 * DAY,
    )
    for rank, opening in enumerate(choices, start=1):
        PreferenceFactory(application=application, opening=opening, rank=rank)
    ConsentFactory(person=of.child, given_by=of.guardian, component_code=call.component.code)
    ConsentFactory(person=of.child, kind="assent", component_code=call.component.code)
    return application


def draw(call: Call) -> Round:
    """Freeze nine days ago and draw seven days ago, with throws that are always the same."""
    round_ = Round.objects.get(call=call)
    freeze_round(by=SYSTEM, round=round_, at=moment(TODAY - 9 * DAY))
    throws = [1 + number % 6 for number in range(60)]
    return draw_round(by=SYSTEM, round=round_, seed_value={"throws": throws}, at=moment(TODAY - 7 * DAY))


def drawn_for_two(seats: int = 1) -> tuple[Family, Application, Family, Application]:
    """Two families want the same opening; those who are offered a seat first, then those who wait."""
    call = closed_call(answer_days=14)
    opening = OpeningFactory(call=call, seats=seats)
    families = [family("Mina", "Okafor"), family("Li", "Berg")]
    pairs = [(each, applied(each, call, [opening])) for each in families]
    draw(call)
    pairs.sort(key=lambda pair: not pair[1].offers.exists())
    return (*pairs[0], *pairs[1])
