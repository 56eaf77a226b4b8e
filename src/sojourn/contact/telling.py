"""Tell people something: called by actions, inside their transaction, so that both are saved or neither."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sojourn.contact.kinds import KINDS
from sojourn.contact.models import Message
from sojourn.registry.queries import accounts_behind

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class News:
    """What is told about some people to whoever acts for them; `key` names the fact, such as `offer 7`."""

    kind: str
    key: str
    person_ids: frozenset[int]
    about: Mapping[str, str | int]


def tell(news: Iterable[News], *, on: dt.date) -> int:
    """Leave a message for the accounts behind each person: their own, and of a minor the guardians'.

    The same kind about the same fact reaches an account once, however often it is told. Gives how many
    messages there were to leave.
    """
    news = list(news)
    unknown = {item.kind for item in news} - KINDS.keys()
    if unknown:
        raise ValueError(f"no kind of message has the code {', '.join(sorted(unknown))}")
    behind = accounts_behind({person for item in news for person in item.person_ids}, on=on)
    rows = [
        Message(
            account_id=account,
            kind=item.kind,
            about=dict(item.about),
            once=f"{item.kind} {item.key} {account}",
            made_on=on,
        )
        for item in news
        for account in sorted({account for person in item.person_ids for account in behind.get(person, ())})
    ]
    Message.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(rows)
