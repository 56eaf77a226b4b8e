"""What decides and what counts may ask whether a yes is live, and nothing else about anybody's yes or no."""

import ast

from house.tree import Source, sources

DECIDES = (
    "core/",
    "tracks/",
    "monitoring/",
    "participation/actions/outcomes.py",
    "participation/actions/rounds.py",
    "participation/actions/seats.py",
    "participation/rules/applications.py",
    "records/draw_files.py",
    "records/methods.py",
)
"""Allocation, eligibility, ranking and indicators."""

TRACES = frozenset({"AuditEvent", "Consent", "PersonRead"})
"""Tables whose rows tell who said yes, for how long, and who acted."""

ANSWERS = frozenset({"Application", "Member", "Offer", "OfferedSeat", "WaitingPlace", "Ticket"})
"""Tables whose rows tell who answered; figures are counted without them."""


def queried(source: Source) -> set[str]:
    """The tables that the file asks for rows."""
    return {
        node.value.id
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name)
    }


def imported(source: Source) -> set[str]:
    return {
        name.name for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom) for name in node.names
    }


def test_nothing_that_decides_asks_who_said_yes_or_no() -> None:
    read = {
        source.path: queried(source) & TRACES
        for source in sources()
        if source.path.startswith(DECIDES) and queried(source) & TRACES
    }
    assert read == {}


def test_indicators_know_no_answer_of_anybody() -> None:
    known = {
        source.path: imported(source) & (ANSWERS | TRACES)
        for source in sources()
        if source.path.startswith("monitoring/indicators/") and imported(source) & (ANSWERS | TRACES)
    }
    assert known == {}


def test_engagements_are_made_by_accepting_alone() -> None:
    """Training never becomes a placement by itself: each place is somebody's own acceptance."""
    made = {
        source.path
        for source in sources()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Engagement")
        or (
            isinstance(node, ast.Attribute)
            and node.attr in {"create", "bulk_create", "get_or_create", "update_or_create"}
            and ast.unparse(node.value) == "Engagement.objects"
        )
    }
    assert made == {"participation/actions/offers.py"}


def test_the_finder_sees_a_query() -> None:
    planted = Source("x.py", (), ast.parse("rows = Consent.objects.filter(ends_on=day)"))
    assert queried(planted) == {"Consent"}
