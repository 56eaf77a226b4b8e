"""Minors act without e-mail: a slip opens the own say of one child, and nothing else."""

import pytest
from django.test import Client

from apps.factories import (
    TODAY,
    AccountFactory,
    ConsentFactory,
    EngagementFactory,
    OpeningFactory,
    PersonFactory,
    UniversityFactory,
    say_yes,
)
from sojourn.entrance.actions.slips import issue_slip
from sojourn.entrance.models import LogIn, Slip
from sojourn.participation.models import Engagement
from sojourn.records.models import PersonRead
from sojourn.registry.models import Consent, Membership
from sojourn.registry.queries import actor_of
from web.given import logged_in_as
from web.stories import Family, drawn_for_two, family

pytestmark = pytest.mark.django_db
CODE = "K7QM-3XRD-9WPT"


def slip_for(of: Family, code: str = CODE) -> Slip:
    guardian = AccountFactory(person=of.guardian)
    return issue_slip(by=actor_of(guardian, on=TODAY), child=of.child, code=code, on=TODAY)


def opened(code: str = CODE) -> Client:
    client = Client()
    answer = client.post("/slip/", {"code": code})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_slip_opens_the_childs_own_pages_without_an_account(client: Client) -> None:
    first, application, second, other = drawn_for_two()
    slip_for(first)
    child = opened()
    page = child.get("/slip/mine/").content.decode()
    assert [f"Hello {first.child.given_name}" in page, application.reference in page] == [True, True]
    assert [words in page for words in (second.child.family_name, other.reference)] == [False, False]
    why = child.get(f"/slip/mine/applications/{application.reference}/")
    assert (why.status_code, "Why" in why.content.decode()) == (200, True)
    assert child.get(f"/slip/mine/applications/{other.reference}/").status_code == 404
    assert Slip.objects.get().used_on == TODAY
    assert LogIn.objects.get().account is None


def test_slip_opens_no_page_of_anybody_else() -> None:
    own, application, *_others = drawn_for_two()
    slip_for(own)
    child = opened()
    for address in (
        "/my/",
        "/my/data/",
        "/my/children/",
        f"/my/applications/{application.reference}/",
        "/institution/",
        "/office/",
        "/account/",
        "/posts/",
        f"/my/applications/{application.reference}/accept/",
    ):
        assert child.get(address).status_code == 404, address


def test_childs_no_ends_the_yes_and_the_own_yes_can_be_said_again() -> None:
    of = family()
    ConsentFactory(person=of.child, given_by=of.guardian)
    ConsentFactory(person=of.child, kind=Consent.Kind.ASSENT)
    slip_for(of)
    opening = OpeningFactory()
    code = opening.call.component.code
    child = opened()
    assert "No, I do not want to" in child.get("/slip/mine/").content.decode()
    child.post(f"/slip/mine/no/{code}/take_part/")
    assert not Consent.objects.filter(ends_on__gt=TODAY).exists()
    child.post(f"/slip/mine/yes/{code}/take_part/")
    said = Consent.objects.get(ends_on__gt=TODAY)
    assert (said.kind, said.given_by) == (Consent.Kind.ASSENT, of.child)


def test_child_leaves_the_own_stay_and_no_other() -> None:
    of = family()
    own = EngagementFactory(person=of.child, opening=OpeningFactory(starts_on=TODAY))
    other = EngagementFactory(person=PersonFactory(age=12))
    slip_for(of)
    child = opened()
    assert child.post(f"/slip/mine/stays/{other.pk}/leave/").status_code == 404
    assert child.post(f"/slip/mine/stays/{own.pk}/leave/").status_code == 302
    assert Engagement.objects.get(pk=own.pk).ends_on == TODAY


def test_revoked_slip_closes_an_open_page() -> None:
    slip_for(family())
    child = opened()
    assert child.get("/slip/mine/").status_code == 200
    Slip.objects.update(ends_on=TODAY)
    assert child.get("/slip/mine/")["Location"].startswith("/log-in/")


