"""State changes: each model with a status lists its MOVES; `move` is the only way along them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sojourn.records.refusal import RefusalError, refuse


def move(row: Any, to: str, **changes: Any) -> None:
    """Move `row` to the status `to`, with further column `changes`, in one conditional UPDATE.

    Two who move the same row at the same moment cannot both succeed: the second finds no row to update and
    is refused with `state.moved`.
    """
    sources = [source for source, targets in row.MOVES.items() if to in targets]
    changed = type(row).objects.filter(pk=row.pk, status__in=sources).update(status=to, **changes)
    if not changed:
        raise moved()
    row.status = to
    for name, value in changes.items():
        setattr(row, name, value)


def moved() -> RefusalError:
    """The refusal of an act on a row that somebody else has changed or taken in the meantime."""
    return refuse(
        "state.moved",
        _("This is no longer possible: the state has changed since. Reload the page to see it."),
    )
