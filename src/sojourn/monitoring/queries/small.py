"""Small counts inside the offices: they are not published, so a simpler rule holds than in bulletins."""

from collections.abc import Sequence

INSIDE = 5
"""People: offices see no count of 1 to 4."""


def without_small(values: Sequence[int], least: int = INSIDE) -> list[int | None]:
    """The values with those of 1 to `least` - 1 hidden, never just one: the total would give it back.

    Where only one is small, the smallest other positive value is hidden with it (ties: the first).
    """
    hidden = {at for at, value in enumerate(values) if 0 < value < least}
    if len(hidden) == 1:
        others = sorted((value, at) for at, value in enumerate(values) if value >= least)
        hidden |= {at for _value, at in others[:1]}
    return [None if at in hidden else value for at, value in enumerate(values)]
