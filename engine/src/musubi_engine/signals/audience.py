"""Caution: the offer is made for people of another age.

Source: the same activity for small children and for old people is not the same offer; a
coordinator asks before introducing one for the other.
"""

import re

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair

_AGES = {
    "子ども": re.compile(
        r"子ども|こども|子供|小学|中学|キッズ|幼児|児童|園児|ジュニア|赤ちゃん|乳児|学童|小1|小中"
    ),
    "若者": re.compile(r"高校生|大学生|学生|若者|若い|20代|30代|ユース|青少年"),
    "高齢者": re.compile(
        r"高齢|シニア|老人|お年寄り|年寄り|敬老|長寿|介護|認知症|独居|平均年齢|退職後|もの忘れ"
    ),
}


def value(pair: Pair, /) -> float:
    """The nearness when both name an age and they share none."""
    wanted, given = pair.wanted.text.once(_ages), pair.given.text.once(_ages)
    return pair.nearness if _differ(wanted, given) else 0.0


def sentence(pair: Pair, /) -> str:
    """Both ages."""
    wanted = "・".join(sorted(pair.wanted.text.once(_ages)))
    given = "・".join(sorted(pair.given.text.once(_ages)))
    return f"ニーズは{wanted}、提供は{given}についてのものです。対象が合うか確かめてください。"


def _differ(wanted: frozenset[str], given: frozenset[str]) -> bool:
    """Children against old people; the young help and learn at any age, so they never differ."""
    return {*wanted, *given} == {"子ども", "高齢者"} and not wanted & given


def _ages(text: TextReading) -> frozenset[str]:
    known = surface(text.announced)
    return frozenset(name for name, pattern in _AGES.items() if pattern.search(known))
