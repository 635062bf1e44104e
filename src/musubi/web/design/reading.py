"""What people type, read as what they mean: full-width digits, 令和, 「約30人」, 「午後1時半」."""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal

# The first year of an era is 元年, so its offset is the year before.
ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_YEAR = re.compile(r"(?:(\d{4})|(令和|平成|昭和|[RHS])(\d{1,2}|元))年?")
_CLOCK = re.compile(r"(午前|午後|AM|PM)?(\d{1,2})(?::|時)?(\d{2}|半)?分?(AM|PM)?")
_AMOUNT = re.compile(
    r"(?:約|およそ|だいたい)?(?:(\d+(?:\.\d+)?)万)?(?:(\d+(?:\.\d+)?)千)?(\d+(?:\.\d+)?)?(\D*)"
)
# Zero-width and direction marks hide text from the reader; NUL breaks PostgreSQL.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
NOON, LAST_HOUR, LAST_MINUTE = 12, 23, 59


def fold(text: str) -> str:
    """Full-width letters and digits become half-width ones and spaces go away."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def plain_text(text: str, *, multiline: bool = True) -> str:
    """The text without characters nobody can see; line ends as one newline or one space."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if multiline else re.sub(r"[\n\t]+", " ", text)


def read_year(text: str) -> int | None:
    """The western year of 「2026」, 「令和8」 or 「R8年」; None where it cannot be read."""
    found = _YEAR.fullmatch(fold(text).upper())
    if found is None:
        return None
    western, era, of_era = found.groups()
    if western:
        return int(western)
    return ERAS[era] + (1 if of_era == "元" else int(of_era))


def read_number(text: str, suffix: str) -> int | None:
    """A whole number, with or without its suffix (月, 日); None where it cannot be read."""
    digits = fold(text).removesuffix(suffix)
    return int(digits) if re.fullmatch(r"[0-9]{1,2}", digits) else None


def read_date(year: str, month: str, day: str) -> date | None:
    """The date of three boxes; None where there is no such day."""
    parts = read_year(year), read_number(month, "月"), read_number(day, "日")
    if None in parts:
        return None
    try:
        return date(*(part for part in parts if part is not None))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time of day from 「13:30」, 「1330」, 「13時半」, 「午後1時30分」, "1:30 p.m."; None where unreadable."""
    folded = fold(text).upper().replace(".", "")
    if re.fullmatch(r"[0-9]{3}", folded):
        folded = f"0{folded}"
    found = _CLOCK.fullmatch(folded)
    if found is None:
        return None
    before, hours, minutes, after = found.groups()
    half_day = before or after
    hour, minute = int(hours), 30 if minutes == "半" else int(minutes or 0)
    if half_day:
        if hour > NOON:
            return None
        hour = hour % NOON + (NOON if half_day in {"午後", "PM"} else 0)
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        return None
    return time(hour, minute)


def read_amount(text: str) -> tuple[Decimal, str] | None:
    """The number and the unit of 「約1,200人」 or 「3万円」; None where there is no number."""
    folded = fold(text).replace(",", "").replace("、", "").removesuffix("くらい")
    found = _AMOUNT.fullmatch(folded.removesuffix("ぐらい").removesuffix("程度"))
    if found is None:
        return None
    ten_thousands, thousands, rest, unit = found.groups()
    if ten_thousands is None and thousands is None and rest is None:
        return None
    number = Decimal(ten_thousands or 0) * 10_000 + Decimal(thousands or 0) * 1_000 + Decimal(rest or 0)
    return number, unit
