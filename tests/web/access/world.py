"""A small world in which each organisation and each person has one of everything, in every state.

Every text that could tell of somebody is a canary (canaries.py). What an address can name is listed in
`World.samples`: each with its owner in the tree, or in the families, and with its state.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.test import Client

from apps import factories
from apps.factories import NOW, TODAY
from sojourn.connections.models import Delivery, Token, Webhook
from sojourn.core.draw import DiceThrows, source_to_dict
from sojourn.entrance.actions.slips import issue_slip
from sojourn.entrance.addresses import keep_address
from sojourn.entrance.models import Invitation
from sojourn.entrance.tokens import token_hash
from sojourn.monitoring.actions.bulletins import draft_bulletin, publish_bulletin
from sojourn.monitoring.actions.figures import compute_figures
from sojourn.monitoring.models import Bulletin, Figure
from sojourn.participation.actions.offers import accept_offer
from sojourn.participation.actions.rounds import draw_round, freeze_round
from sojourn.participation.models import (
    Application,
    Call,
    Engagement,
    Offer,
    Opening,
    Round,
    Ticket,
)
from sojourn.plan.actions import load_plan, publish_plan, split_target
from sojourn.plan.document import load_plan as read_plan
from sojourn.plan.models import Component, Target
from sojourn.records.actor import SYSTEM, Actor
from sojourn.registry.models import Account, Membership, Organisation, Person
from sojourn.registry.rules import ADULT_FROM
from sojourn.safeguarding.models import EmergencyAccess, Incident, Recipient
from sojourn.sheets.models import Import
from sojourn.web.actors import SLIP
from sojourn.web.scopes import Thing
from web.access.canaries import EVERYBODY, Canaries
from web.access.subjects import SUBJECTS, Subject
from web.access.tree import FELLOWS, ORGANISATIONS, PEOPLE, POSTS, relation
from web.given import given

DAY = dt.timedelta(days=1)
EXAMPLE = Path(__file__).parents[3] / "examples/two-rivers/plan.toml"
COMPONENT = "A2"
APPLICANTS = ("student", "former", "mother", "ward", "mate", "outsider")
"""Whose applications and stays there are; of the ward together with the fellow."""
RESIDENTS = (1, 2)
"""Two children on every roster, `far-1` and `far-2`, so that each organisation has people of its own."""


@dataclass(frozen=True)
class Sample:
    """One thing that an address can name: what the address says, whose it is, in which state.

    `people` are the keys of those whom a page about it may name.
    """

    arguments: dict[str, object]
    owner: str
    state: str
    people: frozenset[str] = frozenset()

    def said_to(self, subject: Subject) -> str:
        """How it stands to somebody who asks, for the message of a test."""
        return f"{relation(subject, self.owner)}, {self.state}, of {self.owner}"


@dataclass
class World:
    """What there is, and a browser for each of those who ask."""

    canaries: Canaries = field(default_factory=Canaries)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)  # the account of a safeguarding lead of each
    clients: dict[str, Client] = field(default_factory=dict)
    samples: dict[Thing, list[Sample]] = field(default_factory=lambda: {thing: [] for thing in Thing})
    component: Component = None  # set by the plan

    def add(
        self, thing: Thing, owner: str, state: str, people: frozenset[str] = frozenset(), **arguments: object
    ) -> None:
        """One more thing that an address can name."""
        self.samples[thing].append(Sample(arguments, owner, state, people))


def build() -> World:
    """The whole world; every part stands on those before it."""
    world = World()
    for part in PARTS:
        part(world)
    return world


# Who ---------------------------------------------------------------------------------------------


def organisations(world: World) -> None:
    for key, (kind, parent) in ORGANISATIONS.items():
        columns = {"kind": kind, "parent": world.organisations[parent] if parent else None}
        columns |= {"names": world.canaries.texts(EVERYBODY), "town": world.canaries.text(EVERYBODY)}
        made = (
            factories.SchoolFactory._create(Organisation, code=key, **columns)
            if parent
            else factories.CoordinatingOfficeFactory()
        )
        world.organisations[key] = made


def people(world: World) -> None:
    residents = {f"{key}-{number}": 12 for key in ORGANISATIONS for number in RESIDENTS}
    for key, age in {**PEOPLE, **residents}.items():
        world.people[key] = factories.PersonFactory(
            given_name=world.canaries.text(f"name:{key}"),
            family_name=world.canaries.text(f"name:{key}"),
            age=age,
        )
    factories.GuardianshipFactory(guardian=world.people["former"], child=world.people["student"])
    factories.GuardianshipFactory(
        guardian=world.people["divorced"], child=world.people["ward"], ends_on=TODAY - 120 * DAY
    )
    for key, age in {**PEOPLE, **residents}.items():
        guardian = guardian_of(world, key) if age < ADULT_FROM else None
        if guardian:
            factories.GuardianshipFactory(guardian=guardian, child=world.people[key])
        yes_of(world.people[key], guardian)


def guardian_of(world: World, key: str) -> Person:
    """Who is in charge of a minor."""
    return world.people["mother" if key == "ward" else "keeper"]


def yes_of(person: Person, guardian: Person | None) -> None:
    """Every yes to taking part."""
    factories.ConsentFactory(person=person, given_by=guardian or person, component_code=COMPONENT)
    if guardian:
        factories.ConsentFactory(person=person, kind="assent", component_code=COMPONENT)


def subjects(world: World) -> None:
    for name, subject in SUBJECTS.items():
        client = world.clients[name] = Client(raise_request_exception=False)
        if subject.has_slip or not (subject.is_logged_in or subject.is_closed):
            continue
        holders = [f"account:{name}", f"private:{subject.person}"]
        holders += [] if subject.has_ended else [f"post:{subject.home}:{subject.role}"]
        account = factories.AccountFactory(
            email=f"{world.canaries.text(*holders, f'staff:{subject.home}')}@example.org",
            person=world.people.get(subject.person),
        )
        if subject.role:
            ends_on = TODAY if subject.has_ended else None
            home = world.organisations[subject.home]
            factories.MembershipFactory(
                account=account, organisation=home, role=subject.role, ends_on=ends_on
            )
        keep_address(account, is_verified=True)
        given(client, account, factor=not subject.lacks_factor)
        if subject.is_closed:
            Account.objects.filter(pk=account.pk).update(is_active=False)
        world.accounts[name] = account


def posts(world: World) -> None:
    """Every post that there is, held by somebody and offered to somebody else; two leaders are vetted."""
    for key, (kind, _parent) in ORGANISATIONS.items():
        organisation = world.organisations[key]
        for role in (*POSTS[kind], Membership.Role.LEADER):
            email = f"{world.canaries.text(f'staff:{key}', f'post:{key}:{role}')}@example.org"
            held = factories.MembershipFactory(
                account=factories.AccountFactory(email=email), organisation=organisation, role=role
            )
            world.add(Thing.POST, key, role, number=held.pk)
            if role == Membership.Role.SAFEGUARDING_LEAD:
                world.leads[key] = held.account_id
            if role == Membership.Role.LEADER:
                vetted = factories.VettingFactory(account=held.account, checked_by=organisation)
                world.add(Thing.ADULT, key, "checked", account_id=held.account_id)
                world.add(Thing.RECORD, key, "valid", number=vetted.pk)
            offered = Invitation.objects.create(
                organisation=organisation,
                role=role,
                email=f"{world.canaries.text(f'post:{key}:{role}')}@example.org",
                is_mailed=True,
                token_hash=token_hash(f"{key} {held.pk}"),
                made_at=NOW,
                ends_at=NOW + 7 * DAY,
            )
            world.add(Thing.INVITATION, key, role, number=offered.pk)


def slips(world: World) -> None:
    """One for each minor of the families; the ward comes in by theirs."""
    for number, key in enumerate(("ward", "fellow", "mate", "outsider"), 1):
        by = Actor(person_id=guardian_of(world, key).pk)
        code = f"K7QM-3XRD-9WP{number}"
        slip = issue_slip(by=by, child=world.people[key], code=code, on=TODAY)
        world.add(Thing.SLIP, key, "printed", number=slip.pk)
        if key == "ward":
            session = world.clients["child_with_slip"].session
            session[SLIP] = slip.pk
            session.save()


def secrets(world: World) -> None:
    """Addresses that nobody was given, and a passkey of nobody who asks."""
    somebody = factories.AccountFactory()
    key = Authenticator.objects.create(user=somebody, type=Authenticator.Type.WEBAUTHN, data={})
    world.add(Thing.PASSKEY, "far", "of somebody else", pk=key.pk)
    world.add(Thing.YES, "root", "in force", code=COMPONENT, purpose="take_part")
    invented = dict.fromkeys(("token", "key", "code", "signed", "secret"), "invented")
    world.add(Thing.LINK, "root", "invented", uidb36="1", **invented)
    world.add(Thing.PROVIDER, "root", "unknown", provider_id="unknown")


# What was promised -------------------------------------------------------------------------------


def plan(world: World) -> None:
    document = read_plan(EXAMPLE).document
    for number, state in enumerate(("superseded", "published", "draft"), 1):
        holder = "draft:plan" if state == "draft" else EVERYBODY
        titles = document.programme.titles.model_copy(update=world.canaries.texts(holder))
        programme = document.programme.model_copy(update={"titles": titles})
        row = load_plan(
            by=SYSTEM, document=document.model_copy(update={"programme": programme}), on=TODAY - 90 * DAY
        )
        if state != "draft":
            publish_plan(by=SYSTEM, plan=row, on=TODAY - 90 * DAY)
        world.add(Thing.PLAN_VERSION, "root", state, number=number)
    world.component = Component.objects.get(code=COMPONENT)
    target = Target.objects.filter(
        plan__status="published", component=world.component, kind=Target.Kind.TOTAL
    ).order_by("pk")[0]
    split_target(by=SYSTEM, target=target, at=NOW)
    world.add(Thing.TARGET, "root", "in_force", code=target.code)


# Who gets in -------------------------------------------------------------------------------------


def call(world: World, code: str, organiser: str, opens: int, closes: int, *holders: str, **columns) -> Call:
    """A call whose texts are for these holders, open on the days from `opens` to `closes` around today."""
    made = factories.CallFactory(
        code=code,
        organiser=world.organisations[organiser],
        component=world.component,
        titles=world.canaries.texts(*holders),
        summaries=world.canaries.texts(*holders),
        opens_on=TODAY + opens * DAY,
        closes_on=TODAY + closes * DAY,
        maximum_group=4,
        **columns,
    )
    thrown_at = int((NOW + (closes + 2) * DAY).timestamp())
    dice = DiceThrows(thrown_at=thrown_at, faces=6, throws=60, witnesses=("one", "two"))
    Round.objects.create(call=made, seed_source=source_to_dict(dice), announced_at=NOW + (opens - 1) * DAY)
    return made


def opening(world: World, of: Call, host: str, *holders: str, starts: int = 120) -> Opening:
    """An opening of two weeks whose texts and seats are for these holders."""
    return factories.OpeningFactory(
        call=of,
        code=world.canaries.text(*holders),
        host=world.organisations[host],
        titles=world.canaries.texts(*holders),
        starts_on=TODAY + starts * DAY,
        seats=world.canaries.number(*holders),
    )


def application(world: World, key: str, of: Call, choice: Opening) -> Application:
    """Somebody's application, with the fellows where there are any; its reference is theirs alone."""
    covered = FELLOWS.get(key, (key,))
    person = world.people[key]
    submitted_by = person if person.age(TODAY) >= ADULT_FROM else guardian_of(world, key)
    columns = {"call": of, "submitted_by": submitted_by, "submitted_on": of.opens_on}
    columns |= {"sending": world.organisations["school"]}
    if len(covered) == 1:
        made = factories.ApplicationFactory(person=person, **columns)
    else:
        group = factories.GroupFactory(call=of)
        world.canaries.know(group.join_code, *(f"private:{each}" for each in covered))
        made = factories.ApplicationFactory(person=None, group=group, **columns)
        for each in covered:
            factories.MemberFactory(application=made, person=world.people[each])
    factories.PreferenceFactory(application=made, opening=choice)
    world.canaries.know(made.reference, *(f"private:{each}" for each in covered))
    return made


