"""The Japanese fonts that paper is set in, and which characters they have.

A character that no font has would be an empty box, or in a tagged PDF no document at all. What an office calls
外字 is printed as 〓, the mark that printers have always used for a missing type, and told about on the sheet.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from musubi.base.common.joining import listed

PACKAGE = "fonts-morisawa-bizud-gothic"
"""Debian's package of BIZ UDGothic: made for readers with weak eyes, open (OFL), 18 MB."""

TEXT = ("BIZ UDPGothic", "Noto Sans CJK JP", "IPAexGothic")
"""One of these carries the text; the first that is there."""
RARE = ("Noto Sans CJK JP", "IPAmjMincho")
"""Asked for what the first does not have, such as 𠮷 (土の吉) in a name; used where they are installed."""

MISSING_TYPE = "〓"
LONGEST_LIST = 12
_OTHER_MEANING = ("<super>", "<sub>", "<fraction>")  # 10⁵ is not 105
_EMOJI = range(0x1F000, 0x1FB00)


class FontMissing(Exception):
    """None of the fonts is installed."""


@dataclass(frozen=True)
class Fonts:
    """What was found: `families` in the order in which typst asks them; characters and variants they have."""

    found: typst.Fonts
    families: tuple[str, ...]
    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]


@dataclass
class Fitting:
    """Makes texts printable and remembers what could not be printed."""

    fonts: Fonts
    missing: set[str] = field(default_factory=set)

    def fit(self, value: object) -> object:
        """The same value with every text in it made printable; the keys of dictionaries are ours."""
        if isinstance(value, str):
            return self.text(str(value))
        if isinstance(value, dict):
            return {key: self.fit(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [self.fit(part) for part in value]
        return value

    def text(self, text: str) -> str:
        """Only characters that a font has, each as it was written where that is possible; never nothing for something."""
        printable = "".join(self._printable(text.replace("\r\n", "\n").replace("\r", "\n")))
        return printable if printable.strip() or not text.strip() else MISSING_TYPE

    def _printable(self, text: str) -> Iterator[str]:
        base = 0
        for char in text:
            code, kind = ord(char), unicodedata.category(char)
            if _is_variant(code):
                if (base, code) in self.fonts.variants:
                    yield char
            elif char in "\n\u2028\u2029":
                yield "\n"
            elif kind == "Zs" or char == "\t":
                yield char if char == "\u3000" else " "
            elif kind in {"Cc", "Cf"} or code in _EMOJI:
                pass  # neither invisible marks that turn a line round, nor pictures that a black font has not
            elif code in self.fonts.characters:
                yield char
            else:
                yield self._instead(char)
            base = code

    def _instead(self, char: str) -> str:
        simple = unicodedata.normalize("NFKC", char)
        changes = unicodedata.decomposition(char).startswith(_OTHER_MEANING)
        if simple != char and not changes and all(ord(part) in self.fonts.characters for part in simple):
            return simple
        if unicodedata.category(char)[0] == "M":
            return ""
        self.missing.add(char)
        return MISSING_TYPE

    @property
    def missing_codes(self) -> str:
        """「U+20BB7、U+E000」: what was printed as 〓, as an office would look it up."""
        codes = [f"U+{ord(char):04X}" for char in sorted(self.missing)]
        return listed(codes[:LONGEST_LIST]) + ("…" if len(codes) > LONGEST_LIST else "")


def fonts() -> Fonts:
    """The installed fonts, looked for in `MUSUBI_FONTS` or in the system's folders; FontMissing without any.

    What was found is remembered; what was not found is looked for again, so that installing it is enough.
    """
    return _find(str(settings.FONTS or ""))


@lru_cache(maxsize=4)
def _find(folder: str) -> Fonts:
    found = typst.Fonts(
        include_system_fonts=not folder,
        include_embedded_fonts=False,
        font_paths=[folder] if folder else [],
    )
    there = set(found.families())
    first = next((family for family in TEXT if family in there), None)
    if first is None:
        raise FontMissing
    families = (first, *(family for family in RARE if family in there and family != first))
    characters: set[int] = set()
    variants: set[tuple[int, int]] = set()
    for family in families:
        weights = [_has(info.path, info.index) for info in found.fonts() if info.family == family]
        characters |= set.intersection(*(has for has, _variants in weights))
        variants |= set.intersection(*(has for _characters, has in weights))
    return Fonts(found, families, frozenset(characters), frozenset(variants))


def _has(path: str | None, index: int) -> tuple[set[int], set[tuple[int, int]]]:
    """The characters of one font file, and the pairs of character and variation selector."""
    assert path is not None, "fonts inside typst are left out"
    with TTFont(path, fontNumber=index, lazy=True) as font:
        variants = {
            (base, selector)
            for table in font["cmap"].tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for base, _glyph in pairs
        }
        return set(font.getBestCmap()), variants


def _is_variant(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
