"""The retention clock as data: how long each table keeps a person, and which rows are over on a day.

The sentences are those of the register (docs/data-register.csv): a test holds the two against each other, so
that what is promised and what the night does cannot differ. How the rows go: actions/expiring.py.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sojourn.contact.models import KEPT_FOR, Mail, Message
from sojourn.entrance.models import Invitation, LogIn, Slip
from sojourn.participation.models import (
    Application,
    Departure,
    Engagement,
    Member,
    Opening,
    Session,
    TripNeed,
    WaitingPlace,
)
from sojourn.records.models import AuditEvent, PersonRead
from sojourn.records.trails import years_before
from sojourn.registry.models import Account, Consent, Membership, Vetting
from sojourn.safeguarding.models import EmergencyAccess

NOT_SELECTED = dt.timedelta(days=90)
NEEDS = SLIPS = dt.timedelta(days=30)
INVITATIONS = dt.timedelta(days=90)
YEAR, PROOF = 1, 2

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the clock: which rows are over on a day, and the tables that it clears of people."""

    code: str
    due: Callable[[dt.date], Rows]
    tables: tuple[str, ...]


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of a day."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def applications(on: dt.date) -> Rows:
    """Applications without a stay, 90 days after the last opening of the call could still be filled."""
    last = (
        Opening.objects.filter(call=OuterRef("call"))
        .order_by()
        .values("call")
        .annotate(last=Max("starts_on"))
    )
    stays = Engagement.objects.filter(offer__application=OuterRef("pk"))
    rows = Application.objects.annotate(over_on=Coalesce(Subquery(last.values("last")), F("call__closes_on")))
    return rows.filter(~Exists(stays), over_on__lte=on - NOT_SELECTED)


def stays(on: dt.date) -> Rows:
    """Stays of people whose last one in the component ended a year ago."""
    since = years_before(on, YEAR)
    later = Engagement.objects.filter(
        person=OuterRef("person"), component=OuterRef("component"), ends_on__gt=since
    )
    return Engagement.objects.filter(~Exists(later), person__is_remnant=False)


def log_ins(on: dt.date) -> Rows:
    """Accounts without a post that nobody used for a year, whose people take part in nothing."""
    used = Q(last_login__gte=midnight(years_before(on, YEAR)))
    rows = (
        Account.objects.exclude(person=None).filter(last_login__isnull=False, memberships=None).exclude(used)
    )
    for path in ("person", "person__guardians__guardian"):
        rows = rows.filter(
            ~Exists(Member.objects.filter(**{path: OuterRef("person")})),
            ~Exists(Engagement.objects.filter(**{path: OuterRef("person")})),
        )
    return rows.filter(~Exists(Application.objects.filter(submitted_by=OuterRef("person"))))


