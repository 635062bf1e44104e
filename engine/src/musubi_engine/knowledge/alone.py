"""Short words that name an activity where a line says nothing else: 「見守り」, 「町内で祭りをしたいです」.

In a longer text they are said of anything (見守りながら遊ばせます, 祭りの太鼓をゆずります), so they stand apart from the
words by which a recipe is found everywhere.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.cookbook import Recipe
from musubi_engine.text import fold

_CACHE: Final = 8192
_NO_LETTER: Final = re.compile(r"[\W_]+")
# Where it is, and how somebody says that it is wished for or done; with nothing else beside, the word is the matter.
_WHERE: Final = re.compile(r"(?:(?:この|うちの)?(?:地域|町内|ご?近所|地元|町|まち|みんな)(?:の|で|に|を)?)?")
# Endings stand behind a verb, but for the wish (見守りたい): who writes 「祭ります」 speaks of no festival.
_WISHED: Final = re.compile(
    r"(?:の?活動|の?行事|の会)?(?:を|が|も|に)?(?:また|もう1度|新しく|みんなで|一緒に)?"
    r"(?:(?:始め|はじめ|立ち上げ|復活させ|続け)(?:る|よう)|(?:開催|企画|計画|復活)?(?:する|しよう)|や(?:る|ろう)"
    r"|(?:開|ひら)(?:く|こう)|(?:作|つく)(?:る|ろう)|手伝(?:う|おう)"
    r"|(?:始め|はじめ|開き|開い|ひらき|開催し|企画し|計画し|作り|つくり|立ち上げ|復活させ|続け|手伝い|やり|し)"
    r"(?:たい|ます|ましょう|て(?:みたい|います|いる|ほしい))?|たい)?"
    r"(?:です|と(?:思います|思っています|考えています))?"
)


def said_alone(text: str, recipes: Iterable[Recipe]) -> dict[str, tuple[str, int]]:
    """By code of a recipe its word (folded) that is all a line of the text says, and where it begins in the folded text."""
    words = {fold(word): recipe.code for recipe in recipes for word in recipe.alone}
    found: dict[str, tuple[str, int]] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines):
        written = fold(line)
        known = _NO_LETTER.sub("", written)
        for word, code in words.items():
            if code not in found and word in known and _is_all(known, word):
                before = fold("\n".join(lines[:number]))
                start = len(before) + 1 if before else 0
                found[code] = (word, start + max(0, written.find(word)))
    return found


@lru_cache(maxsize=_CACHE)
def _is_all(line: str, word: str) -> bool:
    before, _, after = line.partition(word)
    return bool(_WHERE.fullmatch(before) and _WISHED.fullmatch(after))
