"""What a need's own words say of the occasion: children, food, political or religious use.

Word lists from how Japanese groups announce themselves; a coordinator reads the same
words before asking a landlord. Negations that groups write to reassure are taken back.
"""

import re
from functools import lru_cache

from musubi_engine.types import Listing

_CHILDREN = re.compile(
    r"子ども|こども|子供|コドモ|お子さん|子連れ|子育て|親子|児童|園児|幼児|乳児|乳幼児|赤ちゃん|ベビー|キッズ|ジュニア"
    r"|小学|中学|小中|小・中|学童|生徒|少年|少女|きょうだい児|駄菓子|多世代|三世代|家族連れ|親の会|父の会|父親|母親|母子|パパ|ママ"
    r"|保育|幼稚園|障がいのある人もない人も|障害のある人もない人も|誰でも参加|だれでも参加|どなたでも|老若男女"
)
_FOOD = re.compile(
    r"食堂|炊き出し|炊出し|調理|料理|クッキング|菓子|おやつ|カフェ|喫茶|茶話会|お茶(?!代)|食事|会食|共食|配食|弁当|昼食|夕食|朝食"
    r"|ランチ|パントリー|フードバンク|食料|食品|食材|餅つき|もちつき|芋煮|豚汁|バーベキュー|パン作り|そば打ち|懇親会|飲食"
)
_FOOD_DENIED = re.compile(
    r"(?:飲食|食事|調理)[はをもの]{0,2}(?:しません|致しません|いたしません|ありません|なし|無し|ない|不要|行いません)"
)
_POLITICAL = re.compile(
    r"市政報告|県政報告|国政報告|議会報告|選挙|後援会|政党|政治|議員|党員|宗教|布教|礼拝|法要|伝道|信仰|教団"
)
_POLITICAL_DENIED = re.compile(
    r"(?:政治|宗教)[^。]{0,16}(?:関係(?:は|が)?(?:ありません|ない|無い|しない|しません)|ではありません|ではない|無関係|行いません|いたしません|しません|中立)"
)


@lru_cache(maxsize=4096)
def _says(pattern: re.Pattern[str], denied: re.Pattern[str] | None, title: str, body: str) -> bool:
    text = f"{title}\n{body}"
    if denied is not None:
        text = denied.sub("", text)
    return pattern.search(text) is not None


def has_children(listing: Listing) -> bool:
    """Whether children take part."""
    return _says(_CHILDREN, None, listing.title, listing.body)


def has_food(listing: Listing) -> bool:
    """Whether cooking, eating or handling food belongs to it."""
    return _says(_FOOD, _FOOD_DENIED, listing.title, listing.body)


def is_political_or_religious(listing: Listing) -> bool:
    """Whether it is a political or religious use."""
    return _says(_POLITICAL, _POLITICAL_DENIED, listing.title, listing.body)
