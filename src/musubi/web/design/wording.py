"""Dates, waiting times and money as people in Japan say them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from musubi.base.common.days import WEEKDAYS, day, local_date

__all__ = [
    "WEEKDAYS",
    "day",
    "era_day",
    "era_year",
    "local_date",
    "moment",
    "waiting",
    "weekdays",
    "yen",
]

REIWA_BEGINS, REIWA_OFFSET = date(2019, 5, 1), 2018
DAYS_IN_MONTH, DAYS_IN_YEAR = 30, 365


def moment(value: datetime, *, today: date | None = None) -> str:
    """「11月20日(金) 13:30」."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local, today=today)} {local:%H:%M}"


def era_year(value: date | datetime) -> str:
    """「令和8年」; days before Reiwa are given in the western year."""
    on = local_date(value)
    if on < REIWA_BEGINS:
        return f"{on.year}年"
    number = on.year - REIWA_OFFSET
    return f"令和{'元' if number == 1 else number}年"


def era_day(value: date | datetime) -> str:
    """「令和8年11月20日(金)」, for paper and for whatever the city hall keeps."""
    on = local_date(value)
    return f"{era_year(on)}{on.month}月{on.day}日({WEEKDAYS[on.weekday()]})"


def waiting(since: date | datetime, now: datetime | None = None) -> str:
    """How long something has waited: 「5分」 「3時間」 「3日」 「2か月」 「1年」."""
    if isinstance(since, datetime):
        passed = max((now or timezone.now()) - since, timedelta(0))
    else:
        passed = max(local_date(now or timezone.now()) - since, timedelta(0))
    if passed.days >= DAYS_IN_YEAR:
        return f"{passed.days // DAYS_IN_YEAR}年"
    if passed.days >= 2 * DAYS_IN_MONTH:
        return f"{passed.days // DAYS_IN_MONTH}か月"
    if passed.days or not isinstance(since, datetime):
        return f"{passed.days}日" if passed.days else "今日"
    minutes = passed.seconds // 60
    return f"{minutes // 60}時間" if minutes >= 60 else f"{minutes}分" if minutes else "1分以内"


def yen(value: float | Decimal) -> str:
    """「12,000円」."""
    return f"{value:,.0f}円"


def weekdays(numbers: list[int]) -> str:
    """「土・日」, 「平日」, 「毎日」; nothing where no day is named."""
    days = sorted(set(numbers))
    if len(days) == len(WEEKDAYS):
        return "毎日"
    if days == [0, 1, 2, 3, 4]:
        return "平日"
    return "・".join(WEEKDAYS[number] for number in days)
