"""`sojourn doctor`: everything that a working site needs, each with what to do about its absence."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.markup import escape

from sojourn.cli.failing import Exit
from sojourn.cli.family import set_up_site
from sojourn.privacy import ledger
from sojourn.records.encrypted import key_faults

SHORTEST_KEY = 50
LEAST_SPACE = 1.0
"""GiB; a backup needs as much again as the database."""
SYSTEM_FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
CHINESE_FONTS = ("*CJK*", "*SansSC*", "*SourceHanSans*")
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` is empty when it is well."""

    what: str
    remedy: str = ""


def doctor() -> None:
    """Say what the site lacks and what to do about it; exit 3 when anything is missing."""
    findings = list(examine())
    for finding in findings:
        mark = "[red]✗[/]" if finding.remedy else "[green]✓[/]"
        console.print(
            f"{mark} {escape(finding.what)}{': ' if finding.remedy else ''}{escape(finding.remedy)}"
        )
    ill = sum(bool(finding.remedy) for finding in findings)
    console.print(f"{ill} of {len(findings)} need attention." if ill else "All is well.")
    raise typer.Exit(Exit.NO_SITE if ill else Exit.DONE)


def examine() -> Iterator[Finding]:
    """Every finding; those about the site only when its settings can be read."""
    new_enough = sys.version_info >= (3, 12)
    yield Finding(f"Python {platform.python_version()}", "" if new_enough else "install Python 3.12 or newer")
    try:
        set_up_site()
    except ImproperlyConfigured as error:
        yield Finding("settings", str(error))
        return
    yield _secret_key()
    yield _field_keys()
    yield _demo()
    yield _mail()
    yield _proxies()
    yield _security_contact()
    yield from _database()
    yield _erasures()
    yield _translations()
    yield _fonts()
    yield _space()


def _secret_key() -> Finding:
    if settings.DEBUG:
        return Finding("debug is on: for one's own machine only")
    short = len(settings.SECRET_KEY) < SHORTEST_KEY
    return Finding("secret key", f"set one of {SHORTEST_KEY} characters or more" if short else "")


def _field_keys() -> Finding:
    faults = key_faults()
    told = f"{len(settings.FIELD_KEYS)} keys of encrypted columns"
    return Finding("keys of encrypted columns" if faults else told, "; ".join(faults))


def _demo() -> Finding:
    if not settings.DEMO:
        return Finding("nobody can log in without a password")
    return Finding("demonstration: anyone can log in as anyone, on this machine only")


def _mail() -> Finding:
    named = "transport" in settings.MAILERS
    remedy = "" if named or settings.DEBUG else "mails wait until SOJOURN_SMTP names a server"
    return Finding("mail server" if named else "no mail server", remedy)


def _proxies() -> Finding:
    if settings.DEBUG or settings.PROXIES:
        return Finding(f"{settings.PROXIES} proxies are believed")
    return Finding("proxy", "put one that speaks TLS before the site, and set SOJOURN_PROXIES=1")


def _security_contact() -> Finding:
    if settings.DEBUG or settings.SECURITY_CONTACT:
        return Finding("whoever finds a hole knows whom to tell")
    return Finding("security contact", "set SOJOURN_SECURITY_CONTACT=mailto:... to whoever mends holes")


def _database() -> Iterator[Finding]:
    name = f"{connection.vendor} database"
    try:
        connection.ensure_connection()
        plan = MigrationExecutor(connection)
        waiting = plan.migration_plan(plan.loader.graph.leaf_nodes())
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        yield Finding(name, f"{reason}. Start it, or correct DATABASE_URL")
        return
    yield Finding(f"{name} answers")
    remedy = f"{len(waiting)} migrations are waiting: run `sojourn init`" if waiting else ""
    yield Finding("the tables are up to date" if not waiting else "tables", remedy)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        remedy = "" if mode == "wal" else "put the file on a local disk; a network disk cannot do it"
        yield Finding(f"write-ahead log (journal mode {mode})", remedy)


def _erasures() -> Finding:
    from sojourn.cli.tending import returned  # noqa: PLC0415 - models need the settings read above
    from sojourn.privacy.models import Erasure  # noqa: PLC0415 - likewise

    file = Path(settings.ERASURE_LEDGER)
    try:
        written = ledger.read(file)
        lacking = Erasure.objects.exclude(key__in=list(written)).count()
        back = len(returned())
    except ledger.LedgerError as error:
        return Finding("erasure ledger", str(error))
    except DatabaseError:
        return Finding("erasure ledger: the database does not answer")
    if lacking:
        return Finding(f"erasure ledger {file} lacks {lacking} lines", "bring it back, or run `sojourn tick`")
    told = f"erasure ledger: {len(written)} lines"
    return Finding(told, f"{back} of these people are back: run `sojourn tick`" if back else "")


def _translations() -> Finding:
    stale = [
        source.name
        for folder in settings.LOCALE_PATHS
        for source in Path(folder).rglob("*.po")
        if not _newer(source.with_suffix(".mo"), source)
    ]
    return Finding("Chinese pages", "run `make translations`" if stale else "")


def _newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def _fonts() -> Finding:
    package = Path(__file__).parents[1]
    found = any(
        next(folder.rglob(pattern), None) for folder in (package, *SYSTEM_FONTS) for pattern in CHINESE_FONTS
    )
    return Finding(
        "a font with Chinese for printed bulletins",
        "" if found else "apt install fonts-noto-cjk, or ship one",
    )


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA).free / 2**30
    writable = os.access(settings.DATA, os.W_OK)
    remedy = "" if writable else f"{settings.DATA} cannot be written to: change its owner"
    if writable and free < LEAST_SPACE:
        remedy = f"less than {LEAST_SPACE:.0f} GiB: make room before the next backup"
    return Finding(f"{free:.1f} GiB free for data", remedy)
