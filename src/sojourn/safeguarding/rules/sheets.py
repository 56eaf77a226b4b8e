"""Who prints the sheet that says where to turn."""

from sojourn.participation.models import Opening
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.registry.rules import must_hold_post


def may_issue_sheet(*, by: Actor, opening: Opening) -> None:
    """Whoever runs the activity."""
    must_hold_post(by, opening.host_id, *HOSTS)
