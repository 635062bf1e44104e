"""Words for a picture that say nothing: 「写真」, 「image1.jpg」, 「活動の様子」, the title once more."""

import re
from collections.abc import Iterator
from typing import Final

from .kinds import Rule
from .saying import Advice

EXAMPLE: Final = "公園で、いすを運ぶ人たち"
_PUNCTUATION: Final = re.compile(r"[\s　。、．，・「」『』（）()!！]+")
_NOTHING: Final = re.compile(
    r"(?:(?:活動|当日|会|イベント|行事|会場|作業|その時|祭り|みんな)(?:中)?の?)?"
    r"(?:写真|画像|図|絵|イメージ|様子|ようす|風景|記念写真|集合写真|スナップ|photo|image|picture|img)"
    r"(?:です)?(?:その)?[0-9０-９①-⑳一二三四五六]*",
    re.IGNORECASE,
)
_FILE: Final = re.compile(
    r".*\.(?:jpe?g|png|gif|heic|webp|tiff?)|(?:img|dsc[nf]?|p|image|photo|mvimg|pxl|line)[_-]?\d{2,}.*",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[0-9０-９_\-]+")


def find_empty_words(text: str, title: str) -> Iterator[Advice]:
    """At most one advice: says nothing at all, or only what the page's title says."""
    bare = _PUNCTUATION.sub("", text)
    if not bare:
        return
    if _NOTHING.fullmatch(bare) or _FILE.fullmatch(text.strip()) or _NUMBER.fullmatch(bare):
        yield Advice(Rule.PICTURE_EMPTY, 0, text.strip(), EXAMPLE)
    elif title and bare == _PUNCTUATION.sub("", title):
        yield Advice(Rule.PICTURE_TITLE, 0, text.strip(), EXAMPLE)
