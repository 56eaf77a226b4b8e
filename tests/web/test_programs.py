"""Pages about connected programs: a lead gives and revokes, sees the key once; no stranger finds them."""

import re

from django.test import Client

from apps.factories import TODAY, SchoolFactory
from sojourn.connections.models import Delivery, Token, Webhook
from sojourn.registry.models import Membership, Organisation

ASKED = {"label": "Sheet", "scopes": ["figures.own"], "expires_on": "2027-05-01"}
HOOK = {"url": "https://example.org/hook", "events": ["call.publish"]}


def post_of(office: Organisation) -> str:
    return f"programme_office-{office.pk}"


def test_lead_gives_a_token_sees_its_key_once_and_revokes_it(officer: Client, office: Organisation) -> None:
    assert "No program has a token" in officer.get("/programs/").content.decode()
    made = officer.post("/programs/tokens/new/", ASKED | {"post": post_of(office)}).content.decode()
    [key] = re.findall(r'value="(sojourn_[\w-]{43})"', made)
    token = Token.objects.get()
    page = officer.get("/programs/").content.decode()
    assert token.prefix in page
    assert key not in page
    assert officer.post(f"/programs/tokens/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_on == TODAY
    assert "Revoked" in officer.get("/programs/").content.decode()


def test_refusal_stands_at_its_field(officer: Client, office: Organisation) -> None:
    sent = ASKED | {"post": post_of(office), "expires_on": "2030-01-01"}
    page = officer.post("/programs/tokens/new/", sent).content.decode()
    assert "A token ends on a day between tomorrow and one year from now." in page
    assert not Token.objects.exists()


def test_lead_of_another_organisation_finds_neither_token_nor_webhook(
    officer: Client, office: Organisation, log_in
) -> None:
    officer.post("/programs/tokens/new/", ASKED | {"post": post_of(office)})
    officer.post("/programs/webhooks/new/", HOOK | {"post": post_of(office)})
    token, webhook = Token.objects.get(), Webhook.objects.get()
    stranger = log_in(Membership.Role.INSTITUTION, SchoolFactory())
    addresses = [
        f"/programs/tokens/{token.pk}/revoke/",
        f"/programs/webhooks/{webhook.pk}/",
        f"/programs/webhooks/{webhook.pk}/secret/",
        f"/programs/webhooks/{webhook.pk}/remove/",
    ]
    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    assert [stranger.post(address).status_code for address in addresses[:1]] == [404]
    assert "Sheet" not in stranger.get("/programs/").content.decode()
    assert log_in(Membership.Role.LEADER, office).get("/programs/").status_code == 404


def test_webhook_shows_its_secret_to_a_lead_and_its_messages(officer: Client, office: Organisation) -> None:
    answer = officer.post("/programs/webhooks/new/", HOOK | {"post": post_of(office)})
    webhook = Webhook.objects.get()
    assert answer["Location"] == f"/programs/webhooks/{webhook.pk}/secret/"
    assert webhook.secret in officer.get(answer["Location"]).content.decode()
    made = {"webhook": webhook, "verb": "call.publish", "body": "{}", "queued_at": "2027-03-01T12:00Z"}
    row = Delivery.objects.create(
        **made, event=1, due_at=made["queued_at"], status="given_up", attempts=10, answer="no_answer"
    )
    page = officer.get(f"/programs/webhooks/{webhook.pk}/").content.decode()
    assert f"msg_{row.pk}" in page
    assert "no answer within ten seconds" in page
    assert officer.post(f"/programs/deliveries/{row.pk}/resend/").status_code == 302
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("waiting", 0)
    Webhook.objects.update(is_active=False)
    assert "Switched off" in officer.get(f"/programs/webhooks/{webhook.pk}/").content.decode()
    assert officer.post(f"/programs/webhooks/{webhook.pk}/resume/").status_code == 302
    assert officer.post(f"/programs/webhooks/{webhook.pk}/remove/").status_code == 302
    assert not Webhook.objects.exists()


def test_page_for_authors_of_programs_lists_every_operation(client: Client, db: None) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "/api/v1/organisations/{code}" in page
    assert "figures.own" in page
    assert 'id="problem-cursor.invalid"' in page
