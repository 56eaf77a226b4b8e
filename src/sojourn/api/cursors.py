"""Pages by keyset: a signed cursor holds the last row's place, so that a page costs the same at any depth."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sojourn.api.problems import ProblemError

_SIGNER = signing.Signer(salt="sojourn.api.cursor")


def write_cursor(row: models.Model, order: Sequence[str], bound_to: Mapping[str, Any]) -> str:
    """The cursor behind a row: its values in the order of the list, bound to the list's own question."""
    values = [_plain(_value(row, name)) for name in order]
    return _SIGNER.sign_object({"v": values, "q": dict(bound_to)})


def rows_after[R: models.Model](
    rows: models.QuerySet[R], order: Sequence[str], cursor: str, bound_to: Mapping[str, Any]
) -> models.QuerySet[R]:
    """The rows of the list behind the cursor's.

    Raises:
        ProblemError: Nobody here wrote this cursor, or it was written for another question.
    """
    try:
        told = _SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError, UnicodeError):
        told = None
    if told is None or told["q"] != dict(bound_to):
        raise ProblemError(
            "cursor.invalid",
            _("Take the cursor from the page before, and leave filters and order as they were there."),
        )
    values = [_field(rows.model, name).to_python(value) for name, value in zip(order, told["v"], strict=True)]
    return rows.filter(_behind(order, values))


def _behind(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Row by row comparison, written out: SQL's own cannot mix directions."""
    steps = []
    for place, (name, value) in enumerate(zip(order, values, strict=True)):
        same = {each.lstrip("-"): known for each, known in zip(order[:place], values[:place], strict=True)}
        beyond = "lt" if name.startswith("-") else "gt"
        steps.append(Q(**same) & Q(**{f"{name.lstrip('-')}__{beyond}": value}))
    first, value = order[0], values[0]
    # Implied by the steps, but without it no database begins its walk along the index here.
    bound = Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": value})
    return bound & reduce(Q.__or__, steps)


def _value(row: models.Model, path: str) -> Any:
    return reduce(getattr, path.lstrip("-").split("__"), row)


def _field(model: type[models.Model], path: str) -> Any:
    *through, name = path.lstrip("-").split("__")
    for step in through:
        related = model._meta.get_field(step).related_model
        assert isinstance(related, type)  # noqa: S101 - the declaration of the list names real columns
        model = related
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
