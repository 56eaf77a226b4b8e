"""The document of a bulletin as the sheet that is printed: finished texts, in order."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sojourn.core.proof import canonical_json, sha256_hex
from sojourn.monitoring.bulletin_pdf.words import RULES, WORDS, Language, printed_day

Json = dict[str, Any]
HIDDEN, NOT_COMPUTED = "[c]", "…"
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one document in one language."""

    document: Mapping[str, Any]
    language: Language

    def word(self, name: str, **values: object) -> str:
        """A fixed text with its values."""
        return WORDS[self.language][name].format(**values)

    def text(self, texts: Mapping[str, str]) -> str:
        """A text of the document; where the language is missing, the other one."""
        return texts.get(self.language) or texts["en"]

    def day(self, stored: str, *, before: bool = False) -> str:
        """A stored day as it is written; `before` for the last day of a half-open period."""
        day = dt.date.fromisoformat(stored)
        return printed_day(day - ONE_DAY if before else day, self.language)

    def period(self, period: Mapping[str, str]) -> str:
        """A half-open period from its first to its last day."""
        first, last = self.day(period["starts_on"]), self.day(period["ends_on"], before=True)
        return self.word("period", first=first, last=last)

    def title_of(self, indicator: str) -> str:
        """What an indicator is called in this document; its code if the document does not define it."""
        for definition in self.document["definitions"]:
            if definition["indicator"] == indicator:
                return self.text(definition["titles"])
        return indicator.replace("_", " ")

    def sheet(self) -> Json:
        """Everything that the template prints."""
        period = self.period(self.document["period"])
        return {
            "language": self.language,
            "programme": self.text(self.document["programme"]),
            "bulletin": self.word("bulletin"),
            "number": self.word("number", code=self.document["code"], edition=self.document["edition"]),
            "period": period,
            "drawn_up": self.word(
                "drawn_up",
                day=self.day(self.document["drawn_up_on"]),
                plan=self.document["plan"]["version"],
            ),
            "corrects": self._corrects(),
            "targets": self._targets(),
            "people": self._people(period),
            "activities": self._activities(period),
            "definitions": self._definitions(),
            "marks": [self.word("hidden", threshold=self.document["threshold"]), self.word("not_computed")],
            "changed_rules": self._changed_rules(),
            "verify": {"title": self.word("verify"), "note": self.word("verify_note")},
            "sha256": sha256_hex(canonical_json(self.document)),
            "page": self.word("page", page="{page}", pages="{pages}"),
        }

    def _targets(self) -> Json:
        return {
            "title": self.word("targets"),
            "note": self.word("targets_note"),
            "head": [self.word(name) for name in ("component", "measure", "target", "actual", "share")],
            "rows": [self._target(row) for row in self.document["targets"]],
        }

    def _target(self, row: Json) -> Json:
        span = {"first": self.day(row["starts_on"]), "last": self.day(row["ends_on"], before=True)}
        value = row["actual"]["value"] if row["actual"] else None
        percent = 100 * value // row["amount"] if value is not None and row["amount"] else None
        return {
            "component": self.text(row["titles"]),
            "code": row["component"],
            "measure": self.title_of(row["indicator"]),
            "kind": self.word(row["kind"], **span),
            "amount": number(row["amount"]),
            "actual": printed(row["actual"]),
            "percent": "" if percent is None else f"{percent} %",
            "bar": min(100, percent or 0),
        }

    def _people(self, period: str) -> Json:
        table = self.document["people"]
        rows = [[self.text(row["names"]), *map(printed, row["cells"])] for row in table["rows"]]
        return {
            "title": self.word("people", title=self.title_of(table["indicator"])),
            "note": self.word("people_note", period=period),
            "head": [self.word("region"), *(self.text(column["titles"]) for column in table["columns"])],
            "rows": rows,
            "totals": [self.word("all_regions"), *map(printed, table["totals"])] if rows else [],
            "empty": self.word("nobody"),
        }

    def _activities(self, period: str) -> Json:
        table = self.document["activities"]
        columns = [self.title_of(column["indicator"]) for column in table["columns"]]
        return {
            "title": self.word("activities"),
            "note": self.word("activities_note", period=period),
            "head": [self.word("component"), *columns],
            "rows": [[self.text(row["titles"]), *map(printed, row["cells"])] for row in table["rows"]],
            "totals": [],
            "empty": self.word("nothing"),
        }

    def _definitions(self) -> Json:
        entries = [
            {
                "title": self.word("definition", title=self.text(row["titles"]), version=row["version"]),
                "text": self.text(row["counted"]),
            }
            for row in self.document["definitions"]
        ]
        return {"title": self.word("definitions"), "entries": entries}

    def _changed_rules(self) -> Json:
        entries = [
            self.word(
                "changed_rule", rule=self.text(RULES[row["rule"]]), value=row["value"], default=row["default"]
            )
            for row in self.document["changed_rules"]
        ]
        return {
            "title": self.word("changed_rules"),
            "entries": entries or [self.word("no_changed_rules")],
        }

    def _corrects(self) -> Json | None:
        corrects = self.document["corrects"]
        if corrects is None:
            return None
        return {
            "title": self.word("corrects", edition=corrects["edition"]),
            "reason": self.text(corrects["reasons"]),
            "changes": [self._change(change) for change in corrects["changes"]],
            "sha256": corrects["sha256"],
        }

    def _change(self, change: Json) -> str:
        table = self.word("people_short" if change["table"] == "people" else change["table"])
        row = change["row"] or self.word("all_regions")
        place = " · ".join((table, row, change["column"]))
        before, after = (
            HIDDEN if change[side] is None else number(change[side]) for side in ("before", "after")
        )
        return self.word("was", place=place, before=before, after=after)


def number(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}"


def printed(cell: Mapping[str, Any] | None) -> str:
    """A cell as printed."""
    if cell is None:
        return NOT_COMPUTED
    return HIDDEN if cell["value"] is None else number(cell["value"])
