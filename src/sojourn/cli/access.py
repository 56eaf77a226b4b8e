"""`sojourn access`: who may open which page of the site that runs here."""

from enum import StrEnum
from typing import Annotated

import typer
from django.utils.translation import override

from sojourn.web.scope_page import access_page


class Language(StrEnum):
    """The languages of the manual."""

    ENGLISH = "en"
    CHINESE = "zh-hans"


def access(
    language: Annotated[Language, typer.Option(help="Of the sentences.")] = Language.ENGLISH,
) -> None:
    """Print who may open which page, for which things, and how near to people it comes, as Markdown."""
    with override(language):
        typer.echo(access_page(), nl=False)
