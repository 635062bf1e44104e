"""A day as people say it, on pages and in messages alike."""

from datetime import date, datetime

from django.utils import timezone

WEEKDAYS = ("月", "火", "水", "木", "金", "土", "日")


def local_date(value: date | datetime) -> date:
    """The day on which a moment falls where the reader lives."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime, *, today: date | None = None) -> str:
    """「11月20日(金)」; with the year in front where it is not this year."""
    on = local_date(value)
    year = "" if on.year == (today or timezone.localdate()).year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日({WEEKDAYS[on.weekday()]})"
