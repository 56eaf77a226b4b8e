"""Tokens: who gives them, what they open, and when they stop."""

import datetime as dt
import json

import pytest

from api.conftest import Connect
from api.programs import Program, lead, token, told
from apps.factories import TODAY, MembershipFactory, RegionFactory, SchoolFactory
from apps.outcomes import events, refused, traces, unseen
from sojourn.api import clock, limits
from sojourn.connections.actions.tokens import give_token, revoke_token
from sojourn.connections.models import Token
from sojourn.connections.queries.tokens import actor_with
from sojourn.connections.scopes import READS, WRITES, scopes_of
from sojourn.records.action import ACTIONS
from sojourn.records.models import AuditEvent
from sojourn.records.roles import VERBS, Role
from sojourn.registry.models import Organisation

pytestmark = pytest.mark.django_db
ASKED = {
    "label": "Sheet",
    "scopes": ["figures.own"],
    "expires_on": TODAY + dt.timedelta(days=30),
    "on": TODAY,
}


def test_key_is_shown_once_and_not_stored(office: Organisation) -> None:
    row, key = token(office, Role.PROGRAMME_OFFICE)
    stored = json.dumps(list(Token.objects.values()), default=str)
    assert key.startswith("sojourn_")
    assert len(key) == 51
    assert key not in stored
    assert key[14:] not in stored
    assert row.prefix == key[:14]


def test_giving_and_revoking_are_in_the_trail(office: Organisation) -> None:
    by = lead(office, Role.PROGRAMME_OFFICE)
    before = events()
    row, _key = give_token(by=by, organisation=office, role=Role.PROGRAMME_OFFICE, **ASKED)
    assert events() == [*before, ("token.give", by.account_id, False, "connections.token", row.pk, 1)]
    with traces(("token.revoke", by.account_id, False, "connections.token", row.pk, 1)):
        revoke_token(by=by, token=row, on=TODAY)


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"scopes": []}, "token.scopes", "scopes"),
        ({"scopes": ["openings.hosted"]}, "token.scopes", "scopes"),
        ({"scopes": ["roster.read"]}, "token.scopes", "scopes"),
        ({"expires_on": TODAY}, "token.expiry", "expires_on"),
        ({"expires_on": TODAY + dt.timedelta(days=367)}, "token.expiry", "expires_on"),
    ],
)
def test_token_never_exceeds_its_giver(office: Organisation, changed: dict, code: str, where: str) -> None:
    by = lead(office, Role.PROGRAMME_OFFICE)
    with refused(code, where=where):
        give_token(by=by, organisation=office, role=Role.PROGRAMME_OFFICE, **(ASKED | changed))


def test_tokens_of_an_organisation_are_few(office: Organisation) -> None:
    for _number in range(20):
        token(office, Role.PROGRAMME_OFFICE)
    by = lead(office, Role.PROGRAMME_OFFICE)
    with refused("token.too_many"):
        give_token(by=by, organisation=office, role=Role.PROGRAMME_OFFICE, **ASKED)


def test_only_leads_give_and_revoke_and_only_in_their_own_organisation(office: Organisation) -> None:
    school = SchoolFactory()
    row, _key = token(school, Role.INSTITUTION)
    asked = ASKED | {"scopes": ["openings.hosted"], "organisation": school, "role": Role.INSTITUTION}
    strangers = [
        lead(school, Role.LEADER),
        lead(SchoolFactory(), Role.INSTITUTION),
        lead(school.parent, Role.REGIONAL_OFFICE),
        lead(office, Role.PROGRAMME_OFFICE),
        actor_with(row),
    ]
    for stranger in strangers:
        with unseen():
            give_token(by=stranger, **asked)
        with unseen():
            revoke_token(by=stranger, token=row, on=TODAY)


def test_revoked_token_stays_revoked(office: Organisation) -> None:
    by = lead(office, Role.PROGRAMME_OFFICE)
    row, _key = token(office, Role.PROGRAMME_OFFICE)
    revoke_token(by=by, token=row, on=TODAY)
    with refused("token.revoked_already"):
        revoke_token(by=by, token=row, on=TODAY)


