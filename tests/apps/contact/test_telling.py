"""Messages: told once, to those who act for somebody, mailed together, when each wants to hear."""

import datetime as dt
from string import Formatter

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction

from apps.factories import NOW, TODAY, AccountFactory, GuardianshipFactory, PersonFactory
from sojourn.contact.delivery import deliver
from sojourn.contact.gathering import gather
from sojourn.contact.kinds import KINDS
from sojourn.contact.models import Mail, Message, Preference
from sojourn.contact.telling import News, tell
from sojourn.registry.models import Account

pytestmark = pytest.mark.django_db
NIGHT = NOW.replace(hour=23)
ABOUT = {"reference": "ABC234", "until": "2027-03-09"}


def news(person, kind="offer.made", key="offer 1") -> News:
    return News(kind, key, frozenset({person.pk}), ABOUT)


def test_same_fact_is_told_once(somebody: Account) -> None:
    for _ in range(3):
        tell([news(somebody.person), news(somebody.person)], on=TODAY)
    assert Message.objects.count() == 1


def test_guardians_and_the_child_with_a_log_in_are_told_and_nobody_else(somebody: Account) -> None:
    child = PersonFactory(age=12)
    guardian = GuardianshipFactory(child=child, guardian=PersonFactory(age=40)).guardian
    former = GuardianshipFactory(child=child, guardian=PersonFactory(age=41), ends_on=TODAY).guardian
    accounts = [AccountFactory(person=person) for person in (child, guardian, former)]
    tell([news(child)], on=TODAY)
    assert set(Message.objects.values_list("account_id", flat=True)) == {accounts[0].pk, accounts[1].pk}


def test_guardian_of_a_grown_up_is_not_told(somebody: Account) -> None:
    grown = PersonFactory(age=18)
    AccountFactory(person=GuardianshipFactory(child=grown).guardian)
    assert tell([news(grown)], on=TODAY) == 0


def test_what_waits_for_one_account_goes_in_one_mail(somebody: Account, carrier, clock) -> None:
    tell([news(somebody.person, key=f"offer {n}") for n in range(3)], on=TODAY)
    assert (gather(NOW), gather(NOW), deliver(clock, carrier=carrier)) == (1, 0, 1)
    [mail] = carrier.mails()
    assert mail["Subject"] == "A place is offered, and 2 more"
    assert mail.get_body(("plain",)).get_content().count("/my/applications/ABC234/") == 3


def test_mail_holds_no_name_and_no_result(somebody: Account, carrier, clock) -> None:
    for kind in KINDS:
        tell(
            [News(kind, kind, frozenset({somebody.person_id}), {**ABOUT, "stay": 1, "starts": "2027-03-09"})],
            on=TODAY,
        )
    gather(NOW)
    deliver(clock, carrier=carrier)
    text = carrier.carried[0].content.decode()
    for secret in (somebody.person.given_name, somebody.person.family_name):
        assert secret not in text


def test_nobody_is_mailed_at_night_and_everybody_in_the_morning(somebody: Account) -> None:
    tell([news(somebody.person)], on=TODAY)
    assert gather(NIGHT) == 0
    assert gather(NIGHT + dt.timedelta(hours=8)) == 1


def test_hours_are_those_of_the_own_zone(somebody: Account) -> None:
    Preference.objects.create(account=somebody, zone="Asia/Shanghai")  # noon in UTC is 20:00 there
    tell([news(somebody.person)], on=TODAY)
    assert gather(NOW + dt.timedelta(hours=2)) == 0
    assert gather(NOW) == 1  # eight in the evening


def test_daily_rhythm_gives_one_mail_a_day(somebody: Account) -> None:
    Preference.objects.create(account=somebody, rhythm=Preference.Rhythm.DAILY)
    tell([news(somebody.person, key="offer 1")], on=TODAY)
    assert gather(NOW) == 1
    tell([news(somebody.person, key="offer 2")], on=TODAY)
    assert gather(NOW + dt.timedelta(hours=3)) == 0
    assert gather(NOW + dt.timedelta(days=1)) == 1


def test_muted_kind_stays_on_the_page_and_is_not_mailed(somebody: Account) -> None:
    Preference.objects.create(account=somebody, muted=["stay.begins"])
    tell(
        [News("stay.begins", "stay 1", frozenset({somebody.person_id}), {"stay": 1, "starts": "2027-03-09"})],
        on=TODAY,
    )
    assert gather(NOW) == 0
    assert Message.objects.get().status == Message.Status.KEPT


def test_mail_is_in_the_language_of_its_reader(carrier, clock) -> None:
    account = AccountFactory(person=PersonFactory(language="zh-hans"))
    tell([news(account.person)], on=TODAY)
    gather(NOW)
    deliver(clock, carrier=carrier)
    [mail] = carrier.mails()
    assert mail["Subject"] == "有名额给你"
    assert mail["Content-Language"] == "zh-hans"


def test_only_what_may_be_muted_offers_to_be(somebody: Account, carrier, clock) -> None:
    tell([news(somebody.person)], on=TODAY)
    gather(NOW)
    stay = News("stay.begins", "stay 1", frozenset({somebody.person_id}), {"stay": 1, "starts": "2027-03-09"})
    tell([stay], on=TODAY)
    gather(NOW)
    deliver(clock, carrier=carrier)
    must, may = carrier.mails()
    assert must["List-Unsubscribe"] is None
    assert may["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_roll_back_takes_the_message_along(somebody: Account) -> None:
    with transaction.atomic():
        tell([news(somebody.person)], on=TODAY)
        transaction.set_rollback(True)
    assert Message.objects.count() == 0


def test_message_is_about_ids_and_days_only() -> None:
    """Every word that a kind leaves open is a reference, a number or a day."""
    words = {
        name
        for kind in KINDS.values()
        for text in (str(kind.sentence), kind.path)
        for _before, name, _spec, _conversion in Formatter().parse(text)
        if name
    }
    assert words == {"reference", "stay", "starts", "until"}


def test_unknown_kind_is_a_mistake_of_ours(somebody: Account) -> None:
    with pytest.raises(ValueError, match=r"offer\.unheard"):
        tell([news(somebody.person, kind="offer.unheard")], on=TODAY)


def test_mail_of_a_library_waits_in_the_outbox_encrypted(somebody: Account, settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": "sojourn.contact.outbox.OutboxBackend"}}
    EmailMessage("Subject", "secret-link", to=["Somebody@example.org"]).send()
    mail = Mail.objects.get()
    assert mail.account == somebody
    with connection.cursor() as cursor:
        cursor.execute("SELECT envelope FROM contact_mail")
        assert "Somebody" not in cursor.fetchone()[0]