def consents(on: dt.date) -> Rows:
    """Consents that ended two years ago and by which no stay counts."""
    counting = Engagement.objects.filter(
        person=OuterRef("person"), component__code=OuterRef("component_code")
    )
    return Consent.objects.filter(~Exists(counting), ends_on__lte=years_before(on, PROOF))


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "waiting",
            lambda on: WaitingPlace.objects.filter(opening__starts_on__lte=on),
            ("participation.WaitingPlace",),
        ),
        Rule(
            "messages",
            lambda on: Message.objects.filter(made_on__lt=on - KEPT_FOR),
            ("contact.Message",),
        ),
        Rule("mails", lambda on: Mail.objects.filter(made_at__lt=midnight(on - KEPT_FOR)), ("contact.Mail",)),
        Rule(
            "needs",
            lambda on: TripNeed.objects.filter(engagement__ends_on__lte=on - NEEDS),
            ("participation.TripNeed",),
        ),
        Rule(
            "stays",
            stays,
            (
                "participation.Attendance",
                "participation.Engagement",
                "registry.Guardianship",
                "registry.Person",
            ),
        ),
        Rule(
            "applications",
            applications,
            (
                "participation.Application",
                "participation.Group",
                "participation.Member",
                "participation.Offer",
                "participation.Preference",
                "participation.Ticket",
                "registry.Guardianship",
                "registry.Person",
            ),
        ),
        Rule(
            "adults",
            lambda on: Session.adults.through.objects.filter(
                session__opening__ends_on__lte=years_before(on, YEAR)
            ),
            ("participation.Session",),
        ),
        Rule(
            "departures",
            lambda on: Departure.objects.filter(opening__ends_on__lte=years_before(on, YEAR)),
            ("participation.Departure",),
        ),
        Rule(
            "emergencies",
            lambda on: EmergencyAccess.objects.filter(requested_at__lt=midnight(years_before(on, PROOF))),
            ("safeguarding.EmergencyAccess",),
        ),
        Rule(
            "invitations",
            lambda on: Invitation.objects.filter(ends_at__lt=midnight(on - INVITATIONS)),
            ("entrance.Invitation",),
        ),
        Rule("slips", lambda on: Slip.objects.filter(ends_on__lte=on - SLIPS), ("entrance.Slip",)),
        Rule(
            "log_ins",
            log_ins,
            (
                "account.EmailAddress",
                "contact.CalendarLink",
                "contact.Preference",
                "mfa.Authenticator",
                "registry.Account",
                "registry.Guardianship",
                "registry.Person",
                "socialaccount.SocialAccount",
            ),
        ),
        Rule("consents", consents, ("registry.Consent",)),
        Rule(
            "posts",
            lambda on: Membership.objects.filter(ends_on__lte=years_before(on, PROOF)),
            ("registry.Membership",),
        ),
        Rule(
            "vettings",
            lambda on: Vetting.objects.filter(ends_on__lte=years_before(on, PROOF)),
            ("registry.Vetting",),
        ),
    )
}
"""The rules that `sojourn tick` carries out, in this order: an application goes after its last stay."""

BY_OTHERS: dict[str, tuple[str, ...]] = {
    "trail.drop": (AuditEvent._meta.label, PersonRead._meta.label),
    "sessions.prune": (LogIn._meta.label,),
    "offers.lapse": ("participation.OfferedSeat",),
    "incident.let_go": (
        "safeguarding.Incident",
        "safeguarding.IncidentEvent",
        "safeguarding.Involved",
        "safeguarding.Recipient",
    ),
}
"""Tables with a nightly job of their own."""

PROMISES: dict[str, tuple[str, ...]] = {
    "1 year after the last engagement ends; 90 days if never selected": ("applications", "stays", "log_ins"),
    "1 year after the engagement ends": ("stays",),
    "1 year after the engagement ends, then counted without the person": ("stays",),
    "1 year after the stay ends": ("adults", "departures"),
    "2 years": ("trail.drop", "emergencies"),
    "2 years after it ends": ("vettings",),
    "2 years after it ends, as proof": ("consents",),
    "2 years after the post ends": ("posts",),
    "2 weeks at most; pruned nightly": ("sessions.prune",),
    "2 years after it is closed": ("incident.let_go",),
    "2 years after it is closed; empty when the account is closed": ("incident.let_go",),
    "2 years after it is closed; or when the account is closed": ("incident.let_go",),
    "3 days; unused, since links are signed": (),
    "30 days after it ends": ("slips",),
    "30 days after the return": ("needs",),
    "90 days after the round if not selected, else 1 year after the engagement ends": ("applications",),
    "90 days after the round if not selected, else 1 year after the engagement ends; the proof keeps the "
    "pseudonym": ("applications",),
    "90 days": ("messages", "mails"),
    "90 days after it ends": ("invitations",),
    "deleted when the waiting ends": ("waiting",),
    "never stored": (),
    "no end; it is about no person": (),
    "until the answer or its last day; then no row": ("offers.lapse",),
    "until its holder takes it away or the account is closed": ("log_ins",),
    "until the account is closed": ("log_ins",),
    "until the account is closed; 1 year without a log-in and without an activity": ("log_ins",),
}
"""Every sentence of the register's retention column, with the rules that keep it."""
