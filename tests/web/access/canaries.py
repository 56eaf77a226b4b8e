"""Texts and numbers that can be told apart wherever they turn up, each with those who may meet it.

A holder is a word such as `name:ward` or `count:north`; a page of a reader opens some holders to that
reader, and what belongs to none of them has no business in the answer.
"""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from django.http import HttpResponse

EVERYBODY = "everybody"
TEXT = re.compile(r"qz-[a-p]{3}-zq", re.IGNORECASE)  # no token or hash looks like it
NUMBER = re.compile(r"(?<![\d,])77,?\d\d?,?\d77(?!\d)")
ASKED = "(the address asked for)"
LETTERS = "abcdefghijklmnop"


class Canaries:
    """All that was planted."""

    def __init__(self) -> None:
        self._holders: dict[str, frozenset[str]] = {}
        self._literal: dict[str, frozenset[str]] = {}
        self._texts = ("".join(letters) for letters in itertools.product(LETTERS, repeat=3))
        self._numbers = itertools.count(100)

    def text(self, *holders: str) -> str:
        """A new text that only these may meet."""
        made = f"qz-{next(self._texts)}-zq"
        self._holders[made] = frozenset(holders)
        return made

    def texts(self, *holders: str) -> dict[str, str]:
        """The same in two languages."""
        made = self.text(*holders)
        return {"en": f"In English {made}", "zh": f"中文{made}"}

    def number(self, *holders: str) -> int:
        """A new number of seven digits."""
        made = int(f"77{next(self._numbers)}77")
        self._holders[str(made)] = frozenset(holders)
        return made

    def know(self, text: str, *holders: str) -> None:
        """Watch for a text that was not made here, such as a reference that an action drew."""
        self._literal[text] = frozenset(holders)

    def in_texts(self, texts: Iterable[str]) -> set[str]:
        """The planted texts and numbers that stand in the texts."""
        return set().union(*map(self._in_text, texts))

    @lru_cache(maxsize=16)  # noqa: B019 - one world for each module; the large answers are all the same
    def _in_text(self, text: str) -> frozenset[str]:
        found = {match.lower() for match in TEXT.findall(text)}
        found |= {match.replace(",", "") for match in NUMBER.findall(text)}
        known = {mark for mark in found if mark in self._holders}
        return frozenset(known | {mark for mark in self._literal if mark in text})

    def foreign(self, marks: Iterable[str], open_holders: Iterable[str]) -> set[str]:
        """Those of the marks that belong to none of the holders, each with those it belongs to."""
        opened = {EVERYBODY, *open_holders}
        owners = self._holders | self._literal
        return {f"{mark} of {'/'.join(sorted(owners[mark]))}" for mark in marks if not owners[mark] & opened}


def words_of(response: HttpResponse, asked: str) -> list[str]:
    """All that an answer says but the address asked for: headers, body, what lies inside a zip file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    said = [headers, response.cookies.output(), _unpacked(content)]
    return [words.replace(asked, ASKED).replace(quote(asked, safe=""), ASKED) for words in said]


@lru_cache(maxsize=16)
def _unpacked(content: bytes) -> str:
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [f"{name}\n".encode() + archive.read(name) for name in archive.namelist()]
        content = b"\n".join(files)
    return content.decode(errors="replace")
