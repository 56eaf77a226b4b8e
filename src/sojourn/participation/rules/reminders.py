"""Who may send reminders: the clock alone, for nobody shall press anybody with them."""

from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError


def may_remind(*, by: Actor, **_rest: object) -> None:
    """Only the site's own clock reminds."""
    if not by.is_system:
        raise UnseenError
