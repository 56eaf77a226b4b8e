"""What each role is called and what it is for, in the words of a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.records.roles import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role's name, one sentence on what it does and does not see, and its icon."""

    label: str | Promise
    purpose: str | Promise
    icon: str


ROLES: Mapping[str, RoleWords] = {
    Role.PROGRAMME_OFFICE: RoleWords(
        _("Programme office"), _("Plans, opens calls, runs the draw. Sees counts, never people."), "building"
    ),
    Role.REGIONAL_OFFICE: RoleWords(
        _("Regional office"), _("Sees its share of the plan, and the counts of its region."), "map-pin"
    ),
    Role.INSTITUTION: RoleWords(
        _("Institution"), _("Offers places and sees the roster of its own activity."), "school"
    ),
    Role.LEADER: RoleWords(_("Group leader"), _("Leads a group and notes who was there."), "users-group"),
    Role.HOST: RoleWords(
        _("Host"), _("Receives a group at the own institution and confirms who was there."), "home"
    ),
    Role.SAFEGUARDING_LEAD: RoleWords(
        _("Safeguarding lead"),
        _("Receives incidents at once and sees what protecting a child needs."),
        "shield-check",
    ),
    Role.AUDITOR: RoleWords(
        _("Auditor"), _("Independent. Reads logs and counts, by number, never by name."), "eye"
    ),
    Role.PARTICIPANT: RoleWords(
        _("Young person"), _("Applies, reads why, accepts, leaves when they like."), "user"
    ),
    Role.GUARDIAN: RoleWords(
        _("Guardian of a minor"), _("Applies and consents together with the child."), "heart-handshake"
    ),
    Role.CHILD: RoleWords(
        _("Child with a paper slip"),
        _("Says the own yes or no, reads why, leaves; needs no e-mail."),
        "ticket",
    ),
    Role.PUBLIC: RoleWords(
        _("Everybody"),
        _("Reads the plan, the calls, the proofs and the bulletins, and finds no person."),
        "users",
    ),
    Role.SYSTEM: RoleWords(
        _("The system"), _("The clock, and whoever can run commands on the server. Opens no page."), "clock"
    ),
}
