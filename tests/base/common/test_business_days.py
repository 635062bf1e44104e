import datetime as dt

import pytest

from musubi.base.common.business_days import business_days_after, is_business_day


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (dt.date(2026, 11, 20), True),  # a Friday
        (dt.date(2026, 11, 21), False),  # a Saturday
        (dt.date(2026, 11, 23), False),  # 勤労感謝の日
        (dt.date(2027, 3, 22), False),  # 振替休日 of 春分の日
        (dt.date(2026, 12, 28), True),
        (dt.date(2026, 12, 29), False),
        (dt.date(2027, 1, 3), False),
        (dt.date(2027, 1, 4), True),
    ],
)
def test_offices_are_closed_on_weekends_holidays_and_around_new_year(day: dt.date, open_: bool) -> None:
    assert is_business_day(day) is open_


def test_an_answer_within_five_business_days_skips_the_long_weekend() -> None:
    assert business_days_after(dt.date(2026, 11, 20), 5) == dt.date(2026, 11, 30)
    assert business_days_after(dt.date(2026, 12, 28), 1) == dt.date(2027, 1, 4)
    assert business_days_after(dt.date(2026, 12, 28), 0) == dt.date(2026, 12, 28)
