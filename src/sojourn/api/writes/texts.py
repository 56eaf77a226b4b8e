"""A text in two languages, as a program sends it."""

from typing import Annotated

from pydantic import Field

from sojourn.api.reading import Input


class TextsIn(Input):
    """English is needed; Chinese may follow."""

    en: Annotated[str, Field(min_length=1, max_length=400)]
    zh: Annotated[str, Field(min_length=1, max_length=400)] | None = None

    def stored(self) -> dict[str, str]:
        """The text as the database holds it."""
        return {"en": self.en} | ({"zh": self.zh} if self.zh else {})
