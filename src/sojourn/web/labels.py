"""What stable codes of the database are called on a page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

STAGES: Mapping[str, tuple[Label, str]] = {
    "ahead": (_("Opens soon"), "info"),
    "open": (_("Open"), "good"),
    "closed": (_("Closed, draw to come"), "waiting"),
    "frozen": (_("List frozen, draw to come"), "waiting"),
    "drawn": (_("Drawn"), "neutral"),
    "draft": (_("Draft"), "neutral"),
    "cancelled": (_("Cancelled"), "bad"),
    "published": (_("Published"), "good"),
    "superseded": (_("Replaced"), "neutral"),
}
"""Stages of a call and states of a plan or bulletin: the word, and the tone of its badge."""

TARGET_KINDS: Mapping[str, Label] = {
    "total": _("in all"),
    "floor_per_period": _("at least"),
    "cumulative": _("reached by then"),
}

CHANGES: Mapping[str, tuple[Label, str]] = {
    "added": (_("Added"), "good"),
    "removed": (_("Removed"), "bad"),
    "changed": (_("Changed"), "info"),
}

SEED_KINDS: Mapping[str, Label] = {
    "drand": _("drand randomness beacon"),
    "nist-beacon": _("NIST randomness beacon"),
    "lottery": _("Numbers of a public lottery"),
    "dice": _("Dice thrown before two witnesses"),
}

OUTCOMES: Mapping[str, tuple[Label, str]] = {
    "placed": (_("Place offered"), "good"),
    "full": (_("Full at its turn"), "waiting"),
    "does_not_fit": (_("Too few seats left for the whole group"), "waiting"),
    "too_large": (_("Group larger than the opening"), "bad"),
    "not_needed": (_("Not needed: a better choice was met"), "neutral"),
}
