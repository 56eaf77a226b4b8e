"""Letters on paper: a page for each whom no mail reaches, in the own language, for the leader to hand out."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from sojourn.monitoring import bulletin_pdf
from sojourn.participation.actions.rosters import LetterLine
from sojourn.participation.queries.hosts import HostedOpening
from sojourn.web.wording import in_language, period

FOLDER = Path(__file__).resolve().parent


def letters_pdf(opening: HostedOpening, people: Iterable[LetterLine]) -> bytes:
    """The letters, one page each; they hold what the mails and the page of the stay would say."""
    letters = [_letter(opening, person) for person in people]
    return typst.compile(
        FOLDER / "letters.typ",
        font_paths=[Path(bulletin_pdf.FOLDER) / "fonts"],
        sys_inputs={"letters": json.dumps(letters, ensure_ascii=False)},
    )


def _letter(opening: HostedOpening, person: LetterLine) -> dict[str, Any]:
    with override("zh-hans" if person.language.startswith("zh") else "en"):
        return {
            "language": "zh" if person.language.startswith("zh") else "en",
            "name": person.name,
            "title": in_language(opening.titles),
            "facts": [
                [_("Where"), in_language(opening.host)],
                [_("When"), period(opening.starts_on, opening.ends_on)],
                [_("Part of"), in_language(opening.call_titles)],
            ],
            "paragraphs": [
                _("You take part, and this letter says so on paper, because no mail reaches you."),
                _(
                    "You can leave at any time, before it begins and while it lasts. Tell the leader or your "
                    "guardian. Nobody asks why, and nothing else depends on it."
                ),
                _(
                    "What is held about you, and who has read it, can be seen and taken along. Ask the "
                    "leader or your guardian to open the page with you."
                ),
            ],
        }
