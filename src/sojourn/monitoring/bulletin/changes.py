"""What a corrected edition says differently from the one before."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def changes(before: Json, after: Json) -> list[Json]:
    """Every printed number that differs: where it stands, what it was, what it is.

    `before` and `after` are None where a number is hidden or was not printed.
    """
    old, new = dict(_numbers(before)), dict(_numbers(after))
    return [
        {
            "table": place[0],
            "row": place[1],
            "column": place[2],
            "before": old.get(place),
            "after": new.get(place),
        }
        for place in sorted(old.keys() | new.keys())
        if old.get(place) != new.get(place)
    ]


def _numbers(document: Json) -> Iterator[tuple[tuple[str, str, str], int | None]]:
    for row in document["targets"]:
        yield ("targets", row["target"], "amount"), row["amount"]
        if row["actual"]:
            yield ("targets", row["target"], "actual"), row["actual"]["value"]
    people = document["people"]
    columns = [column["component"] for column in people["columns"]]
    for row in [*people["rows"], {"region": "", "cells": people["totals"]}]:
        for column, cell in zip(columns, row["cells"], strict=True):
            yield ("people", row["region"], column), cell["value"]
    activities = document["activities"]
    indicators = [column["indicator"] for column in activities["columns"]]
    for row in activities["rows"]:
        for column, cell in zip(indicators, row["cells"], strict=True):
            yield ("activities", row["component"], column), cell["value"]