def frozen(of: Call) -> Round:
    return freeze_round(by=SYSTEM, round=of.round, at=NOW + ((of.closes_on - TODAY).days + 1) * DAY)


def drawn(of: Call) -> Round:
    frozen(of)
    throws = [1 + number % 6 for number in range(60)]
    at = NOW + ((of.closes_on - TODAY).days + 3) * DAY
    return draw_round(by=SYSTEM, round=of.round, seed_value={"throws": throws}, at=at)


CALLS: dict[str, tuple[int, int, str]] = {
    "draft": (5, 40, "draft"),
    "cancelled": (-5, 20, "cancelled"),
    "open": (-5, 20, "published"),
    "closed": (-40, -2, "published"),
    "frozen": (-40, -10, "published"),
    "drawn": (-40, -10, "published"),
}
"""By state: the days from opening to closing, and the status."""


def calls(world: World) -> None:
    for key in ORGANISATIONS:
        for state, (opens, closes, status) in CALLS.items():
            holder = EVERYBODY if status == "published" else f"draft:{key}"
            code = world.canaries.text(holder)
            made = call(world, code, key, opens, closes, holder, status=status)
            offered = opening(world, made, key, holder)
            if state in {"frozen", "drawn"}:
                for number in RESIDENTS:
                    application(world, f"{key}-{number}", made, offered)
                frozen(made) if state == "frozen" else drawn(made)
            if state == "frozen":
                for ticket in Ticket.objects.filter(round=made.round).order_by("pk"):
                    world.canaries.know(ticket.code, "nobody before the draw")
            world.add(Thing.CALL, key, state, code=code)
            if state in {"draft", "cancelled"}:
                world.add(Thing.OPENING, key, state, call_code=code, code=offered.code)


