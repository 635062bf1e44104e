"""Not asked for, and of use all the same: publicity for what gathers people, money for a beginning.

Source: guideline of the judged collections (what was not asked for is worth a little where it helps
with the trouble told), and what coordinators add to nearly every introduction: a place that will
put up the poster, a grant for the first year.
"""

import re

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, say

_GATHERS = re.compile(
    r"催し|イベント|展示|展覧|講座|講演|学習会|教室|体験会|交流会|集い|フォーラム|まつり|祭り|上映|演奏会|コンサート|参加|募集|仲間"
    r"|来て(?:ほしい|くださ|もら)|見てほしい|開きたい|ひらきたい|始めたい|(?:作|つく)りたい|たまり場|居場所"
)
_BEGINS = re.compile(
    r"始めたい|始めます|立ち上げ|立上げ|(?:作|つく)りたい|開きたい|ひらきたい|開業|設立|買えま|足りま|資金|費用|予算"
)
_FOR_A_BEGINNING = 0.5


def value(pair: Pair, /) -> float:
    """1 for publicity, 0.5 for money, where nothing asked for is given and the need can use it."""
    if pair.shared:
        return 0.0
    if "publicity" in pair.given.resources and pair.wanted.text.once(_gathers):
        return 1.0
    if "money" in pair.given.resources and pair.wanted.text.once(_begins):
        return _FOR_A_BEGINNING
    return 0.0


def sentence(pair: Pair, /) -> Sentence:
    """What it could be used for."""
    if "publicity" in pair.given.resources and pair.wanted.text.once(_gathers):
        return say("人に来てもらう活動なので、お知らせを広めるのに役立ちそうです。")
    return say("これから整える活動なので、費用の面で役立ちそうです。")


def _gathers(text: TextReading) -> bool:
    return _GATHERS.search(surface(text.announced)) is not None


def _begins(text: TextReading) -> bool:
    return _BEGINS.search(surface(text.announced)) is not None
