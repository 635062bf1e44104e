"""Caution: the offer says that it does not do what the need is about.

Source: 協働メニュー state what a department cannot do (できないこと); other offers write
「夜間は不可」「8月は満室」 into their text. A coordinator reads these lines first.
"""

import re
from functools import lru_cache

from musubi_engine.reading import surface
from musubi_engine.signals.base import Pair
from musubi_engine.types import Listing
from musubi_engine.words import shared_words, speaks_of

_REFUSES = re.compile(
    r"([^。!?、「」（）()\n]{2,40}?)(?:は|には|への|での|も|を|が|の)?"
    r"(?:できません|出来ません|お断り|不可|対象外|行って(?:おり|い)ません|して(?:おり|い)ません|いたしません|致しません"
    r"|ございません|ご遠慮|受けかね|受けて(?:おり|い)ません|向きません|使えません|禁止|満室|満席|埋まり|伺えません|準備中|除く|除きます)"
)
_CANNOT = re.compile(r"できないこと[::]?\s*([^。\n]+)")
_TIMES = (
    (re.compile(r"夜|18時以降|遅い時間"), "evening"),
    (re.compile(r"日中|昼間"), "day"),
    (re.compile(r"平日"), "weekday"),
    (re.compile(r"土日|週末|土曜・日曜|日祝"), "weekend"),
    (re.compile(r"日曜"), "sunday"),
)
_EVENING_HOUR = 18
_SATURDAY = 5
_SUNDAY = 6


def value(pair: Pair, /) -> float:
    """1 when its own list of what it cannot do names the need's words or time, 0.5 when its text does."""
    if _named(pair.offer.cannot_do, pair.need):
        return 1.0
    return 0.5 if _phrase(pair) else 0.0


def sentence(pair: Pair, /) -> str:
    """The line that was found."""
    listed = pair.offer.cannot_do
    if _named(listed, pair.need):
        return f"できないこととして「{listed}」が挙げられています。先に確かめてください。"
    return f"提供に「{_phrase(pair)}」とあります。差し支えないか確かめてください。"


def _phrase(pair: Pair) -> str:
    for phrase in _phrases(f"{pair.offer.title}\n{pair.offer.body}"):
        if _named(phrase, pair.need):
            return phrase
    return ""


def _named(phrase: str, need: Listing) -> bool:
    """Whether a refusal speaks of the need's own title, lines or time."""
    if not phrase:
        return False
    wanted = "\n".join((need.title, *(line.what for line in need.lines)))
    if shared_words(phrase, wanted, 1) or speaks_of(phrase, wanted):
        return True
    known = surface(phrase)
    return any(pattern.search(known) and _all(need, part) for pattern, part in _TIMES)


@lru_cache(maxsize=65536)
def _phrases(text: str) -> tuple[str, ...]:
    known = surface(text)
    return tuple(
        dict.fromkeys(
            match.group(0).strip() for pattern in (_REFUSES, _CANNOT) for match in pattern.finditer(known)
        )
    )


def _all(need: Listing, part: str) -> bool:
    """Whether every window of the need lies in that part of the day or week."""
    if not need.windows:
        return False
    for window in need.windows:
        days = window.weekdays
        opens = window.opens.hour if window.opens else 0
        closes = window.closes.hour if window.closes else 24
        fits = {
            "evening": opens >= _EVENING_HOUR,
            "day": closes <= _EVENING_HOUR and opens > 0,
            "weekday": bool(days) and max(days) < _SATURDAY,
            "weekend": bool(days) and min(days) >= _SATURDAY,
            "sunday": days == frozenset({_SUNDAY}),
        }[part]
        if not fits:
            return False
    return True
