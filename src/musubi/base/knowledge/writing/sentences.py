"""How it is said: sentences that are too long, negations of negations, too many kanji."""

import re
from collections.abc import Iterator
from typing import Final

from .kinds import Rule
from .saying import Advice

LONGEST_SENTENCE: Final = 90
HEAD: Final = 18
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+")
_MARKS: Final = re.compile(r"^[\s　#>*・●○■□◆◇-]+|\|")
_SPACES: Final = re.compile(r"[\s　]+")

_NOT: Final = "(?:ない|ません|ありません|ず)"
_CANNOT: Final = "(?:できない|できません|[らえけせてねべめれげ]れ?(?:ない|ません)|お断り)"
_DOUBLE: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"でき(?:ない(?:こと|わけ)(?:は|も|では)?|なく[はも])(?:ない|ありません)", "できます"),
        (r"[ぁ-ん一-鿿]ない(?:こと|わけ|はず|とき|日)(?:は|も|が|では|じゃ)?(?:ない|ありません|なく)", ""),
        (r"[ぁ-ん]なく[はも](?:ない|ありません)", ""),
        (r"ない(?:とは|とも)(?:限ら|かぎら|言え|いえ|言い切れ|言いきれ)(?:ない|ません)", "ことがあります"),
        (r"[ぁ-ん一-鿿](?:ず|ない)には?(?:いられ|おけ|済ま|すま)(?:ない|ません)", ""),
        (r"ざるを[得え](?:ない|ません)", "するしかありません"),
        (rf"なし(?:に|で)は[^。、\n]{{1,12}}?{_CANNOT}", "があれば、できます"),
        (rf"以外(?:の[一-鿿ぁ-んァ-ヺー]{{1,6}}?)?(?:は|には)[^。、\n]{{0,10}}?{_CANNOT}", "だけ、できます"),
        (rf"でなければ[^。、\n]{{0,10}}?{_CANNOT}", "だけ、できます"),
    )
)
# 「忘れ物がないことはない」 speaks of one thing only; 「少なくない」 is a word of its own.
_NO_DOUBLE: Final = re.compile("少なく|なければ(?:なり|いけ)")

MUCH_KANJI: Final = 0.6
LEAST_LETTERS: Final = 60
_KANJI: Final = re.compile("[一-鿿々]")
_LETTER: Final = re.compile("[一-鿿々ぁ-んァ-ヺ]")


def find_long_sentences(text: str) -> Iterator[Advice]:
    for found in _SENTENCE.finditer(text):
        bare = _SPACES.sub("", _MARKS.sub("", found[0]))
        if len(bare) > LONGEST_SENTENCE and "|" not in found[0]:
            yield Advice(Rule.LONG_SENTENCE, found.start(), f"{bare[:HEAD]}…", letters=len(bare))


def find_double_negatives(text: str) -> Iterator[Advice]:
    ends = 0
    hits = sorted(
        (found.start(), found.end(), found[0], instead)
        for pattern, instead in _DOUBLE
        for found in pattern.finditer(text)
        if not _NO_DOUBLE.search(found[0])
    )
    for start, end, place, instead in hits:
        if start >= ends:
            ends = end
            yield Advice(Rule.DOUBLE_NEGATIVE, start, place, instead)


def find_much_kanji(text: str) -> Iterator[Advice]:
    """One advice over the whole text, if it is long enough to be read through."""
    letters = len(_LETTER.findall(text))
    if letters >= LEAST_LETTERS and len(_KANJI.findall(text)) > MUCH_KANJI * letters:
        yield Advice(Rule.KANJI_SHARE, 0)
