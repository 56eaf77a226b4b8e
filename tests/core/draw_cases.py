"""Examples of draws for the tests of core/draw and its proofs."""

from hypothesis import settings
from hypothesis import strategies as st

from sojourn.core.draw import Opening, Reserve, Ticket

SEED = bytes.fromhex("5eed" * 16)
steady = settings(deadline=None, max_examples=50)  # a busy machine is slow, not wrong
seeds = st.binary(min_size=1, max_size=40)
names = st.text(
    st.characters(codec="utf-8", categories=["L", "N"], max_codepoint=0x9FFF), min_size=1, max_size=6
)


@st.composite
def openings(draw: st.DrawFn) -> list[Opening]:
    """Up to four openings with up to two reserves each, never more reserved than there is."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        seats = draw(st.integers(0, 6))
        first = draw(st.integers(0, seats))
        second = draw(st.integers(0, seats - first))
        made.append(Opening(f"o{number}", seats, (Reserve("far", first), Reserve("new", second))))
    return made


@st.composite
def instances(draw: st.DrawFn) -> tuple[list[Ticket], list[Opening]]:
    """Small draws: groups of up to four, choices and tags at random."""
    halls = draw(openings())
    ids = [hall.id for hall in halls]
    tickets = [
        Ticket(
            f"t{number}",
            draw(st.integers(1, 4)),
            tuple(draw(st.lists(st.sampled_from(ids), unique=True))),
            draw(st.frozensets(st.sampled_from(["far", "new"]))),
        )
        for number in range(draw(st.integers(0, 12)))
    ]
    return tickets, halls
