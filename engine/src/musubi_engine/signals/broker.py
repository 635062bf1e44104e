"""The offer finds people for others, so that its own words need not name the matter.

Source: guideline of the judged collections (つなぎ役): worth an introduction where people or
knowledge are asked for and such a service is likely to know somebody.
"""

import re
from functools import lru_cache

from musubi_engine.feasibility.base import resources_of
from musubi_engine.reading import surface
from musubi_engine.signals.base import Pair

_FINDS_PEOPLE = re.compile(
    r"ボランティア(?:の)?紹介|ボランティアセンター|人材バンク|人材登録|バンク[^。]{0,6}登録者|登録者[^。]{0,20}紹介"
    r"|おつなぎ|ご紹介し|紹介します|紹介でき|引き合わせ|橋渡し|マッチングし|(?:学生|登録者|会員)[^。]{0,12}募集を流"
)
_BROKERED = frozenset({"people", "expertise"})


def value(pair: Pair, /) -> float:
    """1 when the need asks for people or knowledge and the offer finds them."""
    if not resources_of(pair.need) & resources_of(pair.offer) & _BROKERED:
        return 0.0
    return 1.0 if _finds_people(f"{pair.offer.title}\n{pair.offer.body}") else 0.0


def sentence(pair: Pair, /) -> str:
    """That it looks for somebody who fits."""
    name = pair.offer.actor_name or "提供者"
    return f"{name}が、合う人を探して紹介する仕組みです。"


@lru_cache(maxsize=65536)
def _finds_people(text: str) -> bool:
    return _FINDS_PEOPLE.search(surface(text)) is not None
