"""`sojourn init`: from nothing to a site that an officer can log in to."""

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command
from rich.console import Console

from sojourn.cli.clock import today
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.cli.family import set_up_site
from sojourn.records.encrypted import new_key

console = Console(highlight=False, soft_wrap=True)


def init(
    hosts: Annotated[
        str, typer.Option(help="Host names that the site is served under, separated by commas.")
    ] = "localhost,127.0.0.1",
    settings: Annotated[
        Path, typer.Option(help="File to write the settings to, with a new secret key, if none is set.")
    ] = Path("sojourn.env"),
    plan: Annotated[
        Path | None, typer.Option(help="A plan to load and publish (.toml or .xlsx).", exists=True)
    ] = None,
    officer: Annotated[
        str | None, typer.Option(help="E-mail address of the first programme officer.")
    ] = None,
) -> None:
    """Prepare a site: settings, database, plan, first programme officer. Safe to run again."""
    _provide_settings(hosts, settings)
    set_up_site()
    call_command("migrate", verbosity=0)
    console.print("[green]✓[/] The database is up to date.")
    if plan is not None:
        from sojourn.cli.plan_loading import load  # noqa: PLC0415 - models need the settings made above

        load(plan, publish=True)
    if officer is not None:
        _appoint(officer)


def _provide_settings(hosts: str, file: Path) -> None:
    """Make the site's keys, and write them where only this user can read them, unless there are some."""
    if os.environ.get("SOJOURN_SECRET_KEY") or os.environ.get("SOJOURN_DEBUG") == "1":
        return
    if file.exists():
        raise CommandFailedError(
            f"{file} exists, but SOJOURN_SECRET_KEY is not set. Load it first: set -a; . ./{file}; set +a",
            Exit.NO_SITE,
        )
    made = {
        "SOJOURN_SECRET_KEY": secrets.token_urlsafe(60),
        "SOJOURN_FIELD_KEYS": new_key(),
        "SOJOURN_HOSTS": hosts,
        "SOJOURN_PROXIES": "1",
    }
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as settings:
        settings.writelines(f"{name}={value}\n" for name, value in made.items())
    os.environ.update(made)
    console.print(f"[green]✓[/] Settings written to {file}. Before each command: set -a; . ./{file}; set +a")


def _appoint(email: str) -> None:
    from sojourn.cli.officers import appoint_officer  # noqa: PLC0415 - models need the settings

    password = os.environ.get("SOJOURN_OFFICER_PASSWORD") or typer.prompt(
        f"Password for {email}", hide_input=True, confirmation_prompt=True
    )
    appoint_officer(email, password, today())
    console.print(f"[green]✓[/] {email} can log in as programme officer.")
