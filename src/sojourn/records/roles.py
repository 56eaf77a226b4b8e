"""The one table of what each role may do. An action whose verb is in no row of the actor's is refused (404).

The table says *what*; the rule of the action still says *where* and *when* (in the own organisation, for the
own child, while the call is open). What a page shows and which role a page is for stands in `web/access.py`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError


class Role(StrEnum):
    """Who somebody is when they act; the first seven are posts held in an organisation."""

    PROGRAMME_OFFICE = "programme_office"
    REGIONAL_OFFICE = "regional_office"
    INSTITUTION = "institution"  # its lead
    LEADER = "leader"  # a teacher or group leader
    HOST = "host"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    AUDITOR = "auditor"
    PARTICIPANT = "participant"  # a person with a log-in, acting for themselves
    GUARDIAN = "guardian"  # the same person, acting for a minor in their care
    CHILD = "child"  # a minor who acts alone, by the own paper slip
    PUBLIC = "public"  # everybody, with a log-in or without
    SYSTEM = "system"  # the clock, and whoever can run commands on the server


POSTS = frozenset(
    {
        Role.PROGRAMME_OFFICE,
        Role.REGIONAL_OFFICE,
        Role.INSTITUTION,
        Role.LEADER,
        Role.HOST,
        Role.SAFEGUARDING_LEAD,
        Role.AUDITOR,
    }
)
"""The roles that an organisation gives."""

SEES_MINORS = frozenset({Role.INSTITUTION, Role.LEADER, Role.HOST, Role.SAFEGUARDING_LEAD})
"""The posts that can read a minor's record, and so need a second factor. Offices see counts, auditors ids."""

