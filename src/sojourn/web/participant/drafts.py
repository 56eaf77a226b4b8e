"""An application on its way. It is held in the address alone: nothing is stored before it is handed in.

Each step is a form that is sent by GET and carries what was said before; so the back button, a bookmark
and a browser without JavaScript all work. The address holds ids and codes, never names.
"""

import datetime as dt
from enum import IntEnum
from urllib.parse import urlencode

from django.http import QueryDict

from sojourn.participation.models import Call, Opening
from sojourn.participation.queries.names import full_name
from sojourn.records.actor import Actor
from sojourn.registry.models import Organisation, Person
from sojourn.registry.queries import people_acted_for
from sojourn.registry.rules import ADULT_FROM
from sojourn.web.participant.forms import RankingForm, SenderForm, WhoForm


class Step(IntEnum):
    """The steps of applying, in order."""

    WHO = 1
    THROUGH = 2
    CHOICES = 3
    REVIEW = 4


FIELDS = {
    Step.WHO: ("people", "as_group"),
    Step.THROUGH: ("sending",),
    Step.CHOICES: ("choices",),
}
Pairs = list[tuple[str, str]]


class Draft:
    """What has been said so far, and the step that is next: the first whose form is not complete."""

    def __init__(self, by: Actor, call: Call, query: QueryDict, on: dt.date) -> None:
        self._query = query
        self._done = _steps_done(query)
        self.call = call
        self.candidates = applicants_for(by, on)
        self.step = Step.WHO
        self.ranking: RankingForm | None = None
        self.who = WhoForm(
            self._data(Step.WHO),
            call=call,
            people=self.candidates,
            initial={"people": query.getlist("people"), "as_group": query.get("as_group", "")},
        )
        self.sender = SenderForm(self._data(Step.THROUGH) or self._search())
        if self.who.is_valid():
            self._go_on()

    def _go_on(self) -> None:
        self.step = Step.THROUGH
        if self._done < Step.THROUGH or self._search() is not None or not self.sender.is_valid():
            return
        self.step = Step.CHOICES
        self.ranking = RankingForm(
            self._data(Step.CHOICES),
            call=self.call,
            openings=Opening.objects.filter(call=self.call).order_by("starts_on", "code"),
            people=self.people,
            sending=self.sending,
            initial={"choices": self._query.getlist("choices")},
        )
        if self.ranking.is_valid():
            self.step = Step.REVIEW

    @property
    def people(self) -> list[Person]:
        """Who applies."""
        return list(self.who.cleaned_data["people"])

    @property
    def names(self) -> list[str]:
        """The names of those who apply."""
        return [full_name(person) for person in self.people]

    @property
    def as_group(self) -> bool:
        """Whether others may join with a code."""
        return bool(self.who.cleaned_data.get("as_group"))

    @property
    def sending(self) -> Organisation:
        """The school or office through which one applies."""
        organisation: Organisation = self.sender.cleaned_data["sending"]
        return organisation

    @property
    def choices(self) -> list[Opening]:
        """The openings, best first; empty before that step."""
        return list(self.ranking.cleaned_data["choices"]) if self.ranking is not None else []

    def carried(self) -> Pairs:
        """What the form of this step has to carry along: all that is said elsewhere."""
        own = FIELDS.get(self.step, ())
        return [pair for step in FIELDS for pair in self._said(step) if pair[0] not in own]

    def address_of(self, step: Step) -> str:
        """The query by which one goes back to a step with everything said so far."""
        said = [pair for each in FIELDS for pair in self._said(each)]
        return "?" + urlencode([*said, ("done", str(step - 1))])

    def _said(self, step: Step) -> Pairs:
        return [(name, value) for name in FIELDS[step] for value in self._query.getlist(name)]

    def _data(self, step: Step) -> QueryDict | None:
        """The query, for the form of a step that has been sent."""
        return self._query if self._done >= step else None

    def _search(self) -> QueryDict | None:
        """The query, where it looks for a school instead of choosing one."""
        return self._query if "search" in self._query else None


def applicants_for(by: Actor, on: dt.date) -> list[Person]:
    """Whom the actor can apply for: oneself when of age, and the minors in the actor's care."""
    people = people_acted_for(by, on=on)
    return [row for row in people if row.pk != by.person_id or row.age(on) >= ADULT_FROM]


def _steps_done(query: QueryDict) -> int:
    """How many steps have been sent; anything else than a plain digit counts as none."""
    text = query.get("done", "")
    return int(text) if text in {"1", "2", "3"} else 0