def test_token_stops_at_the_next_request_after_revocation_and_on_its_last_day(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, key = token(office, Role.PROGRAMME_OFFICE, days=30)
    program = Program(key)
    assert program.get("/figures").status_code == 200
    revoke_token(by=lead(office, Role.PROGRAMME_OFFICE), token=row, on=TODAY)
    assert told(program.get("/figures")) == (401, "token.invalid")
    other = Program(token(office, Role.PROGRAMME_OFFICE, days=30)[1])
    monkeypatch.setattr(clock, "today", lambda: TODAY + dt.timedelta(days=29))
    assert other.get("/figures").status_code == 200
    monkeypatch.setattr(clock, "today", lambda: TODAY + dt.timedelta(days=30))
    assert told(other.get("/figures")) == (401, "token.invalid")


def test_last_day_of_use_is_noted_once_a_day(office: Organisation, django_assert_num_queries) -> None:
    row, key = token(office, Role.PROGRAMME_OFFICE)
    Program(key).get("/plan")
    row.refresh_from_db()
    assert row.last_used_on == TODAY
    with django_assert_num_queries(2):
        Program(key).get("/plan")


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer sojourn_x", "Basic eDp5", "", "Bearer é"])
def test_bad_key_is_told_so_even_where_none_is_needed(anyone: Program, header: str) -> None:
    answer = anyone.get("/calls", Authorization=header)
    assert told(answer) == (401, "token.invalid")
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_no_token_no_own_figures(anyone: Program) -> None:
    answer = anyone.get("/figures")
    assert told(answer) == (401, "token.invalid")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_session_of_a_browser_opens_nothing(anyone: Program, office: Organisation) -> None:
    anyone.client.force_login(MembershipFactory(organisation=office, role=Role.PROGRAMME_OFFICE).account)
    assert told(anyone.get("/figures")) == (401, "token.invalid")


def test_token_opens_its_scopes_alone(connect: Connect) -> None:
    program = connect(RegionFactory(), Role.REGIONAL_OFFICE, ["calls.counts"])
    assert program.get("/call-counts").status_code == 200
    assert told(program.get("/figures")) == (403, "token.scope")
    assert told(program.post("/calls", {})) == (403, "token.scope")


def test_write_of_a_program_names_its_token_in_the_trail(office: Organisation) -> None:
    row, key = token(office, Role.PROGRAMME_OFFICE)
    sent = {"rows": [{"code": "gb-1", "kind": "school", "names": {"en": "A"}, "parent": "office"}]}
    assert Program(key).post("/organisations", sent).status_code == 201
    event = AuditEvent.objects.get(verb="organisation.add")
    assert (event.actor_account, event.actor_token, event.by_system, event.count) == (None, row.pk, False, 1)


def test_too_many_requests_of_a_token_wait_and_others_do_not(
    connect: Connect, office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WITH_TOKEN", 3)
    busy, calm = (connect(office, Role.PROGRAMME_OFFICE) for _ in range(2))
    left = [busy.get("/plan")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    stopped = busy.get("/plan")
    assert told(stopped) == (429, "limit.reached")
    assert (stopped["RateLimit-Limit"], stopped["Retry-After"]) == ("3", "60")
    assert calm.get("/calls").status_code == 200
    later = clock.now() + dt.timedelta(seconds=60)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert busy.get("/calls").status_code == 200


def test_addresses_without_a_token_have_a_smaller_budget_of_their_own(
    anyone: Program, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    settings.PROXIES = 1
    monkeypatch.setattr(limits, "WITHOUT_TOKEN", 1)
    assert anyone.get("/calls", X_Forwarded_For="203.0.113.7").status_code == 200
    assert told(anyone.get("/calls", X_Forwarded_For="198.51.100.1, 203.0.113.7")) == (429, "limit.reached")
    assert anyone.get("/calls", X_Forwarded_For="203.0.113.8").status_code == 200


def test_requests_pass_where_they_cannot_be_counted(anyone: Program, settings, tmp_path) -> None:
    settings.DATA = tmp_path / "gone"
    assert anyone.get("/calls").status_code == 200


def test_counters_hold_no_address_and_no_key(office: Organisation, settings) -> None:
    settings.PROXIES = 1
    _row, key = token(office, Role.PROGRAMME_OFFICE)
    Program(key).get("/calls")
    Program().get("/calls", X_Forwarded_For="203.0.113.7")
    stored = (settings.DATA / "rates.sqlite3").read_bytes()
    assert b"203.0.113.7" not in stored
    assert key.encode() not in stored


def test_every_scope_belongs_to_a_role_that_holds_its_verb() -> None:
    assert set(WRITES) <= set(ACTIONS)
    pairs = [(verb, role) for verb, roles in WRITES.items() for role in roles]
    assert [pair for pair in pairs if pair[0] not in VERBS[Role(pair[1])]] == []
    assert scopes_of("leader") == scopes_of("participant") == frozenset()
    assert not set(READS) & set(ACTIONS)
