"""Caution: the text sells or advertises rather than offers.

Source: guideline of the judged collections: sales, general statements on CSR and helpers for
everything are second best at most, whatever words they use.
"""

import re

from musubi_engine.reading import surface
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, run_on, say

_SELLERS = frozenset({"company", "social_business", "individual"})
_SELLS = re.compile(
    r"(?:月額|定額|お得な|平日|基本|定期)プラン|パック|割引|%引|税込|税別|お?見積|ご?契約|月額|販売|即売|買い?取り?|買取"
    r"|キャンペーン|ご来店|受講料|月謝|円より|円から|円[~〜-]|無料セミナー|無料診断|リース|卸|コンサル|広告枠|入会金|会員登録"
    r"|新製品|モニター募集|手数料\d|個展プラン|商品のご案内|新商品|新発売|新作の|新メニュー|新装|(?:新規|グランド)オープン|[ご大]好評|大人気"
    r"|お試し(?:価格|セット|\d)|初回(?:限定|無料|[^、。]{0,3}[円割])|初月|半額|定額|査定|分譲(?:地|中)|内覧会|入居受付|会員制|[見読使み]放題"
    r"|配信サービス|サブスク|前売|通販|特典|[日間月]プラン|(?<!ケア)プラン(?:あり|有|\d)|料金表|宴会(?:コース|プラン)|経営のご提案|保険のご案内"
)
_GENERAL = re.compile(
    r"幅広い(?:分野|活動)|何でも(?:やり|お?手伝|相談|応援)|なんでも(?:やり|お?手伝|相談|応援)|理念|sdgs|持続可能な|貢献してまいり"
    r"|寄り添う(?:活動|企業)|パートナー募集|連携のご提案|あらゆる(?:分野|活動)|豊かな社会|笑顔を"
)


def value(pair: Pair, /) -> float:
    """The nearness when a seller's text sells, or somebody's says nothing in particular."""
    text = pair.given.text
    sells = pair.offer.actor_kind in _SELLERS and text.once(_sells)
    return pair.nearness if sells or text.once(_is_general) else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """What to ask about."""
    if pair.given.text.once(_sells):
        return run_on([say("商品やサービスの案内のように読めます。"), say("内容と費用を確かめてください。")])
    return run_on([say("内容が具体的に書かれていません。"), say("何ができるかを確かめてください。")])


def _sells(text: TextReading) -> bool:
    return _SELLS.search(surface(text.announced)) is not None


def _is_general(text: TextReading) -> bool:
    return _GENERAL.search(surface(text.announced)) is not None
