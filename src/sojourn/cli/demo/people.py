"""Invented families and students, the same ones every time, English and Chinese."""

import datetime as dt
import random
from dataclasses import dataclass

from faker import Faker

from sojourn.registry.models import Account, Guardianship, Person

SEED = 20260901
CHINESE_SHARE = 0.2
SIBLINGS_SHARE = 0.08
DEMO_DOMAIN = "demo.invalid"


@dataclass(frozen=True, slots=True)
class Household:
    """Who applies together: the person that acts, and the people that would travel."""

    acting: Person
    travellers: tuple[Person, ...]


class Inventor:
    """Makes people from a fixed seed and saves them in bulk."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.random = random.Random(SEED)  # noqa: S311 - invented people need no secrecy
        self.fakers = {"en": Faker("en_GB"), "zh": Faker("zh_CN")}
        for faker in self.fakers.values():
            faker.seed_instance(SEED)
        self.made = 0

    def families(self, count: int, ages: tuple[int, int]) -> list[Household]:
        """Guardians, each with an account, and their children of these ages; a few bring two."""
        guardians, children = [], []
        for _number in range(count):
            language, family_name = self._family()
            guardians.append(self._person(language, family_name, (32, 50)))
            siblings = 2 if self.random.random() < SIBLINGS_SHARE else 1
            children.append([self._person(language, family_name, ages) for _child in range(siblings)])
        self._save(guardians)
        flat = Person.objects.bulk_create([child for group in children for child in group], batch_size=1000)
        assert len(flat) >= count  # noqa: S101 - bulk_create gives every row its id on both databases
        Guardianship.objects.bulk_create(
            (
                Guardianship(guardian=guardian, child=child, starts_on=child.birth_on)
                for guardian, group in zip(guardians, children, strict=True)
                for child in group
            ),
            batch_size=1000,
        )
        return [
            Household(guardian, tuple(group)) for guardian, group in zip(guardians, children, strict=True)
        ]

    def students(self, count: int) -> list[Household]:
        """Adults with accounts who apply for themselves."""
        people = []
        for _number in range(count):
            language, family_name = self._family()
            people.append(self._person(language, family_name, (18, 25)))
        self._save(people)
        return [Household(person, (person,)) for person in people]

    def _family(self) -> tuple[str, str]:
        language = "zh" if self.random.random() < CHINESE_SHARE else "en"
        return language, self.fakers[language].last_name()

    def _person(self, language: str, family_name: str, ages: tuple[int, int]) -> Person:
        youngest, oldest = ages
        days = self.random.randrange(youngest * 366 + 100, (oldest + 1) * 365 - 200)
        return Person(
            given_name=self.fakers[language].first_name(),
            family_name=family_name,
            birth_on=self.today - dt.timedelta(days=days),
            language="zh-hans" if language == "zh" else "en",
        )

    def _save(self, people: list[Person]) -> None:
        """Save people with one account each. Nobody can log in to it with a password."""
        Person.objects.bulk_create(people, batch_size=1000)
        accounts = []
        for person in people:
            self.made += 1
            account = Account(email=f"person-{self.made}@{DEMO_DOMAIN}", person=person)
            account.set_unusable_password()
            accounts.append(account)
        Account.objects.bulk_create(accounts, batch_size=1000)
