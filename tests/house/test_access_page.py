"""The manual's page of who may open what is the one that the declarations print, in both languages."""

import pytest
from django.utils.translation import override

from house.tree import ROOT
from sojourn.web.scope_page import access_page


@pytest.mark.parametrize(("language", "name"), [("en", "access.md"), ("zh-hans", "access.zh.md")])
def test_printed_page_is_current(language: str, name: str) -> None:
    with override(language):
        fresh = access_page()
    printed = (ROOT / "docs/manual" / name).read_text(encoding="utf-8")
    assert printed == fresh, (
        f"Print it again: sojourn access --language {language} > docs/manual/{name}, and read what changed"
    )