VERBS: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.PROGRAMME_OFFICE: frozenset(
            {
                "bulletin.correct",
                "bulletin.draft",
                "bulletin.publish",
                "call.add_opening",
                "call.draft",
                "call.publish",
                "call.remove_openings",
                "figure.compute",
                "import.begin",
                "import.check",
                "import.drop",
                "import.match",
                "import.resume",
                "import.undo",
                "import.write",
                "invitation.make",
                "invitation.revoke",
                "membership.end",
                "organisation.add",
                "organisation.change",
                "organisation.remove",
                "plan.load",
                "plan.publish",
                "round.announce",
                "round.draw",
                "round.freeze",
                "target.split",
                "token.give",
                "token.revoke",
                "webhook.register",
                "webhook.remove",
                "webhook.resend",
                "webhook.resume",
            }
        ),
        Role.REGIONAL_OFFICE: frozenset(
            {
                "call.add_opening",
                "call.draft",
                "call.publish",
                "call.remove_openings",
                "import.begin",
                "import.check",
                "import.drop",
                "import.match",
                "import.resume",
                "import.undo",
                "import.write",
                "invitation.make",
                "invitation.revoke",
                "membership.end",
                "organisation.add",
                "organisation.change",
                "organisation.remove",
                "round.announce",
                "round.draw",
                "round.freeze",
                "token.give",
                "token.revoke",
                "webhook.register",
                "webhook.remove",
                "webhook.resend",
                "webhook.resume",
            }
        ),
        Role.INSTITUTION: frozenset(
            {
                "departure.confirm",
                "import.begin",
                "import.check",
                "import.drop",
                "import.match",
                "import.resume",
                "import.undo",
                "import.write",
                "letter.print",
                "invitation.make",
                "invitation.revoke",
                "membership.end",
                "roster.read",
                "session.record",
                "sheet.issue",
                "slip.issue_class",
                "slip.revoke",
                "token.give",
                "token.revoke",
                "vetting.record",
                "vetting.revoke",
                "webhook.register",
                "webhook.remove",
                "webhook.resend",
                "webhook.resume",
            }
        ),
        Role.LEADER: frozenset(
            {
                "departure.confirm",
                "import.begin",
                "import.check",
                "import.drop",
                "import.match",
                "import.resume",
                "import.undo",
                "import.write",
                "letter.print",
                "membership.end",
                "need.read",
                "roster.read",
                "session.record",
                "sheet.issue",
                "slip.issue_class",
                "slip.revoke",
            }
        ),
        Role.HOST: frozenset(
            {
                "departure.confirm",
                "letter.print",
                "membership.end",
                "need.read",
                "roster.read",
                "session.record",
                "sheet.issue",
            }
        ),
        Role.SAFEGUARDING_LEAD: frozenset(
            {
                "emergency.approve",
                "emergency.read",
                "emergency.request",
                "emergency.revoke",
                "incident.acknowledge",
                "incident.close",
                "incident.hand_up",
                "incident.name_involved",
                "incident.propose_closing",
                "incident.read",
                "incident.send_back",
                "membership.end",
                "vetting.record",
                "vetting.revoke",
            }
        ),
        Role.AUDITOR: frozenset(
            {
                "membership.end",
            }
        ),
        Role.PARTICIPANT: frozenset(
            {
                "application.rank",
                "application.submit",
                "application.withdraw",
                "consent.give",
                "consent.withdraw",
                "engagement.leave",
                "group.join",
                "guardianship.add",
                "need.delete",
                "need.write",
                "offer.accept",
                "offer.decline",
                "person.correct",
                "person.erase",
            }
        ),
        Role.GUARDIAN: frozenset(
            {
                "application.rank",
                "application.submit",
                "application.withdraw",
                "consent.give",
                "consent.withdraw",
                "engagement.leave",
                "group.join",
                "guardianship.add",
                "need.delete",
                "need.write",
                "offer.accept",
                "offer.decline",
                "person.correct",
                "person.erase",
                "slip.issue",
                "slip.revoke",
            }
        ),
        Role.CHILD: frozenset(
            {
                "consent.give",
                "consent.withdraw",
                "engagement.leave",
            }
        ),
        Role.PUBLIC: frozenset(
            {
                "calendar.link",
                "calendar.unlink",
                "contact.choose",
                "contact.mute",
                "contact.try_again",
                "account.open",
                "incident.report",
                "invitation.accept",
                "person.register",
            }
        ),
        Role.SYSTEM: frozenset(
            {
                "bulletin.correct",
                "bulletin.draft",
                "bulletin.publish",
                "call.add_opening",
                "call.draft",
                "call.publish",
                "call.remove_openings",
                "delivery.note",
                "delivery.queue",
                "delivery.take",
                "departure.confirm",
                "emergency.end",
                "figure.compute",
                "import.begin",
                "import.check",
                "import.drop",
                "import.match",
                "import.resume",
                "import.undo",
                "import.write",
                "incident.climb",
                "incident.let_go",
                "membership.appoint",
                "offer.lapse",
                "organisation.add",
                "organisation.change",
                "organisation.remove",
                "person.erase_again",
                "plan.load",
                "plan.publish",
                "reminder.send",
                "record.expire",
                "round.announce",
                "round.draw",
                "round.freeze",
                "session.record",
                "sheet.issue",
                "target.split",
                "vetting.record",
            }
        ),
    }
)
"""Role -> verbs. Written out row by row, so that one row read alone says all that the role may do."""


def roles_of(by: Actor) -> frozenset[Role]:
    """The roles that the actor has at once; the system has its own and no other."""
    if by.is_system:
        return frozenset({Role.SYSTEM})
    roles = {Role.PUBLIC} | POSTS.intersection(post.role for post in by.posts)
    if by.person_id is not None:
        roles |= {Role.CHILD} if by.is_child else {Role.PARTICIPANT, Role.GUARDIAN}
    return frozenset(roles)


def holds(by: Actor, verb: str) -> bool:
    """Whether one of the actor's roles has the verb."""
    return any(verb in VERBS[role] for role in roles_of(by))


def must_hold(by: Actor, verb: str) -> None:
    """Refuse an act that no role of the actor has, as if what it is about did not exist."""
    if not holds(by, verb):
        raise UnseenError
