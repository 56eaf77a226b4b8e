"""What people are told: one row a kind, with its words, where it leads, and whether it may wait or be muted.

No words here name a person, and none presses: a message says what is there and where it can be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` and `path` are filled with what a message is about; days are written out before.

    An urgent kind is mailed at once, at night too. A kind that may be muted has no deadline behind it.
    """

    title: Words
    sentence: Words
    path: str
    may_be_muted: bool = True
    is_urgent: bool = False


KINDS: Mapping[str, Kind] = {
    "application.received": Kind(
        _("An application has arrived"),
        _(
            "An application has arrived. Until the call closes, its choices can be changed and it can be "
            "taken back."
        ),
        "/my/applications/{reference}/",
    ),
    "round.drawn": Kind(
        _("A draw is done"),
        _("The draw of a call is done. Read what it gave, and why, on the page of the application."),
        "/my/applications/{reference}/",
        may_be_muted=False,
    ),
    "offer.made": Kind(
        _("A place is offered"),
        _("A place is offered from a waiting list. It can be accepted or declined until {until}."),
        "/my/applications/{reference}/",
        may_be_muted=False,
    ),
    "offer.ends": Kind(
        _("An offer ends soon"),
        _(
            "An offer that nobody has answered yet ends after {until}. Doing nothing is an answer too: the "
            "place then goes to the next in line."
        ),
        "/my/applications/{reference}/",
    ),
    "consent.ends": Kind(
        _("A yes ends soon"),
        _("A yes that was said here ends on {until}. It can be said again; who does nothing lets it end."),
        "/my/data/",
    ),
    "stay.begins": Kind(
        _("A stay begins soon"),
        _("A stay begins on {starts}. Its page says where, when, and how to leave it."),
        "/my/stays/{stay}/",
    ),
}
