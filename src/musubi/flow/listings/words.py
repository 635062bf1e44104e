"""The lines and times of a listing in the reader's words: how many of what, and when."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from musubi.base.common.days import days_between, every_weekday, on_end, times_between
from musubi.base.common.joining import bracketed

from .enums import Unit

if TYPE_CHECKING:
    from .models import Availability


def amount_words(number: int, unit: str) -> str:
    """「40個」, "1 item", "¥100,000"; a bare number where nothing is counted."""
    words = "%(number)s"
    match unit:
        case Unit.PEOPLE:
            words = ngettext("%(number)s人", "%(number)s人", number)
        case Unit.CAPACITY:
            words = ngettext("%(number)s席", "%(number)s席", number)
        case Unit.YEN:
            words = _("%(number)s円")
        case Unit.ITEMS:
            words = ngettext("%(number)s個", "%(number)s個", number)
        case Unit.TIMES:
            words = ngettext("%(number)s回", "%(number)s回", number)
        case Unit.HOURS:
            words = ngettext("%(number)s時間", "%(number)s時間", number)
    return words % {"number": f"{number:,}"}


def amount_at_length(number: int | None, unit: str | None) -> str:
    """「30人が入れる広さ」 where there is room for it, 「8人」, 「100,000円」; nothing where no amount is named."""
    if number is None or not unit:
        return ""
    if unit == Unit.CAPACITY:
        words = ngettext("%(number)s人が入れる広さ", "%(number)s人が入れる広さ", number)
        return words % {"number": f"{number:,}"}
    return amount_words(number, unit)


def unit_word(unit: str) -> str:
    """The unit alone, above a field: 席 without its explanation."""
    if unit == Unit.CAPACITY:
        return _("席")
    return str(Unit(unit).label) if unit else ""


def amount_and_name(line: Any) -> str:
    """「折りたたみいす 100個」 of a line or a use; the kind of resource where it has no words of its own."""
    name = line.what or str(line.get_resource_display())
    return name if line.amount is None else f"{name} {amount_words(line.amount, line.unit)}"


def window_words(window: "Availability") -> str:
    """「12月1日(火)〜12月25日(金) 毎週土・日 10:00〜17:00（続けて3時間）」."""
    return when_words(
        window.starts_on,
        window.ends_on,
        window.weekdays,
        window.opens,
        window.closes,
        window.least_minutes,
    )


def when_words(
    first: date | None,
    last: date | None,
    weekdays: list[int],
    opens: time | None,
    closes: time | None,
    least: int | None = None,
) -> str:
    """The same of days, weekdays, hours and minutes on end; nothing where none is named."""
    parts = (days_between(first, last), every_weekday(weekdays), times_between(opens, closes))
    between = pgettext("between the days, the weekdays and the times of a listing", " ")
    when = between.join(part for part in parts if part)
    if least is None:
        return when
    return bracketed(when, on_end(least)) if when else on_end(least)
