"""Everything that a reader can see is in the Chinese catalogue, whole, current and with its placeholders."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src/sojourn"
CATALOGUE = SOURCE / "web/locale/zh_Hans/LC_MESSAGES/django.po"
CALLS = ["_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
Id = str | tuple[str, ...]


def python_ids(path: Path) -> Iterator[Id]:
    yield from ids_of(path.read_bytes())


def template_ids(path: Path) -> Iterator[Id]:
    # Inside brackets the reader does not mind the indentation of what was a template.
    yield from ids_of(f"({templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)".encode())


def ids_of(code: bytes) -> Iterator[Id]:
    for _line, function, texts, _comments in extract_python(io.BytesIO(code), CALLS, [], {}):
        parts = [texts] if isinstance(texts, str) else [text for text in texts or () if text is not None]
        if not parts:
            continue  # called with a name, not with a text
        if function.startswith("n"):
            yield tuple(parts[:2])
        else:
            yield parts[1] if function.startswith("p") else parts[0]


def used_ids() -> dict[Id, str]:
    found: dict[Id, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        found |= dict.fromkeys(python_ids(path), path.name)
    for path in sorted([*SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        found |= dict.fromkeys(template_ids(path), path.name)
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_text_is_in_the_catalogue(catalogue: Catalog) -> None:
    known = {message.id for message in messages(catalogue)}
    assert {text: place for text, place in used_ids().items() if text not in known} == {}


def test_no_text_of_the_catalogue_is_stale(catalogue: Catalog) -> None:
    used = used_ids()
    assert [message.id for message in messages(catalogue) if message.id not in used] == []
    assert list(catalogue.obsolete) == []


def test_every_text_is_translated_and_certain(catalogue: Catalog) -> None:
    wanting = [m.id for m in messages(catalogue) if m.fuzzy or not all(CHINESE.search(t) for t in texts(m))]
    assert wanting == []


def test_translations_keep_the_placeholders(catalogue: Catalog) -> None:
    wrong = []
    for message in messages(catalogue):
        original = message.id if isinstance(message.id, str) else message.id[-1]
        expected = sorted(PLACEHOLDER.findall(original))
        wrong += [message.id for text in texts(message) if sorted(PLACEHOLDER.findall(text)) != expected]
    assert wrong == []


def test_plurals_have_the_one_form_that_chinese_has(catalogue: Catalog) -> None:
    assert "nplurals=1; plural=0;" in CATALOGUE.read_text(encoding="utf-8")
    assert [str(fault) for message in messages(catalogue) for fault in message.check(catalogue)] == []


def test_babel_compiles_what_gettext_reads(catalogue: Catalog) -> None:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    assert len(read_mo(buffer)) == len(messages(catalogue))


def test_the_reader_finds_texts_of_templates_and_code(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}\n  <p>{% translate "One" %}</p>\n{% blocktranslate count n=2 %}{{ n }} place'
        "{% plural %}{{ n }} places{% endblocktranslate %}\n",
        encoding="utf-8",
    )
    assert list(template_ids(page)) == ["One", ("%(n)s place", "%(n)s places")]
    assert list(ids_of(b'x = _("Two")\ny = ngettext("a", "b", n)\n_(name)\n')) == ["Two", ("a", "b")]
