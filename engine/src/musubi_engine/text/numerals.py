"""Numbers, counters and dates as one spelling: 三人 is 3人, 3千円 is 3000円, 11/20 is 11月20日.

A kanji numeral is a number before a counter, whatever stands before it, so that the same letters
fold alike in a search and in a longer text. Where 一 with a counter is a word of its own (一時預かり, 一番, 一部) it is left alone. Fractions
that are commoner than the day of the same shape (1/2, 2/3) are left alone too, unless a weekday follows.
"""

import re

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
_LONGEST = 12  # characters of a numeral

_NUMERAL = rf"[〇一二三四五六七八九十百千万]{{1,{_LONGEST}}}"
# Longest first. What 一 before it makes a word of its own stands in _NEVER_ONE.
_COUNTERS = (
    "[ヶケヵカか箇個](?:月|所|国|年)|人|名|台|回|席|脚|本|個|枚|冊|件|組|社|団体|世帯|軒|戸|棟|階|号|室|"
    "年|月|日|時|分|週|歳|才|度|円|番|丁目|条|点|種類|箱|袋|食|校|園|杯|着|足|匹|頭|畳|坪|丁|[つツ]"
)  # fmt: skip
_NEVER_ONE = "時|分|番|度|着|点|件|食|面|部|本|杯|校|足|体|年中|月|日中|名|種|丁"
# What stands before does not matter: a search for 三人 must find 参加者三人.
_START = "(?<![〇一二三四五六七八九十百千万0-9])"
_KANJI_NUMBER = re.compile(
    rf"{_START}(?!一(?:{_NEVER_ONE}))({_NUMERAL})(?={_COUNTERS})|(?<=午[前後])(一)(?=時)|"
    rf"{_START}(一)(?=月[〇一二三四五六七八九十0-9])"
)
_MIXED = re.compile(r"(?<![\d.])(?:(\d{1,4})万)?(?:(\d)千)?(?=[円人名枚冊個部])")
_YEAR_MONTH_DAY = re.compile(r"(?<![\d/.-])([12]\d{3})([/.-])(\d{1,2})\2(\d{1,2})(?![\d/.-])")
_MONTH_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])(?=(\s?\([月火水木金土日])?)")
_ZEROS = re.compile(r"(?<!\d)0(?=[1-9](?:月|日|時))")
_FRACTIONS = {(1, 2), (1, 3), (1, 4), (2, 3), (3, 4), (1, 5)}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def number_of(numeral: str) -> int | None:
    """二十三 -> 23, 三千五百 -> 3500, 二〇二六 -> 2026; None for what is no number (十十, 万)."""
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    above, found, below = numeral.partition("万")
    if not found:
        return _below_myriad(numeral)
    high, low = _below_myriad(above), _below_myriad(below) if below else 0
    return None if high is None or low is None else high * _MYRIAD + low


def _below_myriad(numeral: str) -> int | None:
    total, last, digit = 0, 10_000, None
    for character in numeral:
        if character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
            continue
        unit = _UNITS.get(character, 0)
        if not unit or unit >= last:
            return None
        total, last, digit = total + (1 if digit is None else digit) * unit, unit, None
    return total + (digit or 0) if numeral else None


def kanji_of(number: int) -> tuple[str, ...]:
    """The ways of writing a number below 10,000 in kanji: 20 -> 二十, 二〇."""
    digits = "〇一二三四五六七八九"
    plain = "".join(digits[int(digit)] for digit in str(number))
    parts = []
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count = number // unit % 10
        if count:
            parts.append(f"{'' if count == 1 and name else digits[count]}{name}")
    return tuple(dict.fromkeys(form for form in ("".join(parts), plain) if form))


def spell_numbers(text: str) -> str:
    """The text (of one shape per letter, katakana still apart) with its numbers and dates in one spelling."""
    text = _KANJI_NUMBER.sub(_in_digits, text)
    if any(mark in text for mark in "万千"):
        text = _MIXED.sub(_mixed, text)
    if "/" in text or "-" in text or "." in text:
        text = _YEAR_MONTH_DAY.sub(_year_month_day, text)
        text = _MONTH_DAY.sub(_month_day, text)
    return _ZEROS.sub("", text)


def _in_digits(match: re.Match[str]) -> str:
    numeral = match[1] or match[2] or match[3]
    number = number_of(numeral)
    return numeral if number is None else str(number)


def _mixed(match: re.Match[str]) -> str:
    """1万2千 -> 12000; nothing matched stays nothing."""
    if not match[0]:
        return ""
    return str(int(match[1] or 0) * _MYRIAD + int(match[2] or 0) * 1000)


def _year_month_day(match: re.Match[str]) -> str:
    month, day = int(match[3]), int(match[4])
    return f"{match[1]}年{month}月{day}日" if _is_day(month, day) else match[0]


def _month_day(match: re.Match[str]) -> str:
    month, day = int(match[1]), int(match[2])
    if not _is_day(month, day) or ((month, day) in _FRACTIONS and not match[3]):
        return match[0]
    return f"{month}月{day}日"


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]
