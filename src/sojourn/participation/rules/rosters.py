"""Rules of reading a roster: names are for the host that runs the activity, and for nobody above it."""

from sojourn.participation.models import Opening
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.rules import must_hold_post


def may_read_roster(*, by: Actor, opening: Opening, **_rest: object) -> None:
    """Somebody with a log-in who holds a post of the host itself; the system's clock has no business here."""
    reader_of(by)
    must_hold_post(by, opening.host_id, *HOSTS)


def reader_of(by: Actor) -> int:
    """The account that stands in the log of reads."""
    if by.account_id is None:
        raise UnseenError
    return by.account_id
