"""What each action is called where people read it: in a person's own log, in the audit of an office.

One verb string names the permission, the audit line, and the sentence here; a house test keeps them together.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "application.rank": _("Changed the order of the choices"),
    "application.submit": _("Applied"),
    "application.withdraw": _("Took an application back"),
    "bulletin.correct": _("Corrected a bulletin by a new edition"),
    "bulletin.draft": _("Drafted a bulletin"),
    "bulletin.publish": _("Published a bulletin"),
    "call.add_opening": _("Added an opening to a call"),
    "call.draft": _("Drafted a call"),
    "call.publish": _("Published a call"),
    "consent.give": _("Gave consent"),
    "consent.withdraw": _("Took consent back"),
    "engagement.leave": _("Left"),
    "figure.compute": _("Computed the figures"),
    "group.join": _("Joined a group"),
    "membership.appoint": _("Gave somebody a post"),
    "need.delete": _("Deleted what is needed on a trip"),
    "need.read": _("Read what is needed on a trip"),
    "need.write": _("Wrote what is needed on a trip"),
    "offer.accept": _("Accepted a place"),
    "offer.decline": _("Declined a place"),
    "offer.lapse": _("Passed on the places that nobody answered for"),
    "organisation.add": _("Added organisations"),
    "person.correct": _("Corrected a record"),
    "person.erase": _("Erased a person"),
    "person.erase_again": _("Erased people again after a restore"),
    "plan.load": _("Loaded a version of the plan"),
    "plan.publish": _("Put a version of the plan in force"),
    "record.expire": _("Let go what was over"),
    "roster.read": _("Read a roster"),
    "round.announce": _("Named the seed source of a draw"),
    "round.draw": _("Drew the places"),
    "round.freeze": _("Froze the list of a draw"),
    "session.record": _("Noted who was at a session"),
    "target.split": _("Split a target into quotas"),
}
