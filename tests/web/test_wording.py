"""Dates, periods and numbers as people of each language write them."""

import datetime as dt

import pytest
from django.utils.translation import override

from sojourn.web.templatetags.sojourn_tags import moment
from sojourn.web.wording import day, in_language, number, percent, period

PERIODS = [
    ("2026-08-03", "2026-08-04", "3 August 2026", "2026年8月3日"),
    ("2026-08-03", "2026-08-10", "3–9 August 2026", "2026年8月3日至9日"),
    ("2026-07-28", "2026-08-10", "28 July – 9 August 2026", "2026年7月28日至8月9日"),
    ("2026-12-28", "2027-01-04", "28 December 2026 – 3 January 2027", "2026年12月28日至2027年1月3日"),
    ("2026-08-01", "2026-09-01", "August 2026", "2026年8月"),
    ("2026-09-01", "2026-12-01", "September – November 2026", "2026年9月至11月"),
    ("2026-09-01", "2029-09-01", "September 2026 – August 2029", "2026年9月至2029年8月"),
    ("2026-01-01", "2027-01-01", "2026", "2026年"),
    ("2026-01-01", "2029-01-01", "2026–2028", "2026年至2028年"),
]


@pytest.mark.parametrize(("start", "end", "english", "chinese"), PERIODS)
def test_half_open_period_is_said_with_its_last_day(start: str, end: str, english: str, chinese: str) -> None:
    dates = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    with override("en"):
        assert period(*dates) == english
    with override("zh-hans"):
        assert period(*dates) == chinese


def test_name_is_shown_in_the_reader_s_language_else_in_the_other() -> None:
    with override("zh-hans"):
        shown = [in_language(texts) for texts in ({"en": "Bath", "zh": "巴斯"}, {"en": "Bath"}, {}, None)]
    assert shown == ["巴斯", "Bath", "", ""]
    with override("en"):
        assert in_language({"zh": "巴斯"}) == "巴斯"


def test_moment_is_told_in_universal_time() -> None:
    at = dt.datetime(2026, 11, 2, 1, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    with override("en"):
        assert moment(at) == "1 November 2026 17:30 UTC"


def test_numbers_are_grouped_and_full_is_full() -> None:
    assert number(500000) == "500,000"
    assert [percent(part, 1000) for part in (0, 999, 1000)] == ["0\xa0%", "99\xa0%", "100\xa0%"]
    with override("en"):
        assert (percent(3, 0), day(dt.date(2026, 2, 1))) == ("n/a", "1 February 2026")