def test_wrong_codes_are_counted_and_right_ones_are_not(client: Client) -> None:
    slip_for(family())
    for _number in range(10):
        assert client.post("/slip/", {"code": CODE}).status_code == 302
        client.post("/slip/close/")
    answers = [client.post("/slip/", {"code": f"WRONG-{number}"}).status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert client.post("/slip/", {"code": CODE}).status_code == 429


def test_wrong_code_tells_nothing(client: Client) -> None:
    slip = slip_for(family())
    Slip.objects.filter(pk=slip.pk).update(ends_on=TODAY)
    told = [client.post("/slip/", {"code": code}).context["form"].errors for code in (CODE, "AAAA-BBBB-CCCC")]
    assert told[0] == told[1]


def test_slip_logs_out_whoever_left_the_device_open() -> None:
    slip_for(family())
    client = logged_in_as(AccountFactory(person=PersonFactory(age=40)))
    key = client.session.session_key
    client.post("/slip/", {"code": CODE})
    assert client.session.session_key != key
    assert "_auth_user_id" not in client.session
    assert client.get("/my/").status_code == 404


def test_guardian_prints_sees_and_ends_slips() -> None:
    of = family()
    guardian = logged_in_as(AccountFactory(person=of.guardian))
    page = guardian.post(f"/my/children/{of.child.pk}/slip/").content.decode()
    slip = Slip.objects.get()
    assert "Mina Okafor" in page
    assert slip.code_hash not in page
    assert "Printed by you" in guardian.get("/my/children/").content.decode()
    guardian.post(f"/my/children/slips/{slip.pk}/end/")
    assert "Printed by you" not in guardian.get("/my/children/").content.decode()
    stranger = logged_in_as(AccountFactory(person=PersonFactory(age=40)))
    assert stranger.post(f"/my/children/{of.child.pk}/slip/").status_code == 404
    assert stranger.post(f"/my/children/slips/{slip.pk}/end/").status_code == 404


def test_printing_asks_for_a_fresh_password() -> None:
    of = family()
    account = AccountFactory(person=of.guardian, password="four quiet herons wade")
    guardian = logged_in_as(account, is_fresh=False)
    answer = guardian.post(f"/my/children/{of.child.pk}/slip/")
    assert answer["Location"].startswith("/account/again/?next=")
    assert Slip.objects.count() == 0


def test_leader_prints_the_slips_of_the_own_group_and_the_look_is_noted(log_in) -> None:
    opening = OpeningFactory(host=UniversityFactory())
    for age in (7, 12, 15, 20):
        row = EngagementFactory(opening=opening, person=PersonFactory(age=age, given_name=f"Age{age}"))
        say_yes(row)
    address = f"/institution/openings/{opening.call.code}/{opening.code}/slips/"
    leader = log_in(Membership.Role.LEADER, opening.host)
    page = leader.post(address).content.decode()
    assert [f"Age{age}" in page for age in (7, 12, 15, 20)] == [False, True, True, False]
    assert Slip.objects.filter(organisation=opening.host).count() == 2
    assert PersonRead.objects.count() >= 3
    foreign = log_in(Membership.Role.LEADER, UniversityFactory())
    assert foreign.post(address).status_code == 404
    assert log_in(Membership.Role.HOST, opening.host).post(address).status_code == 404


def test_adult_adds_a_child_and_can_apply_for_it(client: Client) -> None:
    guardian = logged_in_as(AccountFactory(person=PersonFactory(age=40)))
    sent = {"given_name": "Mina", "family_name": "Okafor", "birth_on": "2015-05-05", "language": "en"}
    assert guardian.post("/my/children/add/", sent)["Location"] == "/my/children/"
    assert "Mina Okafor" in guardian.get("/my/children/").content.decode()
    late = guardian.post("/my/children/add/", sent | {"birth_on": "2000-05-05"})
    assert "under 18" in late.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_children_needs_the_same_queries(count: int, django_assert_num_queries) -> None:
    of = family()
    for _number in range(count - 1):
        child = PersonFactory(age=10)
        of.guardian.wards.create(child=child, starts_on=TODAY)
    guardian = logged_in_as(AccountFactory(person=of.guardian))
    with django_assert_num_queries(6):
        guardian.get("/my/children/")
