"""Sheets of 500,000 x 12 cells: reading, dry run, import and export, on an SQLite database of their own."""

import csv
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.row import Row

ROWS = 500_000
HEAD = [
    *("code", "kind", "name", "name_zh", "office", "town", "level"),
    *("easting", "northing", "postcode", "opened", "pupils"),
]
LIMITS = {"dry run": 20.0, "import": 30.0, "export": 40.0}


def cells(number: int) -> list[Any]:
    return [
        f"{100000 + number}",
        "school",
        f"Hill School {number}",
        f"山丘学校{number}",
        f"region-{number % 31:02}",
        f"Town {number % 997}",
        "primary" if number % 2 else "secondary",
        400000 + number % 9999,
        300000 + number % 8888,
        f"B{number % 99} {number % 9}QB",
        f"20{10 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
        number % 1500,
    ]


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "SOJOURN_DATA": folder,
            "SOJOURN_DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "sojourn.config.settings",
        }
        yield from _measured(Path(folder))


def _measured(folder: Path) -> Iterator[Row]:
    import django.conf  # noqa: PLC0415 - settings come first

    django.setup()
    django.conf.settings.DEBUG = False  # which would keep the text of every query
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from sojourn.records.actor import SYSTEM  # noqa: PLC0415
    from sojourn.records.jobs import run_job  # noqa: PLC0415
    from sojourn.registry.actions import insert_below  # noqa: PLC0415
    from sojourn.sheets.actions import begin_import, check_import, write_import  # noqa: PLC0415
    from sojourn.sheets.exporting import export_workbook  # noqa: PLC0415
    from sojourn.sheets.kinds import KINDS, known_words  # noqa: PLC0415
    from sojourn.sheets.reading.bounded import read_bounded  # noqa: PLC0415
    from sojourn.sheets.templates import template_workbook  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    (root,) = insert_below([("centre", {"kind": "coordinating_office", "names": {"en": "Centre"}}, None)])
    regions = [
        (f"region-{n:02}", {"kind": "regional_office", "names": {"en": "Region"}}, root) for n in range(31)
    ]
    insert_below(regions)
    kind, file = KINDS["organisations"], folder / "register.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEAD, *map(cells, range(ROWS))])

    def read() -> None:
        with read_bounded(file, file.name, known_words()) as staged:
            state["import"] = begin_import(
                by=SYSTEM, kind=kind, scope="", name=file.name, staged=staged, at=timezone.now()
            )

    def work(ask: Callable[..., Any], **given: Any) -> None:
        ask(by=SYSTEM, importing=state["import"], at=timezone.now(), **given)
        run_job(state["import"].job_id, now=timezone.now)
        state["import"].refresh_from_db()

    state: dict[str, Any] = {}
    read_s = _timed(read)
    size = f"{ROWS:,} x {len(HEAD)}, CSV, SQLite"
    check_s = _timed(lambda: work(check_import, table=0, mapping=state["import"].mapping))
    told = f"{state['import'].new:,} new, {state['import'].refused:,} refused; {read_s:.1f} s of it reading"
    yield Row("imports", f"dry run, {size}", read_s + check_s, LIMITS["dry run"], _mib(), told)
    write_s = _timed(lambda: work(write_import, only_good=False))
    yield Row("imports", f"import, {size}", write_s, LIMITS["import"], _mib(), state["import"].status)
    target = str(folder / "export.xlsx")
    export_s = _timed(lambda: export_workbook(kind, kind.rows(kind.enter(SYSTEM, "")), target))
    yield Row("imports", f"export, {ROWS:,} x {len(kind.columns)}, XLSX", export_s, LIMITS["export"], _mib())
    yield Row("imports", "template", _timed(lambda: template_workbook(kind)), 1.0)


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _mib() -> float:
    own, child = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(own, child) / 1024
