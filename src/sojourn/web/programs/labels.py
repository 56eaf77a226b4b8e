"""What scopes and events are called on a page."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sojourn.web.labels import Label

SCOPES: Mapping[str, Label] = {
    "calls.counts": _("Read how many apply to our calls"),
    "figures.own": _("Read our monthly figures"),
    "openings.hosted": _("Read our openings and sessions, in counts"),
    "call.add_opening": _("Add openings to our drafts of calls"),
    "call.draft": _("Draft calls"),
    "call.publish": _("Publish our calls"),
    "organisation.add": _("Add institutions below our office"),
}
EVENTS: Mapping[str, Label] = {
    "bulletin.publish": _("A bulletin is published"),
    "call.publish": _("A call is published"),
    "organisation.add": _("Institutions are added"),
    "plan.publish": _("A version of the plan comes into force"),
    "round.freeze": _("The list of a draw is frozen"),
    "round.draw": _("A draw is made"),
    "session.record": _("A session of ours is noted"),
    "target.split": _("A target is split into quotas"),
}
DELIVERIES: Mapping[str, tuple[Label, str]] = {
    "waiting": (_("To be sent"), "waiting"),
    "delivered": (_("Delivered"), "good"),
    "given_up": (_("Given up"), "bad"),
}
ANSWERS: Mapping[str, Label] = {
    "address": _("the address cannot be used"),
    "certificate": _("its certificate is not valid"),
    "forbidden": _("the address lies inside a network"),
    "name": _("the name of the host is not known"),
    "no_answer": _("no answer within ten seconds"),
}
