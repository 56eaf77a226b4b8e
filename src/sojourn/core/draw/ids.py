"""Ids that two readers cannot take for one another."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence


def id_faults(ids: Iterable[object], what: str) -> list[str]:
    """Why these ids cannot name `what` in a published list; empty when each is sound and all differ.

    Refused: anything but text, empty text, surrounding blanks, control characters and lone surrogates,
    text that is not in Unicode form NFC, an id given twice, and ids that differ only in compatibility
    forms or invisible characters (NFKC; `ﬁ` and `fi`, full-width and ASCII digits).

    **Source:** Unicode Standard Annex 15 (normalization forms), Technical Standard 39 (look-alikes).
    """
    known = list(ids)
    faults = [f"{what} id {id_!r} is not text" for id_ in known if not isinstance(id_, str)]
    texts = [id_ for id_ in known if isinstance(id_, str)]
    faults += [fault for id_ in texts if not _plain(id_) for fault in _faults_of_one(id_, what)]
    if len(set(texts)) < len(texts):
        faults += [
            f"{what} id {id_!r} is given {n} times" for id_, n in sorted(Counter(texts).items()) if n > 1
        ]
    return faults + _look_alike_faults(texts, what)


def _plain(id_: str) -> bool:
    """Nothing to look into: printable ASCII without surrounding blanks."""
    return id_.isascii() and id_.isprintable() and id_ == id_.strip() and id_ != ""


def _faults_of_one(id_: str, what: str) -> list[str]:
    if id_.strip() == "":
        return [f"{what} id {id_!r} is empty: give it a name"]
    faults = []
    if id_ != id_.strip():
        faults.append(f"{what} id {id_!r} begins or ends with a blank: remove it")
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in id_):
        faults.append(f"{what} id {id_!r} holds a control character or half a character: remove it")
    elif not unicodedata.is_normalized("NFC", id_):
        faults.append(f"{what} id {id_!r} is not in Unicode form NFC: normalise it before the freeze")
    return faults


def _look_alike_faults(ids: Sequence[str], what: str) -> list[str]:
    if all(map(str.isascii, ids)):
        return []
    alike: dict[str, set[str]] = defaultdict(set)
    for id_ in ids:
        alike[_skeleton(id_)].add(id_)
    return [
        f"{what} ids {', '.join(map(ascii, sorted(same)))} look alike: rename all but one"
        for same in alike.values()
        if len(same) > 1
    ]


def _skeleton(id_: str) -> str:
    """The id as a reader sees it: compatibility forms folded, invisible format characters dropped."""
    folded = unicodedata.normalize("NFKC", id_)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf").strip()