STAYS = {"coming": 60, "running": -5, "over": -80}
"""By state: on which day from today the stay begins."""


def openings(world: World) -> None:
    for key in ORGANISATIONS:
        for state, starts in STAYS.items():
            made = call(world, f"{key}-{state}", "root", -200, -150, EVERYBODY)
            offered = opening(world, made, key, EVERYBODY, starts=starts)
            guests = [f"{key}-{number}" for number in RESIDENTS]
            guests += APPLICANTS if key == "far" else ()
            for guest in guests:
                stay(world, guest, offered, state)
            if starts < 0:
                session(world, offered, key, guests)
            world.add(Thing.OPENING, key, state, frozenset(guests), call_code=made.code, code=offered.code)


def stay(world: World, guest: str, at: Opening, state: str) -> None:
    handed_in = application(world, guest, at.call, at)
    offer = factories.OfferFactory(opening=at, application=handed_in, status=Offer.Status.ACCEPTED)
    made = factories.EngagementFactory(
        opening=at, person=world.people[guest], offer=offer, sending=world.organisations["school"]
    )
    if guest in APPLICANTS:
        world.add(Thing.STAY, guest, state, number=made.pk)


def session(world: World, at: Opening, host: str, guests: list[str]) -> None:
    holders = [f"draft:{host}", *(f"private:{guest}" for guest in guests)]
    made = factories.SessionFactory(opening=at, titles=world.canaries.texts(*holders))
    for row in Engagement.objects.filter(opening=at).order_by("pk"):
        factories.AttendanceFactory(session=made, engagement=row)


