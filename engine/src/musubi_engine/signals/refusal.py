"""Caution: the offer says that it does not do what the need is about.

Source: 協働メニュー state what a department cannot do (できないこと); other offers write
「夜間は不可」「8月は満室」「火は使えません」 into their text. A coordinator reads these lines first.
"""

import re
from dataclasses import dataclass
from typing import Final

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, run_on, say
from musubi_engine.types import Listing
from musubi_engine.words import speaks_of, whole_words

_ENDS = (
    r"(?:できません|出来ません|お断り|不可|対象外|行って(?:おり|い)ません|して(?:おり|い)ません|いたしません|致しません"
    r"|ございません|ご遠慮|受けかね|受けて(?:おり|い)ません|向きません|使えません|禁止|満室|満席|埋まり|伺えません|準備中|除く|除きます)"
)
_MAY_REFUSE = re.compile(_ENDS)
_REFUSES = re.compile(rf"([^。!?、「」（）()\n]{{2,40}}?)(?:は|には|への|での|も|を|が|の)?{_ENDS}")
_CANNOT = re.compile(r"できないこと[::]?\s*([^。\n]+)")
_TIMES = (
    (re.compile(r"夜|18時以降|遅い時間"), "evening"),
    (re.compile(r"日中|昼間"), "day"),
    (re.compile(r"平日"), "weekday"),
    (re.compile(r"土日|週末|土曜・日曜|日祝"), "weekend"),
    (re.compile(r"日曜"), "sunday"),
)
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d*回)")
_EVENING_HOUR = 18
_SATURDAY = 5
_SUNDAY = 6


# A concept that tells less is refused in passing: 「現金は不可」 says nothing to who asks for a room.
_TELLING: Final = 0.7
_LONG_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A refusing phrase with what it may be held against."""

    phrase: str
    words: frozenset[str]
    concepts: frozenset[str]
    parts: tuple[str, ...]
    months: frozenset[int]


def value(pair: Pair, /) -> float:
    """1 when its own list of what it cannot do names the need's words or time, 0.5 when its text does."""
    listed, phrases = pair.given.text.once(_refusals)
    if listed is not None and _meets(listed, pair):
        return 1.0
    return 0.5 if any(_meets(phrase, pair) for phrase in phrases) else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """The line that was found."""
    listed, phrases = pair.given.text.once(_refusals)
    if listed is not None and _meets(listed, pair):
        named = say("できないこととして「%(words)s」が挙げられています。", words=listed.phrase)
        return run_on([named, say("先に確かめてください。")])
    phrase = next(each.phrase for each in phrases if _meets(each, pair))
    found = say("提供に「%(words)s」とあります。", words=phrase)
    return run_on([found, say("差し支えないか確かめてください。")])


def _meets(refusal: _Refusal, pair: Pair) -> bool:
    """Whether a refusal speaks of the need's own title, lines, things or time."""
    if not refusal.words.isdisjoint(pair.wanted.text.once(_asked_words)):
        return True
    if refusal.concepts and not refusal.concepts.isdisjoint(_asked_concepts(pair)):
        return True
    if any(_all(pair.need, part) for part in refusal.parts):
        return True
    if refusal.months and _months(pair.need) and _months(pair.need) <= refusal.months:
        return True
    return speaks_of(refusal.phrase, pair.wanted.text.once(_asked_text))


def _asked_concepts(pair: Pair) -> set[str]:
    """What the need's title says, and the things of the resources that the offer would give."""
    found = set(pair.wanted.profile.about_title.names)
    for resource in pair.shared:
        found |= pair.wanted.profile.given_as(resource).names.keys()
    return found


def _asked_text(text: TextReading) -> str:
    """The need's title and lines; its body also tells of other things."""
    return text.words.replace(text.body, "", 1)


def _asked_words(text: TextReading) -> frozenset[str]:
    return whole_words(_asked_text(text))


def _refusals(text: TextReading) -> tuple[_Refusal | None, tuple[_Refusal, ...]]:
    """Its own list of what it cannot do, and the refusing phrases of its text."""
    known = surface(text.announced)
    patterns = (_REFUSES, _CANNOT) if _MAY_REFUSE.search(known) else (_CANNOT,)
    phrases = dict.fromkeys(match[0].strip() for pattern in patterns for match in pattern.finditer(known))
    listed = _refusal(text.cannot_do, text) if text.cannot_do else None
    return listed, tuple(_refusal(phrase, text) for phrase in phrases)


def _refusal(phrase: str, text: TextReading) -> _Refusal:
    table, known = text.knowledge.concepts, surface(phrase)
    return _Refusal(
        phrase,
        whole_words(phrase),
        frozenset(name for name in table.found_in(phrase) if table[name].tells >= _TELLING),
        tuple(part for pattern, part in _TIMES if pattern.search(known)),
        frozenset(int(month) for month in _MONTH.findall(known)),
    )


def _months(need: Listing) -> frozenset[int]:
    """The months in which all of the need lies, empty where it is open or longer than half a year."""
    found: set[int] = set()
    for window in need.windows:
        if window.start is None or window.end is None:
            return frozenset()
        count = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month
        if count >= _LONG_MONTHS:
            return frozenset()
        found |= {(window.start.month - 1 + step) % 12 + 1 for step in range(count + 1)}
    return frozenset(found)


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
