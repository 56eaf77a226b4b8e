"""The bulletin as a printed sheet: the document, laid out by a typst template in either language."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from sojourn.monitoring.bulletin_pdf.sheet import Writer
from sojourn.monitoring.bulletin_pdf.words import Language

__all__ = ["Language", "bulletin_pdf"]

FOLDER = Path(__file__).resolve().parent


def bulletin_pdf(document: Mapping[str, Any], language: Language) -> bytes:
    """The PDF of a bulletin's document in English ("en") or simplified Chinese ("zh").

    The same document gives the same pages. A character outside of the fonts that are shipped (GB 2312 and
    Latin) is taken from a font of the system. Raises ValueError for another language.
    """
    if language not in {"en", "zh"}:
        raise ValueError(f"a bulletin is printed in en or zh, not in {language!r}")
    return typst.compile(
        FOLDER / "bulletin.typ",
        font_paths=[FOLDER / "fonts"],
        sys_inputs={"sheet": json.dumps(Writer(document, language).sheet(), ensure_ascii=False)},
    )
