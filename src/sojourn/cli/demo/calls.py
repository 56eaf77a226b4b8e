"""One call of the demonstration, carried out step by step by the actions of a real one."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from sojourn.cli.demo.people import Household
from sojourn.cli.demo.timetable import DemoCall
from sojourn.core.draw import DiceThrows
from sojourn.participation.actions.applications import apply, join_group
from sojourn.participation.actions.calls import add_opening, draft_call, publish_call
from sojourn.participation.actions.offers import accept_offer, decline_offer, lapse_offers, leave
from sojourn.participation.actions.rounds import announce_round, draw_round, freeze_round
from sojourn.participation.actions.sessions import record_session
from sojourn.participation.models import Application, Call, Engagement, Offer, Opening, Round
from sojourn.participation.rules.applications import Yes
from sojourn.plan.models import Component
from sojourn.records.actor import SYSTEM, Actor
from sojourn.registry.consents import without_consent
from sojourn.registry.models import Account, Guardianship, Organisation
from sojourn.registry.queries import actor_of
from sojourn.registry.rules import acts_for, yes_needed

DICE, FACES = 60, 6
ANSWER_DAYS = 7
WAVES = 3  # how often the waiting list moves before the stays begin
ACCEPT, DECLINE = 0.82, 0.92  # the rest stays silent
LEAVES_BEFORE = 0.02
ABSENT = 0.04
SESSION_TITLES = (
    {"en": "Arrival and welcome", "zh": "抵达与欢迎"},
    {"en": "A day of lessons together", "zh": "一起上课的一天"},
    {"en": "Farewell", "zh": "告别"},
)

Advance = Callable[[int], None]


@dataclass
class CallStory:
    """The life of one call; `today` is the day of the demonstration."""

    spec: DemoCall
    organiser: Organisation
    today: dt.date
    random: Random
    staff: dict[int, list[Account]]
    call: Call = field(init=False)
    openings: list[Opening] = field(init=False, default_factory=list)

    def day(self, offset: int) -> dt.date:
        """The day so many days from today."""
        return self.today + dt.timedelta(days=offset)

    def moment(self, offset: int, hour: int) -> dt.datetime:
        """That day at a full hour, UTC."""
        return dt.datetime.combine(self.day(offset), dt.time(hour), dt.UTC)

    def publish(self, hosts: list[Organisation], partners: dict[int, list[Organisation]]) -> None:
        """Draft the call with its openings, name the seed source, publish."""
        spec = self.spec
        self.call = draft_call(
            by=SYSTEM,
            code=spec.code,
            organiser=self.organiser,
            component=Component.objects.get(code=spec.component),
            values={
                "titles": spec.titles,
                "summaries": spec.summaries,
                "opens_on": self.day(spec.opens),
                "closes_on": self.day(spec.closes),
                "minimum_age": spec.ages[0],
                "maximum_age": spec.ages[1],
                "maximum_choices": 5,
                "maximum_group": spec.group,
                "answer_days": ANSWER_DAYS,
            },
        )
        for week, start in enumerate(spec.stays, 1):
            for host in hosts[(week - 1) * spec.hosts : week * spec.hosts]:
                self.openings.append(self._open(week, start, host, partners))
        self._announce()
        publish_call(by=SYSTEM, call=self.call, on=self.day(spec.opens))

    def _open(
        self, week: int, start: int, host: Organisation, partners: dict[int, list[Organisation]]
    ) -> Opening:
        reserves = [(office, self.spec.seats // 6) for office in partners.get(host.parent_id or 0, [])[:2]]
        town = host.parent.names if host.parent else host.names
        return add_opening(
            by=SYSTEM,
            call=self.call,
            values={
                "code": f"week-{week}-{host.code}",
                "host": host,
                "titles": {
                    "en": f"{town['en']}: {host.names['en']}",
                    "zh": f"{town.get('zh', town['en'])}：{host.names.get('zh', host.names['en'])}",
                },
                "starts_on": self.day(start),
                "ends_on": self.day(start + self.spec.nights),
                "seats": self.spec.seats,
                "reserves": reserves,
            },
        )

    def _announce(self) -> None:
        draws = self.spec.draws if self.spec.draws is not None else self.spec.closes + 2
        source = DiceThrows(
            thrown_at=int(self.moment(draws, 10).timestamp()),
            faces=FACES,
            throws=DICE,
            witnesses=("school-head", "parent-representative"),
        )
        announce_round(by=SYSTEM, call=self.call, seed_source=source, at=self.moment(self.spec.opens, 8))

    def take_applications(
        self, households: Iterable[Household], sending: list[Organisation], advance: Advance
    ) -> None:
        """Everybody applies with ranked choices; some students open groups that others join."""
        open_group: Application | None = None
        for household in households:
            on = self.day(self.random.randrange(self.spec.opens, min(self.spec.closes, 1)))
            if open_group is not None and len(household.travellers) == 1 and self.random.random() < 0.5:
                self._join(open_group, household, on)
                open_group = None
            else:
                application = self._apply(household, self.random.choice(sending), on)
                if self.spec.component == "A4" and self.random.random() < 0.4:
                    open_group = application
            advance(1)

    def _apply(self, household: Household, sending: Organisation, on: dt.date) -> Application:
        count = self.random.choice((2, 3, 3, 4, 5))
        return apply(
            by=Actor(person_id=household.acting.pk),
            call=self.call,
            people=household.travellers,
            sending=sending,
            choices=self.random.sample(self.openings, min(count, len(self.openings))),
            yes=[Yes(person.pk, yes_needed(person, on)) for person in household.travellers],
            language=household.acting.language[:2],
            on=on,
            as_group=self.spec.component == "A4",
        )

    def _join(self, application: Application, household: Household, on: dt.date) -> None:
        person = household.travellers[0]
        if application.group is not None:
            join_group(
                by=Actor(person_id=household.acting.pk),
                group=application.group,
                person=person,
                yes=[Yes(person.pk, yes_needed(person, on))],
                language=household.acting.language[:2],
                on=on,
            )

    def draw(self) -> Round:
        """Freeze the list on the closing day; two days later throw the dice and draw."""
        if self.spec.draws is None:
            raise ValueError(f"{self.spec.code} has no draw yet")
        round_ = freeze_round(
            by=SYSTEM, round=Round.objects.get(call=self.call), at=self.moment(self.spec.closes, 9)
        )
        throws = [self.random.randint(1, FACES) for _throw in range(DICE)]
        return draw_round(
            by=SYSTEM, round=round_, seed_value={"throws": throws}, at=self.moment(self.spec.draws, 11)
        )

    def answer(self, advance: Advance) -> None:
        """Families answer: most accept, some decline, some stay silent; the waiting list moves up."""
        if self.spec.draws is None:
            return
        start = self.spec.draws
        for wave in range(WAVES):
            on = start + 1 + wave * (ANSWER_DAYS + 1)
            if on > 0:
                return
            for offer in self._open_offers():
                self._answer(offer, self.day(on), share=1.0 if self.spec.is_over else 0.6)
                advance(1)
            if on + ANSWER_DAYS <= 0:
                lapse_offers(by=SYSTEM, on=self.day(on + ANSWER_DAYS))

    def _open_offers(self) -> list[Offer]:
        rows = Offer.objects.filter(opening__call=self.call, status=Offer.Status.OPEN)
        return list(rows.select_related("application__call", "opening__call__component").order_by("pk"))

    def _answer(self, offer: Offer, on: dt.date, share: float) -> None:
        """Each person says yes or no, a guardian for the own child; siblings are of one mind."""
        opinions: dict[int, float] = {}
        for seat in offer.seats.select_related("person").order_by("pk"):
            acting = Guardianship.objects.filter(child=seat.person_id).values_list("guardian_id", flat=True)
            by = Actor(person_id=acting.order_by("pk").first() or seat.person_id)
            chance = opinions.setdefault(by.must_be_person(), self.random.random() / share)
            if on > offer.answer_by or without_consent([seat.person], self.call.component.code, on):
                continue
            if chance < ACCEPT:
                accept_offer(by=by, offer=offer, person=seat.person, on=on)
                if self.random.random() < LEAVES_BEFORE:
                    self._leave(offer, by, on)
            elif chance < DECLINE:
                decline_offer(by=by, offer=offer, person=seat.person, on=on)

    def _leave(self, offer: Offer, by: Actor, on: dt.date) -> None:
        for engagement in Engagement.objects.filter(offer=offer).select_related("person").order_by("pk"):
            if acts_for(by, engagement.person, on):
                leave(by=by, engagement=engagement, on=on)

    def hold_sessions(self, advance: Advance) -> None:
        """Hosts confirm what has happened by today, with who was there."""
        for opening in self.openings:
            roster = list(opening.engagements.select_related("person").order_by("pk"))
            adults = self.staff[opening.host_id]
            by = actor_of(adults[0], on=self.today)
            days = (0, self.spec.nights // 2, self.spec.nights - 1)
            for titles, number in zip(SESSION_TITLES, days, strict=True):
                held_on = opening.starts_on + dt.timedelta(days=number)
                if held_on > self.today or not roster:
                    continue
                record_session(
                    by=by,
                    opening=opening,
                    held_on=held_on,
                    titles=titles,
                    adults=adults,
                    present=[row for row in roster if self.random.random() > ABSENT],
                    on=held_on,
                )
                advance(1)
