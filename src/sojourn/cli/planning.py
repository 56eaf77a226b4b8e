"""`sojourn plan`: read and check a plan without a database."""

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sojourn.core.plan_check import Finding
from sojourn.plan.checking import check_loaded
from sojourn.plan.document import UnreadablePlan, load_plan
from sojourn.plan.findings import Language, in_words, where

app = typer.Typer(no_args_is_help=True, help="Check a plan.")

CONTRADICTIONS, UNREADABLE = 1, 2
"""Exit codes: the plan has errors; the file cannot be read as a plan. Warnings alone exit with 0."""


class Lang(StrEnum):
    """The language of the sentences."""

    EN = "en"
    ZH = "zh"


def _from_environment() -> Lang:
    return Lang.ZH if os.environ.get("LANG", "").lower().startswith("zh") else Lang.EN


_HEADINGS = {
    "en": {
        "error": "Errors",
        "warning": "Warnings",
        "code": "code",
        "place": "place",
        "words": "what to mend",
    },
    "zh": {"error": "错误", "warning": "提醒", "code": "代码", "place": "位置", "words": "说明"},
}


@app.callback()
def plan() -> None:
    """Check a plan."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The plan: a .toml or .xlsx file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    lang: Annotated[Lang | None, typer.Option(help="Language of the sentences; default from LANG.")] = None,
) -> None:
    """Name every contradiction of a plan at once: exit 1 on errors, 2 when the file cannot be read."""
    language: Language = "zh" if (lang or _from_environment()) is Lang.ZH else "en"
    try:
        findings = check_loaded(load_plan(file))
        on_errors = CONTRADICTIONS
    except UnreadablePlan as unreadable:
        findings = unreadable.findings
        on_errors = UNREADABLE
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        typer.echo(_as_json(file, findings, language))
    else:
        _print(findings, language)
    raise typer.Exit(on_errors if errors else 0)


def _as_json(file: Path, findings: tuple[Finding, ...], language: Language) -> str:
    listed = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "place": finding.place,
            "message": in_words(finding, language),
            "params": dict(finding.params),
        }
        for finding in findings
    ]
    return json.dumps({"file": file.name, "findings": listed}, ensure_ascii=False, indent=2, default=str)


def _print(findings: tuple[Finding, ...], language: Language) -> None:
    console = Console()
    headings = _HEADINGS[language]
    for severity, colour in (("error", "red"), ("warning", "yellow")):
        told = [finding for finding in findings if finding.severity == severity]
        if not told:
            continue
        table = Table(
            title=f"{headings[severity]} ({len(told)})", title_style=f"bold {colour}", title_justify="left"
        )
        table.add_column(headings["code"], no_wrap=True)
        table.add_column(headings["place"], overflow="fold")
        table.add_column(headings["words"], overflow="fold", ratio=1)
        for finding in told:
            table.add_row(finding.code, escape(where(finding)), escape(in_words(finding, language)))
        console.print(table)
    errors = sum(finding.severity == "error" for finding in findings)
    verdict = _verdict(errors, len(findings) - errors, language)
    console.print(verdict, style="bold red" if errors else "bold green")


def _verdict(errors: int, warnings: int, language: Language) -> str:
    if language == "zh":
        return f"{errors} 个错误，{warnings} 个提醒。"
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}."
