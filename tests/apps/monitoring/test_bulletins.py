import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction

from apps import factories
from sojourn.core.proof import canonical_json, sha256_hex
from sojourn.monitoring.actions import correct_bulletin, draft_bulletin, publish_bulletin
from sojourn.monitoring.models import Bulletin, Figure
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.records.refusal import RefusalError, UnseenError

pytestmark = pytest.mark.django_db
START, MIDDLE, END = dt.date(2026, 9, 1), dt.date(2027, 1, 1), dt.date(2027, 3, 1)
REASONS = {"en": "A school had sent its list late.", "zh": "一所学校晚交了名单。"}


@pytest.fixture
def programme():
    """Four regions, A above A2 and A3, and a target for each."""
    factories.PlanFactory(document={"programme": {"titles": {"en": "Two Rivers", "zh": "两江"}}})
    root = factories.ComponentFactory(code="A", track="", position=1)
    for at, code in enumerate(("A2", "A3"), 2):
        factories.TargetFactory(
            component=factories.ComponentFactory(code=code, parent=root, position=at), code=f"{code}-total"
        )
    factories.TargetFactory(component=root, code="A-total")
    return [factories.RegionFactory(code=f"r{number}") for number in range(4)]


def write(regions, table, month=START, indicator="people_taking_part"):
    """Write a month's figures as computing does: by region, in all, and for the component above."""
    office = factories.CoordinatingOfficeFactory()
    total = [sum(values) for values in zip(*table.values(), strict=True)]
    for code, values in {**table, "A": total}.items():
        for place, value in [*zip(regions, values, strict=True), (office, sum(values))]:
            Figure.objects.update_or_create(
                indicator=indicator,
                component=factories.ComponentFactory(code=code),
                organisation=place,
                starts_on=month,
                ends_on=month + dt.timedelta(days=31),
                defaults={
                    "definition_version": 1,
                    "value": value,
                    "records_sha256": sha256_hex(f"{code}{place.code}{value}".encode()),
                    "seen_on": month,
                    "computed_at": factories.NOW,
                },
            )


def draft(code="b-1", starts_on=START, ends_on=MIDDLE, on=END):
    return draft_bulletin(by=SYSTEM, code=code, starts_on=starts_on, ends_on=ends_on, on=on)


def publish(bulletin):
    return publish_bulletin(by=SYSTEM, bulletin=bulletin, on=END)


def actuals(bulletin):
    return {row["target"]: row["actual"]["value"] for row in bulletin.document["targets"]}


def people(bulletin):
    return {
        row["region"]: [cell["value"] for cell in row["cells"]] for row in bulletin.document["people"]["rows"]
    }


def totals(bulletin):
    return [cell["value"] for cell in bulletin.document["people"]["totals"]]


def test_large_counts_are_printed_with_definition_and_hash(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 100, 0, 0]})
    bulletin = draft()
    assert people(bulletin) == {"r0": [20, 0], "r1": [30, 100], "r2": [40, 0], "r3": [50, 0]}
    assert actuals(bulletin) == {"A-total": 240, "A2-total": 140, "A3-total": 100}
    cells = [cell for row in bulletin.document["people"]["rows"] for cell in row["cells"]]
    assert all(bool(cell["value"]) == bool(cell["records_sha256"]) for cell in cells)
    (definition,) = [d for d in bulletin.document["definitions"] if d["indicator"] == "people_taking_part"]
    assert definition["version"] == bulletin.document["people"]["definition_version"] == 1
    assert bulletin.sha256 == sha256_hex(canonical_json(bulletin.document))


def test_a_small_count_is_hidden_with_another_and_neither_has_a_hash(programme):
    write(programme, {"A2": [3, 30, 40, 50], "A3": [0, 0, 0, 0]})
    bulletin = draft()
    hidden = [
        cell for row in bulletin.document["people"]["rows"] for cell in row["cells"] if cell["value"] is None
    ]
    assert people(bulletin)["r0"] == [None]
    assert len(hidden) == 2
    assert totals(bulletin) == [123]
    assert all(cell["records_sha256"] is None for cell in hidden)


def test_the_document_holds_no_hidden_count(programme):
    write(programme, {"A2": [7, 7777, 8888, 9999], "A3": [0, 0, 0, 0]})
    bulletin = draft()
    printed = {
        row["region"] for row in bulletin.document["people"]["rows"] if row["cells"][0]["value"] is None
    }
    text = json.dumps(bulletin.document)
    assert len(printed) == 2
    assert "7777" not in text
    assert [count[4] for count in bulletin.counts if count[:2] == ["A2", "r0"]] == [7]


def test_a_target_that_a_part_would_give_away_is_hidden(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [4, 0, 0, 0]})
    found = actuals(draft())
    assert found["A3-total"] is None
    assert list(found.values()).count(None) >= 2


