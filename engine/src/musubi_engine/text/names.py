"""Whether words may name a person: for those who keep words and must not keep people.

By the dictionary of the extra `words`, which marks family and given names. It errs towards names: a wrong
"yes" loses a word, a wrong "no" keeps a person.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

from musubi_engine.text.characters import KATAKANA_TO_HIRAGANA
from musubi_engine.text.sudachi import Part, parts_of

_TO_KATAKANA: Final = {hiragana: katakana for katakana, hiragana in KATAKANA_TO_HIRAGANA.items()}
_KANA: Final = re.compile("[ぁ-ゖァ-ヺー]+")
_LATIN: Final = re.compile(r"(?<![a-z0-9])[a-z]{2,}(?![a-z0-9])")
_BY_SYLLABLE: Final = re.compile(
    "(?:(?:kk?|ss?|tt?|cc?h|tch|sh|ts|n|h|f|m|r|g|z|j|d|b|pp?|w|y)?y?[aiueo]|[nm](?![aiueoy])|[aiueo]h)+"
)
_SYLLABLES_AT_LEAST: Final = 4  # letters: mao, ken are too short to be told from pc, npo
_FULL_NAME_IN_KANA: Final = re.compile("[ァ-ヺー]{2,6}[ ・][ァ-ヺー]{2,6}")
_FULL_NAME: Final = re.compile(r"[a-z]{2,}[ .,・][a-z]{2,}(?:[ .,・][a-z]{2,})?")
_TITLES: Final = frozenset({"さん", "さま", "様", "氏", "先生", "くん", "君", "ちゃん", "殿", "夫妻"})
_PERSON: Final = ("名詞", "固有名詞", "人名")
_PROPER: Final = ("名詞", "固有名詞")


def may_name_person(text: str) -> bool:
    """Whether the dictionary sees a personal name, or a title behind what may be one.

    Hiragana is read as katakana too (やまだたろう), two words in kana in both (ヤマザキ ソウタ). Latin words that
    have only Japanese syllables count as names where the dictionary knows nothing else (yamada), and two or three
    of them unless it knows them all. Raises RuntimeError where the extra `words` is not installed (`words_installed`).
    """
    known = unicodedata.normalize("NFKC", text).casefold()
    return _is_named(known) or _is_named_by_sound(known) or _is_named_in_latin(known)


def _is_named(text: str) -> bool:
    parts = parts_of(text)
    return any(part.speech[:3] == _PERSON for part in parts) or any(
        after.surface in _TITLES and _says_nothing(part) for part, after in pairwise(parts)
    )


def _is_named_by_sound(text: str) -> bool:
    tables = [_TO_KATAKANA]
    if _FULL_NAME_IN_KANA.fullmatch(text):
        tables.append(KATAKANA_TO_HIRAGANA)
    return any(
        part.speech[:3] == _PERSON
        for word in _KANA.findall(text)
        for table in tables
        for part in parts_of(word.translate(table))
    )


def _is_named_in_latin(text: str) -> bool:
    new = [word for word in _LATIN.findall(text) if any(_says_nothing(part) for part in parts_of(word))]
    if _FULL_NAME.fullmatch(text):
        return bool(new)
    return any(len(word) >= _SYLLABLES_AT_LEAST and _BY_SYLLABLE.fullmatch(word) for word in new)


def _says_nothing(part: Part) -> bool:
    return part.is_new or part.speech[:2] == _PROPER
