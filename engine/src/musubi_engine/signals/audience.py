"""Caution: the offer is made for people of another age.

Source: the same activity for small children and for old people is not the same offer; a
coordinator asks before introducing one for the other.
"""

import re

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, dotted, pattern, run_on, say

_AGES = {
    pattern("子ども"): re.compile(
        r"子ども|こども|子供|小学|中学|キッズ|幼児|児童|園児|ジュニア|赤ちゃん|乳児|学童|小1|小中"
    ),
    pattern("若者"): re.compile(r"高校生|大学生|(?<![小中])学生|若者|若い|20代|30代|ユース|青少年"),
    pattern("高齢者"): re.compile(
        r"高齢|シニア|老人|お年寄り|年寄り|敬老|長寿|介護|認知症|独居|平均年齢|退職後|もの忘れ"
    ),
}


def value(pair: Pair, /) -> float:
    """The nearness when both name an age and they share none."""
    wanted, given = pair.wanted.text.once(_ages), pair.given.text.once(_ages)
    return pair.nearness if _differ(wanted, given) else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """Both ages."""
    wanted = dotted(say(age) for age in sorted(pair.wanted.text.once(_ages)))
    given = dotted(say(age) for age in sorted(pair.given.text.once(_ages)))
    ages = say("ニーズは%(wanted)s、提供は%(given)sについてのものです。", wanted=wanted, given=given)
    return run_on([ages, say("対象が合うか確かめてください。")])


def _differ(wanted: frozenset[str], given: frozenset[str]) -> bool:
    """Children against old people; the young help and learn at any age, so they never differ."""
    return {frozenset({"子ども"}), frozenset({"高齢者"})} == {wanted, given}


def _ages(text: TextReading) -> frozenset[str]:
    known = surface(text.announced)
    return frozenset(name for name, words in _AGES.items() if words.search(known))
