"""From a file to rows and back: counts that add up, all or nothing, resumed, undone, remembered."""

from pathlib import Path

import pytest
from django.db.models import Count

from apps.factories import NOW, TODAY, CoordinatingOfficeFactory, EngagementFactory, RegionFactory
from apps.outcomes import refused, unseen
from apps.sheets.importing import checked, counts, faults, sent, undone, worked, written
from sojourn.records.actor import SYSTEM, Actor, Post
from sojourn.records.jobs import run_job
from sojourn.records.models import AuditEvent, Job
from sojourn.registry.actions import remove_organisations
from sojourn.registry.models import Membership, Organisation, OrganisationLink
from sojourn.sheets.actions import (
    check_import,
    drop_import,
    match_code,
    resume_import,
    undo_import,
    write_import,
)
from sojourn.sheets.marking import marked_workbook
from sojourn.sheets.models import Import, StagedChunk
from sojourn.sheets.queries import alike_of, changes_of, unknown_codes
from sojourn.sheets.reading import staging
from sojourn.sheets.steps import prune_step

pytestmark = pytest.mark.django_db
SHEET = "urn,name,town,region\n1,Hill School,Bath,north\n2,Lake School,Leeds,north\n"
SCHOOL = {"kind": "school"}


@pytest.fixture(autouse=True)
def north() -> Organisation:
    return RegionFactory(code="north", parent=CoordinatingOfficeFactory())


def officer(office: Organisation) -> Actor:
    return Actor(account_id=5, posts=frozenset({Post(Membership.Role.REGIONAL_OFFICE, office.pk)}))


def schools() -> list[str]:
    return list(Organisation.objects.filter(kind="school").order_by("code").values_list("code", flat=True))


def test_dry_run_counts_every_row_and_writes_nothing(tmp_path: Path) -> None:
    importing = checked(sent(tmp_path, SHEET + "3,,Bath,north\n"), fixed=SCHOOL)
    assert counts(importing) == (2, 0, 0, 1)
    assert faults(importing) == [(4, "name", "")]
    assert schools() == []


def test_all_rows_are_written_below_their_office_with_the_closure(
    tmp_path: Path, north: Organisation
) -> None:
    importing = written(checked(sent(tmp_path, SHEET), fixed=SCHOOL))
    assert importing.status == Import.Status.DONE
    assert schools() == ["urn-1", "urn-2"]
    links = OrganisationLink.objects.filter(descendant__code="urn-1").order_by("depth")
    assert list(links.values_list("ancestor__code", "depth")) == [("urn-1", 0), ("north", 1), ("office", 2)]
    assert AuditEvent.objects.get(verb="organisation.add").count == 2


def test_second_time_nothing_is_new_and_changes_are_shown_side_by_side(tmp_path: Path) -> None:
    written(checked(sent(tmp_path, SHEET), fixed=SCHOOL))
    again = checked(
        sent(tmp_path, SHEET.replace("Hill School", "Hill Academy").replace("Leeds", "")), fixed=SCHOOL
    )
    assert counts(again) == (0, 1, 1, 0)
    assert [(line.row, line.key, list(map(list, line.differences))) for line in changes_of(again)] == [
        (2, "school · urn-1", [["name", "Hill School", "Hill Academy"]])
    ]
    written(again)
    assert dict(Organisation.objects.filter(kind="school").values_list("code", "town").order_by()) == {
        "urn-1": "Bath",
        "urn-2": "Leeds",
    }
    assert Organisation.objects.get(code="urn-1").names == {"en": "Hill Academy"}
    assert undone(again).status == Import.Status.UNDONE
    assert Organisation.objects.get(code="urn-1").names == {"en": "Hill School"}


def test_file_with_faults_is_written_only_when_the_good_rows_are_asked_for(tmp_path: Path) -> None:
    importing = checked(sent(tmp_path, SHEET + "1,Hill,Bath,north\n"), fixed=SCHOOL)
    assert faults(importing) == [(2, "code", "1"), (4, "code", "1")]
    with refused("import.faults"):
        write_import(by=SYSTEM, importing=importing, only_good=False, at=NOW)
    written(importing, only_good=True)
    assert schools() == ["urn-2"]


def test_rows_that_are_spelt_alike_are_shown_and_not_merged(tmp_path: Path) -> None:
    text = "urn,name,town\n1,José Martí School,Bath\n2,school MARTI Jose,Bath\n3,Lake,Bath\n"
    importing = checked(sent(tmp_path, text), fixed=SCHOOL)
    assert [(line.row, line.other) for line in alike_of(importing)] == [(2, 3)]
    assert counts(importing) == (3, 0, 0, 0)


def test_import_is_taken_back_until_something_builds_on_it(tmp_path: Path) -> None:
    importing = written(checked(sent(tmp_path, SHEET), fixed=SCHOOL))
    school = Organisation.objects.get(code="urn-2")
    EngagementFactory(sending=school)
    with refused("organisation.in_use"):
        remove_organisations(by=SYSTEM, parent=school.parent, ids=[school.pk], on=TODAY)
    kept = undone(importing)
    assert (kept.status, "in use" in kept.refusal, len(schools())) == (Import.Status.DONE, True, 2)


