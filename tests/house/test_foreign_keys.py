"""What imports cannot show: a table points to its own floor or a lower one, and is not seen from below."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

FLOORS = (
    "records",
    "sheets",
    "registry",
    "contact",
    "plan",
    "participation",
    "entrance",
    "safeguarding",
    "money",
    "monitoring",
    "connections",
)


def relations() -> Iterator[tuple[type[models.Model], models.ForeignKey[models.Model, models.Model]]]:
    """Every foreign key and many-to-many of our own models, with its model."""
    for model in apps.get_models():
        if model.__module__.startswith("sojourn."):
            for field in [*model._meta.fields, *model._meta.many_to_many]:
                if field.is_relation:
                    yield model, field  # type: ignore[misc]  # a many-to-many is read the same way


def name(pair: object) -> str:
    """`app.Model.field` of a relation, for the test's name."""
    return str(pair) if isinstance(pair, models.Field) else ""


RELATIONS = list(relations())


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=name)
def test_relation_points_to_its_own_floor_or_a_lower_one(
    model: type[models.Model], field: models.ForeignKey[models.Model, models.Model]
) -> None:
    target = field.remote_field.model._meta.app_label
    assert FLOORS.index(target) <= FLOORS.index(model._meta.app_label)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (model, field)
        for model, field in RELATIONS
        if field.remote_field.model._meta.app_label != model._meta.app_label
    ],
    ids=name,
)
def test_relation_to_a_lower_app_is_not_seen_from_there(
    model: type[models.Model], field: models.ForeignKey[models.Model, models.Model]
) -> None:
    assert field.remote_field.hidden


def test_no_relation_is_generic_and_no_table_is_inherited() -> None:
    own = [model for model in apps.get_models() if model.__module__.startswith("sojourn.")]
    assert [model for model in own if model._meta.private_fields] == []
    assert [model for model in own if model._meta.parents] == []
