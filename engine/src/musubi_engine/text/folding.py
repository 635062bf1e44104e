"""Three depths of folding: one shape per letter, one spelling per word, one name per thing."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from musubi_engine.text.characters import KATAKANA_TO_HIRAGANA, SHAPES
from musubi_engine.text.numerals import number_of, spell_numbers
from musubi_engine.text.same_thing import SAME_THING
from musubi_engine.text.spellings import SPELLINGS
from musubi_engine.text.variant import Variant

# What stands before is looked at last: a search by the letter itself goes through a text many times as fast.
_DASH_IN_KATAKANA = re.compile(r"[-‐‒–—―─−](?<=[ァ-ヺー].)(?=[ァ-ヺ])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMERAL = re.compile(r"[\d〇一二三四五六七八九十百千万]")
_SHAPED = frozenset(map(chr, SHAPES))

_LAST_LONG_MARK = re.compile(r"ー(?<=[ァ-ヺー]{3}ー)(?![ァ-ヺー])")
_SMALL_KE_COUNTER = re.compile(r"(?<=\d)[ヶケヵカか箇個](?=[月所国年条村])")
_SMALL_KE = re.compile(r"ケ(?<=[一-鿿]ケ)(?=[一-鿿])|ヶ")
_SMALL_VOWELS = str.maketrans({"ぁ": "あ", "ぃ": "い", "ぅ": "う", "ぇ": "え", "ぉ": "お"})
_HIRAGANA = {
    code: chr(kana).translate(_SMALL_VOWELS) for code, kana in KATAKANA_TO_HIRAGANA.items()
} | _SMALL_VOWELS

_YEARS_OLD = re.compile(r"(?<=\d)才")

_LATIN = re.compile("[a-z0-9]")

_NUMBERED = re.compile(r"第([〇一二三四五六七八九十]{1,3})|([〇一二三四五六七八九十]{1,3})(?=丁目|番地)")


def _shape(text: str) -> str:
    """Katakana still told apart, because the spelling rules need to see it."""
    text = unicodedata.normalize("NFKC", text).casefold()
    # A pattern of so many letters takes six times as long.
    if not _SHAPED.isdisjoint(text):
        text = text.translate(SHAPES)
    text = _DASH_IN_KATAKANA.sub("ー", text)
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return " ".join(text.split())


def normalise(text: str) -> str:
    """One shape per letter: width, case, old kanji, katakana as hiragana, spaces, 10,000 as 10000."""
    return _shape(text).translate(KATAKANA_TO_HIRAGANA)


def _arabic(match: re.Match[str]) -> str:
    numeral = match[1] or match[2]
    number = number_of(numeral)
    return f"{'第' if match[1] else ''}{numeral if number is None else number}"


class _Replacer:
    """All forms of a table in one pass, the longest first; what was put in is not read again."""

    def __init__(self, variants: Iterable[Variant], prepare: Callable[[str], str]) -> None:
        self.targets: dict[str, str] = {}
        unless: dict[str, str] = {}
        for variant in variants:
            canonical = prepare(variant.canonical)
            for written in variant.forms.split():
                form = prepare(written)
                if self.targets.setdefault(form, canonical) != canonical:
                    message = f"{written} is a form of both {self.targets[form]} and {canonical}"
                    raise ValueError(message)
                unless[form] = prepare(variant.unless_before)
            # The canonical word itself is matched too, so that a form inside it is left alone.
            self.targets.setdefault(canonical, canonical)
        latin = {form for form in self.targets if form[0].isascii()}
        self.latin = _alternatives(latin, unless)
        self.japanese = _alternatives(self.targets.keys() - latin, unless)

    def __call__(self, text: str) -> str:
        if _LATIN.search(text):
            text = self.latin.sub(self._target, text)
        return self.japanese.sub(self._target, text)

    def _target(self, match: re.Match[str]) -> str:
        return self.targets[match[0]]


def _alternatives(forms: Iterable[str], unless: Mapping[str, str]) -> re.Pattern[str]:
    """The longest form that fits, sorted under its first character because that is searched fastest.

    pc is no part of pcr: a Latin form stands alone or beside Japanese.
    """
    by_first: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        rest = re.escape(form[1:])
        if form[-1].isascii():
            rest += r"(?![a-z0-9])"
        if unless.get(form):
            rest += f"(?!{unless[form]})"
        by_first.setdefault(form[0], []).append(rest)
    return re.compile(
        "|".join(
            (r"(?<![a-z0-9])" if first.isascii() else "") + re.escape(first) + f"(?:{'|'.join(rests)})"
            for first, rests in by_first.items()
        )
    )


def _spell_numbers(text: str) -> str:
    """What one rule writes may be what another reads (第二/2 is 第2/2), so they go round until nothing changes.

    It ends, because each change leaves fewer kanji numerals, commas, strokes or zeros than before.
    """
    while True:
        spelt = _NUMBERED.sub(_arabic, spell_numbers(_THOUSANDS.sub("", text)))
        if spelt == text:
            return text
        text = spelt


def _spell_by_rule(shaped: str) -> str:
    text = shaped
    if _NUMERAL.search(text):
        text = _SMALL_KE_COUNTER.sub("か", _spell_numbers(text))
        text = _YEARS_OLD.sub("歳", text)
    text = _SMALL_KE.sub("が", text)
    text = _LAST_LONG_MARK.sub("", text).translate(_HIRAGANA)
    if "ゔ" in text:
        for before, after in (("ゔあ", "ば"), ("ゔい", "び"), ("ゔえ", "べ"), ("ゔお", "ぼ"), ("ゔ", "ぶ")):
            text = text.replace(before, after)
    return text


def _by_rule(text: str) -> str:
    return _spell_by_rule(_shape(text))


_spell = _Replacer(SPELLINGS, _by_rule)


def fold(text: str) -> str:
    """One spelling per word: こども, 子ども and 子供 fold to the same string, as do 茅ヶ崎 and 茅ケ崎.

    Idempotent for words as people write them. Names of different things stay different (町内会 and 自治会 do; see `unify`).
    """
    return _spell(_by_rule(text))


_unify = _Replacer(SAME_THING, fold)


@lru_cache(maxsize=32)  # a text is folded for its terms and again for its phrases
def written_and_unified(text: str) -> tuple[str, str]:
    """`normalise` and `unify` in one go, for those who index many texts."""
    shaped = _shape(text)
    return shaped.translate(KATAKANA_TO_HIRAGANA), _unify(_spell(_spell_by_rule(shaped)))


def unify(text: str) -> str:
    """One name per thing, for searching only: `fold`, then 自治会 and 町会 as 町内会, スマートフォン as スマホ."""
    return _unify(fold(text))
