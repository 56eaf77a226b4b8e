"""Any history of saying yes, taking it back, new texts, birthdays and guardians, against a plain model."""

import datetime as dt
from collections import Counter
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from apps import factories
from apps.factories import TODAY
from apps.participation.world import actor
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.records.refusal import RefusalError, UnseenError
from sojourn.registry import consent_texts
from sojourn.registry.actions import give_consent
from sojourn.registry.consent_texts import LANGUAGES, Version, Wording
from sojourn.registry.consents import voices_missing, without_consent
from sojourn.registry.models import Guardianship

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CODES, PURPOSES = ("A2", "A3"), ("take_part", "share_name")
CODE, PURPOSE = st.sampled_from(CODES), st.sampled_from(PURPOSES)
CHILD, MOTHER, FATHER, STRANGER = range(4)
WHO = st.sampled_from([CHILD, MOTHER, FATHER, STRANGER])


class Reference:
    """The rule in plain words: who said what when; a no ends every yes; all who are asked have to say it."""

    def __init__(self, birth_on: dt.date) -> None:
        self.birth_on = birth_on
        self.guardians = {MOTHER: [dt.date.min, dt.date.max]}
        self.texts: Counter[str] = Counter()
        self.yeses: list[list[object]] = []

    def age(self, on: dt.date) -> int:
        years = range(1, on.year - self.birth_on.year + 1)
        return sum(
            (self.birth_on.year + year, self.birth_on.month, self.birth_on.day) <= on.timetuple()[:3]
            for year in years
        )

    def acts(self, who: int, on: dt.date) -> bool:
        first, end = self.guardians.get(who, (on, on))
        return who == CHILD or (self.age(on) < 18 and first <= on < end)

    def may_say(self, who: int, kind: str, on: dt.date) -> bool:
        if not self.acts(who, on):
            return False
        return 8 <= self.age(on) < 18 if kind == "assent" else (who == CHILD) == (self.age(on) >= 18)

    def say(self, who: int, kind: str, about: tuple[str, str], on: dt.date) -> None:
        giver = CHILD if kind == "assent" else who
        self.yeses.append([kind, giver, about, self.texts[about[1]], on, on + 365 * DAY])

    def take_back(self, about: tuple[str, str], on: dt.date) -> None:
        for yes in self.yeses:
            if yes[2] == about:
                yes[5] = min(yes[5], on)

    def is_live(self, about: tuple[str, str], on: dt.date) -> bool:
        now = (about, self.texts[about[1]])
        said = {
            (kind, giver)
            for kind, giver, *rest, first, end in self.yeses
            if tuple(rest) == now and first <= on < end
        }
        if self.age(on) >= 18:
            return ("consent", CHILD) in said
        needed = {("consent", who) for who, (first, end) in self.guardians.items() if first <= on < end}
        return bool(needed) and needed <= said and (self.age(on) < 8 or ("assent", CHILD) in said)


class Consents(RuleBasedStateMachine):
    """A child near a birthday that matters, one guardian, later another; two components, two purposes."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.patch = mock.patch.dict(consent_texts.VERSIONS)
        self.patch.start()
        self.on = TODAY
        birth_on = TODAY + 200 * DAY
        birth_on = birth_on.replace(year=birth_on.year - self.age)
        child = factories.PersonFactory(birth_on=birth_on)
        self.people = [child, *factories.PersonFactory.create_batch(3, age=45)]
        factories.GuardianshipFactory(guardian=self.people[MOTHER], child=child)
        self.model = Reference(birth_on)

    def teardown(self) -> None:
        self.patch.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(who=WHO, kind=st.sampled_from(["consent", "assent"]), code=CODE, purpose=PURPOSE)
    def say(self, who: int, kind: str, code: str, purpose: str) -> None:
        allowed = self.model.may_say(who, kind, self.on)
        try:
            give_consent(
                by=actor(self.people[who]),
                person=self.people[CHILD],
                kind=kind,
                component_code=code,
                purpose=purpose,
                language="zh",
                on=self.on,
            )
        except (RefusalError, UnseenError):
            assert not allowed
        else:
            assert allowed
            self.model.say(who, kind, (code, purpose), self.on)

    @rule(code=CODE, purpose=PURPOSE)
    def everybody_says_yes(self, code: str, purpose: str) -> None:
        for who in (CHILD, MOTHER, FATHER):
            for kind in ("consent", "assent"):
                if self.model.may_say(who, kind, self.on):
                    self.say(who, kind, code, purpose)

    @rule(who=WHO, code=CODE, purpose=PURPOSE)
    def take_back(self, who: int, code: str, purpose: str) -> None:
        allowed = self.model.acts(who, self.on)
        about = {"component_code": code, "purpose": purpose, "on": self.on}
        try:
            withdraw_consent(by=actor(self.people[who]), person=self.people[CHILD], **about)
        except UnseenError:
            assert not allowed
        else:
            assert allowed
            self.model.take_back((code, purpose), self.on)

    @rule(days=st.sampled_from([1, 30, 199, 200, 364, 365]))
    def let_time_pass(self, days: int) -> None:
        self.on += days * DAY

    @rule(purpose=PURPOSE)
    def reword(self, purpose: str) -> None:
        """A new text comes into force tomorrow."""
        self.on += DAY
        texts = {wording: dict.fromkeys(LANGUAGES, f"{wording} {self.on}") for wording in Wording}
        if consent_texts.VERSIONS[purpose][-1].since < self.on:
            consent_texts.VERSIONS[purpose] += (Version(self.on.isoformat(), self.on, texts),)
            self.model.texts[purpose] += 1

    @rule(who=st.sampled_from([MOTHER, FATHER]))
    def guardian_comes_or_goes(self, who: int) -> None:
        row = Guardianship.objects.filter(guardian=self.people[who], child=self.people[CHILD])
        if not row.exists():
            factories.GuardianshipFactory(
                guardian=self.people[who], child=self.people[CHILD], starts_on=self.on
            )
            self.model.guardians[who] = [self.on, dt.date.max]
        elif self.model.guardians[who][1] == dt.date.max:
            row.update(ends_on=self.on)
            self.model.guardians[who][1] = self.on

    @invariant()
    def every_reading_agrees_with_the_reference(self) -> None:
        child = [self.people[CHILD]]
        for code in CODES:
            for purpose in PURPOSES:
                expected = self.model.is_live((code, purpose), self.on)
                told = (
                    not without_consent(child, code, self.on, purpose),
                    not voices_missing(child, code, self.on, purpose),
                )
                assert told == (expected, expected)


@pytest.mark.parametrize("age", [8, 18])
def test_any_history_agrees_with_the_reference(age: int) -> None:
    """The birthday on which the child turns `age` lies two hundred days ahead."""
    machine = type("ConsentsNearABirthday", (Consents,), {"age": age})
    limits = settings(max_examples=12, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(machine, settings=limits)