def test_what_came_between_two_bulletins_cannot_be_subtracted(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    publish(draft())
    write(programme, {"A2": [0, 4, 0, 0], "A3": [0, 0, 0, 0]}, month=MIDDLE)
    second = draft("b-2", MIDDLE, END)
    assert totals(second) == [None]
    assert actuals(second)["A2-total"] is None
    assert actuals(second)["A-total"] is None


def test_months_that_were_published_one_by_one_stay_safe_in_their_sum(programme):
    write(programme, {"A2": [3, 30, 40, 50], "A3": [0, 0, 0, 0]})
    publish(draft())
    write(programme, {"A2": [20, 20, 20, 20], "A3": [0, 0, 0, 0]}, month=MIDDLE)
    publish(draft("b-2", MIDDLE, END))
    both = draft("b-3", START, END)
    first_hidden = {
        region for region, values in people(Bulletin.objects.get(code="b-1")).items() if values[0] is None
    }
    assert {region for region, values in people(both).items() if values[0] is None} >= first_hidden
    assert people(both)["r0"] == [None]


def test_counts_of_activities_are_printed_however_small(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    write(programme, {"A2": [1, 0, 0, 0], "A3": [0, 0, 0, 0]}, indicator="sessions_held")
    activities = draft().document["activities"]
    at = [column["indicator"] for column in activities["columns"]].index("sessions_held")
    assert {row["component"]: row["cells"][at]["value"] for row in activities["rows"]} == {"A": 1, "A2": 1}


def test_people_of_no_region_are_told_as_those_of_the_office(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    office = factories.CoordinatingOfficeFactory()
    for code in ("A", "A2"):
        Figure.objects.filter(organisation=office, component__code=code).update(value=155)
    assert people(draft())["-"] == [15]


def test_rules_that_differ_from_their_defaults_are_printed(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    assert draft().document["changed_rules"] == []
    factories.PlanFactory().__class__.objects.update(
        document={"rules": {"small_cell_public": 25}, "safeguards": {"adults_per_session": 3}}
    )
    document = draft().document
    assert document["changed_rules"] == [
        {"rule": "small_cell_public", "default": 10, "value": 25},
        {"rule": "adults_per_session", "default": 2, "value": 3},
    ]
    assert document["threshold"] == 25
    assert document["people"]["rows"][0]["cells"][0]["value"] is None


def test_drafting_again_replaces_the_draft(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    first = draft()
    write(programme, {"A2": [21, 30, 40, 50], "A3": [0, 0, 0, 0]})
    assert draft().pk == first.pk
    assert totals(Bulletin.objects.get()) == [141]


def test_a_published_bulletin_does_not_change(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    bulletin = publish(draft())
    assert bulletin.published_on == END
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Bulletin.objects.update(document={})
    for again in (lambda: publish(bulletin), draft):
        with pytest.raises(RefusalError) as refused:
            again()
        assert refused.value.code == "bulletin.published_already"


def test_a_correction_is_a_new_edition_that_says_what_changed(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    first = publish(draft())
    write(programme, {"A2": [20, 35, 40, 50], "A3": [0, 0, 0, 0]})
    second = correct_bulletin(by=SYSTEM, bulletin=first, reasons=REASONS, on=END)
    assert (second.edition, second.status) == (2, "draft")
    corrects = second.document["corrects"]
    assert (corrects["edition"], corrects["sha256"], corrects["reasons"]) == (1, first.sha256, REASONS)
    assert {"table": "people", "row": "r1", "column": "A2", "before": 30, "after": 35} in corrects["changes"]
    assert {change["row"] for change in corrects["changes"]} == {"A-total", "A2-total", "", "r1"}
    publish(second)
    assert totals(Bulletin.objects.get(pk=first.pk)) == [140]


def test_a_draft_made_before_another_bulletin_was_published_is_stale(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    stale, other = draft(), draft("b-2")
    publish(other)
    with pytest.raises(RefusalError) as refused:
        publish(stale)
    assert refused.value.code == "bulletin.stale"
    publish(draft())


def test_refusals_say_which_rule(programme):
    with pytest.raises(RefusalError) as refused:
        draft()
    assert refused.value.code == "bulletin.no_figures"
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    with pytest.raises(RefusalError) as refused:
        draft(on=MIDDLE - dt.timedelta(days=1))
    assert refused.value.code == "bulletin.not_over"
    with pytest.raises(RefusalError) as refused:
        correct_bulletin(by=SYSTEM, bulletin=draft(), reasons=REASONS, on=END)
    assert refused.value.code == "bulletin.draft"
    published = publish(draft())
    with pytest.raises(RefusalError) as refused:
        correct_bulletin(by=SYSTEM, bulletin=published, reasons={"en": "Late.", "zh": " "}, on=END)
    assert refused.value.code == "bulletin.reasons"


def test_only_the_programme_office_drafts_corrects_and_publishes(programme):
    write(programme, {"A2": [20, 30, 40, 50], "A3": [0, 0, 0, 0]})
    bulletin = draft()
    with pytest.raises(UnseenError):
        draft_bulletin(by=PUBLIC, code="b-9", starts_on=START, ends_on=MIDDLE, on=END)
    with pytest.raises(UnseenError):
        publish_bulletin(by=PUBLIC, bulletin=bulletin, on=END)
    with pytest.raises(UnseenError):
        correct_bulletin(by=PUBLIC, bulletin=bulletin, reasons=REASONS, on=END)
