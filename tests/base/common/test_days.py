"""Days and times as people say them in each language."""

from datetime import UTC, date, datetime, time

import pytest

from musubi.base.common import days
from musubi.base.common.languages import written_in

NOW = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("language", "day", "next_year", "moment", "hour", "morning"),
    [
        ("ja", "11月20日(金)", "2027年1月5日(火)", "11月20日(金) 13:30", "18:00", "09:05"),
        (
            "ja-easy",
            "11月20日(金曜日)",
            "2027年1月5日(火曜日)",
            "11月20日(金曜日) 午後1時30分",
            "午後6時",
            "午前9時05分",
        ),
        (
            "en",
            "Friday 20 November",
            "Tuesday 5 January 2027",
            "Friday 20 November, 1:30 pm",
            "6 pm",
            "9:05 am",
        ),
    ],
)
def test_days_and_times(
    language: str, day: str, next_year: str, moment: str, hour: str, morning: str
) -> None:
    with written_in(language):
        assert days.day(date(2026, 11, 20), today=TODAY) == day
        assert days.day(date(2027, 1, 5), today=TODAY) == next_year
        assert days.moment(NOW, today=TODAY) == moment
        assert days.clock(time(18)) == hour
        assert days.clock(time(9, 5)) == morning


@pytest.mark.parametrize(
    ("language", "open_ended", "times", "weekend", "every", "working"),
    [
        ("ja", "2027年1月5日(火)〜", "10:00〜12:30", "土・日", "毎週土・日", "平日"),
        (
            "ja-easy",
            "2027年1月5日(火曜日)から",
            "午前10時から午後12時30分まで",
            "土曜日と日曜日",
            "毎週土曜日と日曜日",
            "月曜日から金曜日",
        ),
        (
            "en",
            "from Tuesday 5 January 2027",
            "10 am to 12:30 pm",
            "Saturday and Sunday",
            "every Saturday and Sunday",
            "weekdays",
        ),
    ],
)
def test_ranges_and_weekdays(
    language: str, open_ended: str, times: str, weekend: str, every: str, working: str
) -> None:
    with written_in(language):
        assert days.days_between(date(2027, 1, 5), None) == open_ended
        assert days.times_between(time(10), time(12, 30)) == times
        assert days.weekdays([6, 5, 5]) == weekend
        assert days.every_weekday([5, 6]) == every
        assert days.every_weekday([0, 1, 2, 3, 4]) == working
        assert days.every_weekday([]) == days.weekdays([]) == ""


def test_a_day_is_said_anew_in_another_language() -> None:
    said = []
    for language in ("ja", "en", "ja-easy", "ja"):
        with written_in(language):
            said.append(days.day(date(2026, 11, 20), today=TODAY))
    assert said == ["11月20日(金)", "Friday 20 November", "11月20日(金曜日)", "11月20日(金)"]
