"""The offer finds people for others, so that its own words need not name the matter.

Source: guideline of the judged collections (つなぎ役): worth an introduction where people or
knowledge are asked for and such a service is likely to know somebody.
"""

import re
from collections.abc import Iterable

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, say

_FINDS_PEOPLE = re.compile(
    r"ボランティア(?:の)?紹介|ボランティアセンター|人材バンク|人材登録|バンク[^。]{0,6}登録者|登録者[^。]{0,20}紹介"
    r"|おつなぎ|ご紹介し|紹介します|紹介でき|引き合わせ|橋渡し|マッチングし|(?:学生|登録者|会員)[^。]{0,12}募集を流"
)
BROKERED = frozenset({"people", "expertise"})
# Concepts that speak of finding people itself, for whatever matter.
_OF_THE_TRADE = frozenset({"市民活動・つなぎ", "生涯学習・シニアの出番", "高齢者", "中高生・若者"})


def value(pair: Pair, /) -> float:
    """1 when the need asks for people or knowledge and the offer finds them.

    Who finds people for one matter (a federation of 太極拳 teachers) finds them for that matter only.
    """
    if pair.shared.isdisjoint(BROKERED) or not pair.given.text.once(_finds_people):
        return 0.0
    own = matters(pair.given.profile.about_title.names)
    return 1.0 if not own or not own.isdisjoint(pair.wanted.profile.about.names) else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """That it looks for somebody who fits."""
    if not pair.offer.actor_name:
        return say("提供者が、合う人を探して紹介する仕組みです。")
    return say("%(name)sが、合う人を探して紹介する仕組みです。", name=pair.offer.actor_name)


def finds_people(announced: str) -> bool:
    """Whether who announces this finds people for others."""
    return _FINDS_PEOPLE.search(surface(announced)) is not None


def matters(about: Iterable[str]) -> frozenset[str]:
    """For which matters, by what its title is about; for any where that is nothing but finding people."""
    return frozenset(about) - _OF_THE_TRADE


def _finds_people(text: TextReading) -> bool:
    return finds_people(text.announced)
