"""A teacher’s first day: an invitation, a passkey before all else, and later the passkey alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from apps.factories import MembershipFactory, SchoolFactory
from journeys.conftest import Calendar
from sojourn.entrance.actions.posts import invite
from sojourn.records.roles import Role
from sojourn.registry.queries import actor_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_teacher_sets_a_passkey_up_and_logs_in_with_it_alone(
    live_server: LiveServer,
    calendar: Calendar,
    open_page: Callable[[int], Page],
    is_sound: Callable[[Page], None],
) -> None:
    school = SchoolFactory(names={"en": "Hill School", "zh": "山丘学校"})
    lead = actor_of(
        MembershipFactory(role=Role.INSTITUTION, organisation=school).account, on=calendar.moment.date()
    )
    invite(
        by=lead,
        organisation=school,
        role=Role.LEADER,
        email="kim@example.org",
        is_mailed=True,
        token="the-secret-of-the-link",
        at=calendar.moment,
    )
    page = open_page(390)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto(f"{live_server.url}/invitation/the-secret-of-the-link/")
    is_sound(page)
    page.get_by_label("Password").fill("four quiet herons wade")
    page.get_by_role("button", name="Open the account and accept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    is_sound(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Log in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    is_sound(page)
    page.get_by_role("link", name="Go on to your pages").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Openings I host")
    page.get_by_role("button", name="Log out").click()

    page.goto(f"{live_server.url}/log-in/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Openings I host")