def applications(world: World) -> None:
    for state, (opens, closes) in {
        "submitted": (-5, 20),
        "withdrawn": (-5, 20),
        "offered": (-40, -10),
        "accepted": (-40, -10),
        "closed": (-40, -10),
    }.items():
        made = call(world, f"applied-{state}", "root", opens, closes, EVERYBODY)
        offered = opening(world, made, "far", EVERYBODY)
        handed_in = {key: application(world, key, made, offered) for key in APPLICANTS}
        if closes < 0:
            drawn(made)
        for key, row in handed_in.items():
            _carry_on(world, key, row, state)
            world.add(Thing.APPLICATION, key, state, reference=row.reference)


def _carry_on(world: World, key: str, row: Application, state: str) -> None:
    if state == "withdrawn":
        Application.objects.filter(pk=row.pk).update(status=Application.Status.WITHDRAWN)
    if state == "closed":
        Offer.objects.filter(application=row).update(status=Offer.Status.CLOSED)
    if state == "accepted":
        by = Actor(person_id=row.submitted_by_id)
        offer = Offer.objects.get(application=row)
        accept_offer(by=by, offer=offer, person=world.people[key], on=TODAY)


def consents(world: World) -> None:
    for key in (*APPLICANTS, "fellow", "divorced"):
        world.add(
            Thing.PERSON, key, "held", person_id=world.people[key].pk, code=COMPONENT, purpose="take_part"
        )


# How much was done -------------------------------------------------------------------------------


