"""What an act left behind: a refusal changes no row at all, a success writes one audit line."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from sojourn.records.models import AuditEvent
from sojourn.records.refusal import RefusalError, UnseenError


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by table."""
    return {
        model._meta.db_table: list(model.objects.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name.startswith("sojourn.")
    }


@contextmanager
def refused(code: str, *, where: str = "") -> Iterator[None]:
    """The act is refused with this code at this field, in a whole sentence, and no row has changed."""
    before = rows()
    with pytest.raises(RefusalError) as caught:
        yield
    assert (caught.value.code, caught.value.where) == (code, where)
    assert str(caught.value.message).endswith((".", "?", "…"))
    assert "%(" not in str(caught.value.message)
    assert rows() == before


@contextmanager
def unseen() -> Iterator[None]:
    """The act answers as if its object did not exist, and no row has changed."""
    before = rows()
    with pytest.raises(UnseenError):
        yield
    assert rows() == before


def events() -> list[tuple[str, int | None, bool, str, int | None, int]]:
    """The audit trail in the order written: verb, account, by the system, kind and id of the row, count."""
    return list(
        AuditEvent.objects.order_by("pk").values_list(
            "verb", "actor_account", "by_system", "object_kind", "object_id", "count"
        )
    )


@contextmanager
def traces(*expected: tuple[str, int | None, bool, str, int | None, int]) -> Iterator[None]:
    """The act writes exactly these audit lines."""
    before = events()
    yield
    assert events() == [*before, *expected]
