"""`sojourn mail send|returned|status`: the outbox by hand, and the way back of what failed."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console

from sojourn.cli.clock import now, today
from sojourn.cli.failing import CommandFailedError, Exit
from sojourn.contact.bounces import LARGEST, note_returned
from sojourn.contact.delivery import deliver
from sojourn.contact.gathering import gather
from sojourn.contact.queries import mail_health

console = Console(highlight=False, soft_wrap=True)


def send_mail(stopping: Callable[[], bool] = lambda: False) -> int:
    """Put waiting messages into mails and send what is due; nothing where no mail server is named."""
    if "transport" not in settings.MAILERS:
        return 0
    gather(now())
    return deliver(now, stopping=stopping)


def send() -> None:
    """Send now what is due."""
    if "transport" not in settings.MAILERS:
        raise CommandFailedError("No mail server is named: set SOJOURN_SMTP.", Exit.NO_SITE)
    console.print(f"{send_mail()} mails handed over.")
    status()


def returned(
    file: Annotated[str, typer.Argument(help="A mail that came back, or - for the standard input.")] = "-",
) -> None:
    """Note a mail that came back. Have the mail server pipe the return address into this command."""
    try:
        content = sys.stdin.buffer.read(LARGEST) if file == "-" else Path(file).read_bytes()[:LARGEST]
    except OSError as error:
        raise CommandFailedError(f"{file} cannot be read: {error.strerror}.") from error
    console.print(note_returned(content, on=today()))


def status() -> None:
    """Say how many mails wait, have left, were refused or came back; never whom they are for."""
    health = mail_health(now())
    for state, count in sorted(health.counts.items()):
        console.print(f"{count:8} {state}")
    if health.oldest_due:
        console.print(f"The oldest waits since {health.oldest_due:%Y-%m-%d %H:%M} UTC.")
    if "transport" not in settings.MAILERS:
        console.print("No mail server is named: set SOJOURN_SMTP.")
