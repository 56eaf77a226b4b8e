"""What the system never holds about a person: found in a label, a column name or a cell, however written.

`never_held` answers with categories, `find_never_held` with the very words and the reason, for messages;
`find_never_held_cell` looks at a value whose header said nothing.
"""

from sojourn.core.never_held.finding import Found, find_never_held, find_never_held_cell, never_held
from sojourn.core.never_held.lexicon import CHINESE, ENGLISH, NEIGHBOURS, PINYIN, REASONS

__all__ = [
    "CHINESE",
    "ENGLISH",
    "NEIGHBOURS",
    "PINYIN",
    "REASONS",
    "Found",
    "find_never_held",
    "find_never_held_cell",
    "never_held",
]