def bulletins(world: World) -> None:
    """Before the planted figures: no record stands behind those."""
    period = {"starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2027, 3, 1)}
    compute_figures(by=SYSTEM, **period, on=TODAY, at=NOW)
    target = world.samples[Thing.TARGET][0].arguments["code"]
    for state in ("published", "draft"):
        code = f"bulletin-{state}"
        row = draft_bulletin(by=SYSTEM, code=code, **period, on=TODAY)
        if state == "published":
            publish_bulletin(by=SYSTEM, bulletin=row, on=TODAY)
        else:
            document = row.document | {"programme": world.canaries.texts("nobody before it is published")}
            Bulletin.objects.filter(pk=row.pk).update(document=document)
        world.add(Thing.BULLETIN, "root", state, code=code, edition=row.edition, language="en", target=target)


def figures(world: World) -> None:
    for key, organisation in world.organisations.items():
        row = Figure.objects.create(
            indicator="people_taking_part",
            definition_version=1,
            component=world.component,
            organisation=organisation,
            starts_on=dt.date(2027, 1, 1),
            ends_on=dt.date(2027, 2, 1),
            value=world.canaries.number(f"count:{key}"),
            records_sha256="0" * 64,
            seen_on=TODAY,
            computed_at=NOW,
        )
        world.add(Thing.FIGURE, key, "computed", number=row.pk)


def incidents(world: World) -> None:
    """One in each state for each organisation, and an emergency access to one of its guests."""
    for key, organisation in world.organisations.items():
        at = Opening.objects.get(call__code=f"{key}-running")
        for number, state in enumerate(Incident.Status):
            row = Incident.objects.create(
                receipt_sha256=f"{key} {number}",
                opening=at,
                kind=Incident.Kind.HURT,
                concerns=Incident.Concerns.NOT_KNOWN,
                is_severe=False,
                note=world.canaries.text(f"note:{key}"),
                status=state,
                outcome=Incident.Outcome.HANDLED if state in {"closing", "closed"} else "",
                reported_at=NOW - DAY,
                closed_at=NOW if state == "closed" else None,
            )
            Recipient.objects.create(incident=row, organisation=organisation, reason=Recipient.Reason.FIRST)
            world.add(Thing.INCIDENT, key, state, number=row.pk)
        for state in ("requested", "open"):
            row = EmergencyAccess.objects.create(
                person=world.people[f"{key}-1"],
                opening=at,
                purpose=EmergencyAccess.Purpose.MEDICAL,
                status=state,
                requested_by=Account.objects.get(pk=world.leads[key]),
                approved_by=world.accounts["safeguarding_lead"] if state == "open" else None,
                organisation=organisation,
                requested_at=NOW,
                opened_at=NOW if state == "open" else None,
                ends_at=NOW + DAY,
            )
            world.add(Thing.EMERGENCY, key, state, frozenset({f"{key}-1", "keeper"}), number=row.pk)


def imports(world: World) -> None:
    """A file of each office that was dropped; offices alone can import organisations."""
    world.add(Thing.KIND, "root", "for office", kind="organisations")
    for key in ("root", "north", "south"):
        row = Import.objects.create(
            kind="organisations",
            scope=world.organisations[key].code,
            organisation_id=world.organisations[key].pk,
            file_name=f"{world.canaries.text(f'draft:{key}')}.xlsx",
            begun_at=NOW,
            language="en",
            status=Import.Status.DROPPED,
            tables=[],
            notes=[],
        )
        world.add(Thing.IMPORT, key, "dropped", number=row.pk)
        world.add(Thing.ROWS, key, "any", kind="organisations", scope=row.scope, ending="csv")


def demonstration(world: World) -> None:
    account = factories.AccountFactory(email="somebody@demo.invalid")
    world.add(Thing.ACCOUNT, "root", "invented", account_id=account.pk)


def programs(world: World) -> None:
    """A token, a webhook and a message that was given up, of every organisation; their names are its own."""
    for key, organisation in world.organisations.items():
        token = Token.objects.create(
            organisation=organisation,
            role=Membership.Role.INSTITUTION,
            label=world.canaries.text(f"draft:{key}"),
            scopes=["openings.hosted"],
            prefix="sojourn_xxxxxx",
            sha256=token_hash(f"program {key}"),
            created_on=TODAY,
            expires_on=TODAY + 90 * DAY,
        )
        url = f"https://{world.canaries.text(f'draft:{key}').lower()}.example/"
        webhook = Webhook.objects.create(
            organisation=organisation,
            url=url,
            events=["call.publish"],
            secret=world.canaries.text(f"draft:{key}"),
            created_on=TODAY,
        )
        told = {"verb": "call.publish", "body": "{}", "status": "given_up"}
        message = Delivery.objects.create(webhook=webhook, event=1, queued_at=NOW, due_at=NOW, **told)
        world.add(Thing.TOKEN, key, "live", number=token.pk)
        world.add(Thing.WEBHOOK, key, "on", number=webhook.pk)
        world.add(Thing.MESSAGE, key, "given_up", number=message.pk)


PARTS: tuple[Callable[[World], None], ...] = (
    organisations,
    people,
    subjects,
    posts,
    slips,
    secrets,
    plan,
    calls,
    openings,
    applications,
    consents,
    bulletins,
    figures,
    incidents,
    programs,
    imports,
    demonstration,
)