def test_untouched_import_is_taken_back_whole(tmp_path: Path) -> None:
    before = list(OrganisationLink.objects.order_by("pk").values_list("pk", flat=True))
    assert undone(written(checked(sent(tmp_path, SHEET), fixed=SCHOOL))).status == Import.Status.UNDONE
    assert schools() == []
    assert list(OrganisationLink.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_unknown_office_is_matched_once_and_remembered(tmp_path: Path) -> None:
    text = SHEET.replace("north", "old-north")
    importing = checked(sent(tmp_path, text), fixed=SCHOOL)
    assert (counts(importing), unknown_codes(importing)) == ((0, 0, 0, 2), [("office", "old-north")])
    with refused("import.unknown_match", where="match-old-north"):
        match_code(by=SYSTEM, importing=importing, column="office", old="old-north", new="nowhere")
    match_code(by=SYSTEM, importing=importing, column="office", old="old-north", new="north")
    assert counts(checked(importing)) == (2, 0, 0, 0)
    assert counts(checked(sent(tmp_path, text.replace("1,", "7,")), fixed=SCHOOL)) == (2, 0, 0, 0)


def test_mapping_is_remembered_for_the_next_file_with_the_same_headers(tmp_path: Path) -> None:
    text = "id,what it is called\n1,Hill\n"
    first = sent(tmp_path, text)
    assert first.mapping["columns"] == {"code": 0}
    checked(first, fixed=SCHOOL, columns={"code": 0, "name": 1})
    second = sent(tmp_path, text.replace("Hill", "Lake"))
    assert (second.mapping["columns"], second.mapping["fixed"]) == ({"code": 0, "name": 1}, SCHOOL)


@pytest.mark.parametrize(
    ("code", "where", "mapping"),
    [
        ("import.lacking", "column-kind", {"columns": {"code": 0}, "fixed": {}, "orders": {}}),
        ("import.place_twice", "", {"columns": {"code": 0, "name": 0}, "fixed": SCHOOL, "orders": {}}),
        ("import.fixed", "fixed-kind", {"columns": {"code": 0}, "fixed": {"kind": "castle"}, "orders": {}}),
    ],
)
def test_mapping_that_is_not_whole_is_refused(
    tmp_path: Path, code: str, where: str, mapping: dict[str, object]
) -> None:
    importing = sent(tmp_path, SHEET)
    with refused(code, where=where):
        check_import(by=SYSTEM, importing=importing, table=0, mapping=mapping, at=NOW)
    with refused("import.no_table", where="table"):
        check_import(by=SYSTEM, importing=importing, table=3, mapping=mapping, at=NOW)


def test_import_is_resumed_after_a_kill_with_nothing_lost_or_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK_ROWS", 3)
    rows = "".join(f"{n},School {n},Bath,north\n" for n in range(20))
    importing = sent(tmp_path, "urn,name,town,region\n" + rows)
    checked(importing, fixed=SCHOOL)
    write_import(by=SYSTEM, importing=importing, only_good=False, at=NOW)
    done: list[int] = []

    def killed(_job: Job) -> None:
        done.append(len(schools()))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(importing.job_id, now=lambda: NOW, watch=killed)
    Job.objects.filter(pk=importing.job_id).update(status=Job.Status.WAITING)
    worked(importing)
    assert (importing.status, len(schools())) == (Import.Status.DONE, 20)
    closure = OrganisationLink.objects.filter(descendant__kind="school").values("descendant")
    assert {row["n"] for row in closure.annotate(n=Count("pk")).order_by()} == {3}


def test_rule_that_refuses_in_the_middle_takes_everything_back(tmp_path: Path, north: Organisation) -> None:
    importing = checked(sent(tmp_path, SHEET), fixed=SCHOOL)
    write_import(by=SYSTEM, importing=importing, only_good=False, at=NOW)
    other = RegionFactory(code="other")
    Organisation.objects.filter(pk=north.pk).update(code="renamed")
    stopped = worked(importing)
    assert (stopped.status, schools(), bool(stopped.refusal)) == (Import.Status.STOPPED, [], True)
    assert other.code == "other"


def test_import_belongs_to_its_office_alone(tmp_path: Path, north: Organisation) -> None:
    importing = sent(tmp_path, SHEET, by=officer(north), scope="north")
    stranger = officer(RegionFactory())
    with unseen():
        sent(tmp_path, SHEET, by=stranger, scope="north")
    for act in (drop_import, undo_import, write_import, resume_import):
        given = {"at": NOW} if act is not drop_import else {}
        given |= {"only_good": False} if act is write_import else {}
        with unseen():
            act(by=stranger, importing=importing, **given)


def test_states_of_an_import_are_kept_apart(tmp_path: Path) -> None:
    importing = sent(tmp_path, SHEET)
    with refused("import.unchecked"):
        write_import(by=SYSTEM, importing=importing, only_good=True, at=NOW)
    with refused("import.not_done"):
        undo_import(by=SYSTEM, importing=importing, at=NOW)
    with refused("import.not_stuck"):
        resume_import(by=SYSTEM, importing=importing, at=NOW)
    written(checked(importing, fixed=SCHOOL))
    again = checked(sent(tmp_path, SHEET), fixed=SCHOOL)
    with refused("import.nothing"):
        write_import(by=SYSTEM, importing=again, only_good=False, at=NOW)
    StagedChunk.objects.update(written=b"")
    with refused("import.too_old"):
        undo_import(by=SYSTEM, importing=importing, at=NOW)


def test_rows_of_files_are_emptied_after_a_day(tmp_path: Path) -> None:
    importing = checked(sent(tmp_path, SHEET + "3,,,north\n"), fixed=SCHOOL)
    prune_step({"before": "2027-03-01T13:00:00+00:00"}, {})
    assert marked_workbook(importing) is not None
    prune_step({"before": "2027-03-02T13:00:00+00:00"}, {})
    importing.refresh_from_db()
    assert (importing.status, marked_workbook(importing)) == (Import.Status.DROPPED, None)
