"""A source of randomness in words: what was named, and from when on its value can be known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sojourn.core.draw import DrawError, known_from, source_from_dict
from sojourn.web.labels import SEED_KINDS, Label


@dataclass(frozen=True, slots=True)
class SeedWords:
    """A named source: its kind, which value of it, and the moment before which nobody can know it."""

    kind: Label
    which: str
    known_from: dt.datetime | None


def seed_in_words(raw: Mapping[str, object]) -> SeedWords:
    """The source as a reader can look it up."""
    kind = str(raw.get("kind", ""))
    try:
        known = dt.datetime.fromtimestamp(known_from(source_from_dict(raw)), dt.UTC)
    except DrawError:
        known = None
    return SeedWords(SEED_KINDS.get(kind, kind), _which(kind, raw), known)


def _which(kind: str, raw: Mapping[str, object]) -> str:
    if kind == "drand":
        return _("round %(round)s of chain %(chain)s") % {
            "round": raw.get("round"),
            "chain": str(raw.get("chain_hash", ""))[:16] + "…",
        }
    if kind == "lottery":
        return str(raw.get("name", ""))
    if kind == "dice":
        return _("%(throws)s throws of a die with %(faces)s faces") % {
            "throws": raw.get("throws"),
            "faces": raw.get("faces"),
        }
    return _("pulse of the beacon at the moment below")
