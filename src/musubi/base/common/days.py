"""A day as people say it in the reader's language, on pages and in messages alike."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format


def local_date(value: date | datetime) -> date:
    """The day on which a moment falls where the reader lives."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime, *, today: date | None = None) -> str:
    """「11月20日(金)」; with the year in front where it is not this year."""
    on = local_date(value)
    this_year = on.year == (today or timezone.localdate()).year
    return date_format(on, "MUSUBI_DAY" if this_year else "MUSUBI_DAY_OF_YEAR")


def moment(value: datetime, *, today: date | None = None) -> str:
    """「11月20日(金) 13:30」."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local, today=today)} {local:%H:%M}"


def weekday(number: int) -> str:
    """「月」 for 0."""
    return str(WEEKDAYS_ABBR[number])
