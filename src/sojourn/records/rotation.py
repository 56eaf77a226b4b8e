"""Writing every encrypted value anew with the newest key: a job, so that a kill costs nothing."""

from collections.abc import Mapping
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from sojourn.records.encrypted import EncryptedTextField, cipher, encrypted_columns
from sojourn.records.jobs import Chunk, Cursor, job_kind
from sojourn.records.refusal import refuse

ROWS_AT_ONCE = 500
KIND = "keys.rotate"


@job_kind(KIND)
def rotate(_arguments: Mapping[str, Any], cursor: Cursor) -> Chunk:
    """Write the next rows of one encrypted column anew; column after column, row after row."""
    columns = encrypted_columns(apps.get_models())
    rest = [column for column in columns if column.bound_to >= cursor.get("column", "")]
    if not rest:
        return Chunk(0, None)
    column, after = rest[0], cursor.get("after", 0)
    if column.bound_to != cursor.get("column"):
        after = 0
    seen = rotate_rows(column, after=after, limit=ROWS_AT_ONCE)
    if len(seen) == ROWS_AT_ONCE:
        return Chunk(len(seen), {"column": column.bound_to, "after": seen[-1]})
    following = rest[1].bound_to if len(rest) > 1 else None
    return Chunk(len(seen), {"column": following, "after": 0} if following else None)


def rotate_rows(column: EncryptedTextField, *, after: int, limit: int) -> list[int]:
    """Rows of the column whose number is above `after` get tokens of the newest key.

    The tokens are read and written as they are stored. Gives back the numbers of the rows that were looked
    at, in order. Refuses with `keys.unreadable` when a token opens with no key: then the key that wrote it
    is missing from SOJOURN_FIELD_KEYS.
    """
    rows = column.model._default_manager.all()
    stored = (
        rows.filter(pk__gt=after)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", Cast(column.name, TextField()))[:limit]
    )
    seen = list(stored)
    multi = cipher(column.bound_to)
    for number, token in seen:
        if token is None:
            continue
        try:
            fresh = multi.rotate(token).decode()
        except InvalidToken:
            raise refuse(
                "keys.unreadable",
                _(
                    "A value of %(column)s opens with no key of this site. Put the key that wrote it back "
                    "into SOJOURN_FIELD_KEYS, and rotate again."
                ),
                column=column.bound_to,
            ) from None
        rows.filter(pk=number).update(**{column.name: Value(fresh, TextField())})
    return [number for number, _token in seen]
