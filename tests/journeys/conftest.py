"""A real browser before a live server, on days that the story sets."""

import datetime as dt
import importlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page

from apps.factories import TODAY
from sojourn.web import clock

# The browser's driver keeps an event loop in this thread; the factories beside it are synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
TRAILS = importlib.import_module("sojourn.records.migrations.0003_trails_are_sealed")
INCIDENTS = importlib.import_module("sojourn.safeguarding.migrations.0002_trail_is_append_only")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Chromium of the system, without the sandbox that containers lack."""
    path = os.environ.get("SOJOURN_CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session", autouse=True)
def _no_collected_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty folder where collected static files would be: the live server takes them from their source."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(autouse=True)
def _trails_can_be_emptied(transactional_db: None) -> Iterator[None]:
    """Let the emptying of tables after a test pass the trails' guards, which SQLite has on deletes."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        for statement in [*TRAILS.sqlite(), *INCIDENTS.SQLITE]:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in [*TRAILS.sqlite_undone(), *INCIDENTS.SQLITE_UNDONE]:
            cursor.execute(statement)


@dataclass
class Calendar:
    """The day on which the site believes to be."""

    moment: dt.datetime

    def go_to(self, day: dt.date, hour: int = 9) -> None:
        """Turn the page."""
        self.moment = dt.datetime.combine(day, dt.time(hour), dt.UTC)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """The clock of the web floor, in the hands of the story."""
    kept = Calendar(dt.datetime.combine(TODAY, dt.time(9), dt.UTC))
    monkeypatch.setattr(clock, "now", lambda: kept.moment)
    monkeypatch.setattr(clock, "today", lambda: kept.moment.date())  # noqa: PLW0108 - read anew each time
    return kept


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Open a page of this width as somebody new; all are closed with the story."""
    contexts: list[BrowserContext] = []

    def opened(width: int) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, locale="en"))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def is_sound() -> Callable[[Page], None]:
    """A page that axe has nothing against, that is not wider than its window and that has one heading."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
        assert page.locator("h1").count() == 1, page.url

    return check
