"""Everything that can be done, one declaration each."""

from sojourn.api.declared import Write
from sojourn.api.writes import calls, organisations

WRITES: tuple[Write, ...] = (organisations.ADD, calls.DRAFT, calls.ADD_OPENING, calls.PUBLISH)
