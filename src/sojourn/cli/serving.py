"""`sojourn serve`: gunicorn with limits on everything that a client could make last."""

import os
import sys
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console

from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.cli.tending import returned

LIMITS = {
    "--timeout": "60",  # seconds until a worker that has stopped working is replaced
    "--graceful-timeout": "30",  # seconds that requests at hand are given when the site stops
    "--keep-alive": "5",  # seconds that a connection may idle between two requests
    "--max-requests": "5000",  # a worker is replaced after so many, so that nothing can grow for ever
    "--max-requests-jitter": "500",
    "--limit-request-line": "4094",
    "--limit-request-fields": "60",
    "--limit-request-field_size": "8190",
    "--forwarded-allow-ips": "",  # SOJOURN_PROXIES alone says which headers are believed
    "--access-logformat": "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)sms",  # no address, no query, no browser
}
console = Console(highlight=False, soft_wrap=True)


def serve(
    bind: Annotated[str, typer.Option(help="Address and port to listen on.")] = "127.0.0.1:8000",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes.")] = 2,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads of each process.")] = 4,
) -> None:
    """Serve the site with gunicorn; put a proxy that speaks TLS before it, unless it is only for yourself."""
    if MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes()):
        raise CommandFailedError("The database is not up to date. Run `sojourn init` first.", Exit.NO_SITE)
    if returned():
        raise CommandFailedError(
            "People whom the erasure ledger names are back in the database. Run `sojourn tick` first.",
            Exit.REFUSED,
        )
    connection.close()
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    console.print(f"Serving on [bold]http://{bind}[/] (Ctrl+C stops it)")
    sys.stdout.flush()
    os.execv(sys.executable, arguments(bind, workers, threads))  # noqa: S606 - so that signals reach gunicorn


def arguments(bind: str, workers: int, threads: int) -> list[str]:
    """The command line of the process that takes over."""
    size = ["--bind", bind, "--workers", str(workers), "--threads", str(threads)]
    limits = [word for pair in LIMITS.items() for word in pair]
    logs = ["--access-logfile", "-", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *size, *limits, *logs, "sojourn.config.wsgi:application"]
