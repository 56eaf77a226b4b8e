"""A worker that sends mail and is killed at random moments: run by test_post_killed.py.

    post_killed.py PORT MAILS KILLS SEED

Migrates the database of DATABASE_URL, tells each of MAILS accounts one thing, and lets workers mail it to the
server on PORT of this machine; KILLS of them are killed with SIGKILL. Prints the states of the mails as JSON.
"""

import datetime as dt
import json
import os
import random
import signal
import sys
import time

import django
from django.core.management import call_command
from django.db import connection

PORT, MAILS, KILLS, SEED = map(int, sys.argv[1:])
os.environ["SOJOURN_SMTP"] = f"smtp://127.0.0.1:{PORT}"
django.setup()

from sojourn.contact.delivery import deliver  # noqa: E402 - needs set-up
from sojourn.contact.gathering import gather  # noqa: E402 - likewise
from sojourn.contact.models import Mail, Message  # noqa: E402 - likewise
from sojourn.registry.models import Account  # noqa: E402 - likewise

NOON = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


def work(moment: dt.datetime) -> None:
    """One worker's life."""
    gather(moment)
    deliver(lambda: moment)


def live_and_die(moment: dt.datetime, lifetime: float) -> None:
    """A worker in a process of its own, killed after its lifetime unless it is done by then."""
    connection.close()  # it must not be shared with the child
    child = os.fork()
    if child == 0:
        work(moment)
        os._exit(0)
    time.sleep(lifetime)
    if os.waitpid(child, os.WNOHANG)[0] == 0:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    accounts = Account.objects.bulk_create(Account(email=f"a{n}@example.org") for n in range(MAILS))
    told = {"kind": "round.drawn", "about": {"reference": "ABC"}, "made_on": NOON.date()}
    Message.objects.bulk_create(Message(account=a, once=str(a.pk), **told) for a in accounts)
    chance = random.Random(SEED)
    for number in range(KILLS):
        live_and_die(NOON + number * dt.timedelta(minutes=10), chance.uniform(0.05, 0.3))
    work(NOON + dt.timedelta(hours=3))
    left = {status: Mail.objects.filter(status=status).count() for status in Mail.Status}
    sys.stdout.write(json.dumps({"mails": left, "waiting": Message.objects.filter(status="waiting").count()}))
