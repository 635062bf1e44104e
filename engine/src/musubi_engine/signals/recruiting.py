"""Caution: the offer looks for participants, members or pupils of its own.

Source: guideline of the judged collections: a notice that only recruits gives nothing.
"""

import re

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, run_on, say

_RECRUITS = re.compile(
    r"(?:団員|会員|ランナー|出場者|観覧者|出店者|生徒|受講生|受講者|参加者|利用者|入居者|出店団体|参加団体|出演者|実行委員|里親さん?|モニター|選手"
    r"|部員|塾生|園児|アルバイト|聴講者|来場者|加盟店|参加校|研修生|隊員|協力団体|植え先)(?:を|の|も|が|、|\d+名|\d+人){0,2}[^。、]{0,8}(?:大?募集|急募|受付中)"
    r"|参加(?:者)?募集|入会(?:金|者|募集|できます|受付)|無料体験(?:授業|レッスン|会)?|受講料|月謝|団費|抽選申込"
    r"|参加費(?:あり|は?[\d一二三四五六七八九千万])"
)


def value(pair: Pair, /) -> float:
    """The nearness when the text recruits for itself."""
    return pair.nearness if pair.given.text.once(_recruits) else 0.0


def sentence(_pair: Pair, /) -> Sentence:
    """What it seems to be."""
    return run_on(
        [
            say("参加者や会員を募るお知らせのように読めます。"),
            say("提供の内容を確かめてください。"),
        ]
    )


def _recruits(text: TextReading) -> bool:
    return _RECRUITS.search(surface(text.announced)) is not None
