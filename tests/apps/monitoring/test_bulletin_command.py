import pytest
from typer.testing import CliRunner

from apps import factories
from apps.monitoring.worlds import random_world
from sojourn.cli.bulletins import app
from sojourn.monitoring.models import Bulletin

pytestmark = pytest.mark.django_db
PERIOD = ("--start", "2027-01-01", "--end", "2027-06-01", "--on", "2027-06-05")


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_a_bulletin_is_drafted_published_and_printed(tmp_path):
    random_world(7)
    factories.PlanFactory()
    file = tmp_path / "bulletin.pdf"
    drafted = run("draft", "b-1", *PERIOD)
    assert (drafted.exit_code, Bulletin.objects.get().status) == (0, "draft")
    assert Bulletin.objects.get().sha256 in drafted.output
    assert run("pdf", "b-1", str(file)).exit_code == 1
    assert run("publish", "b-1", "--on", "2027-06-05").exit_code == 0
    assert Bulletin.objects.get().status == "published"
    assert run("pdf", "b-1", str(file), "--lang", "zh").exit_code == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_what_is_wrong_is_said_in_one_sentence(tmp_path):
    random_world(7, people=1)
    for arguments, words in (
        (("draft", "b-1", "--start", "2027-01-01", "--end", "2027-06-02"), "first day of a month"),
        (("draft", "b-1", *PERIOD), "No plan is published yet"),
        (("publish", "b-1"), "There is no draft of b-1"),
        (("pdf", "b-1", str(tmp_path / "b.pdf")), "No such bulletin is published"),
    ):
        told = run(*arguments)
        assert told.exit_code == 1
        assert words in told.output.replace("\n", " ")
