"""kill -9 while mail goes out to a real server on this machine: every mail arrives, each as one."""

import email
import json
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from own_database import own_database

WORKER = Path(__file__).with_name("post_killed.py")
MAILS, KILLS, SEED = 60, 6, 20270301


class Letterbox:
    """Keeps the message id and the addressee of each mail it accepts."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
        message = email.message_from_bytes(envelope.content)
        self.accepted.append((message["Message-ID"], envelope.rcpt_tos[0]))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_every_mail_arrives_whoever_is_killed(tmp_path: Path) -> None:
    box = Letterbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with own_database(tmp_path, "post") as environment:
            ran = subprocess.run(  # noqa: S603 - our own script
                [
                    sys.executable,
                    str(WORKER),
                    *map(str, (port, MAILS, KILLS, SEED)),
                ],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
    finally:
        server.stop()
    assert ran.returncode == 0, ran.stderr
    left = json.loads(ran.stdout)
    assert (left["mails"]["sent"], left["waiting"]) == (MAILS, 0)
    ids = Counter(box.accepted)
    assert {to for _id, to in ids} == {f"a{n}@example.org" for n in range(MAILS)}
    assert len(ids) == MAILS, "a second mail was made for somebody"
    assert sum(ids.values()) - MAILS <= KILLS, "more than the mail in hand was sent again"
