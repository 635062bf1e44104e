"""Furigana in a page: `<ruby>` around the kanji of its text; where no element can stand, readings follow in brackets.

Taken out again (`without_ruby`) the page is what it was, byte for byte. A text may go through marks such as `<mark>` or a
heading's `<wbr>`: it is read as one and the marks stay where they are. Reading aids are for eyes: `rt` is hidden from
screen readers, which read the kanji themselves and would otherwise say everything twice (ADR 0012).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple, Protocol


class ReadPiece(Protocol):
    """Some letters and what is read over them."""

    @property
    def text(self) -> str: ...
    @property
    def reading(self) -> str: ...


Read = Callable[[str], Iterable[ReadPiece]]
"""A text without markup in pieces; joined they are the text."""

_MARKUP: Final = re.compile(
    r"""<!--.*?-->|<[!?][^>]*>|</?([a-zA-Z][^\s/>]*)(?:[^>"']+|"[^"]*"|'[^']*')*+>|&(?:\#?\w+);?""", re.DOTALL
)
_KANJI: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_RUBY: Final = re.compile(
    r'<ruby>((?:(?!</?r[ubpt]).)*)<rp>（</rp><rt aria-hidden="true">[^<]*</rt><rp>）</rp></ruby>', re.DOTALL
)
_JOINER: Final = "\u2060"
"""Of no width; between two of them stands the reading of an option or a name of a column."""
_BESIDE: Final = re.compile(f"{_JOINER}（[^{_JOINER}]*）{_JOINER}")
_OPTION: Final = re.compile(r"<option\s(?:[^>]*\s)?value\s*=", re.IGNORECASE)
_WORDS_IN_TAG: Final = re.compile(
    r"""(<(?:td|th|input|textarea|optgroup)\s(?:[^>]*\s)?(?:data-label|placeholder|label)=")([^"&]+)(?=")""",
    re.IGNORECASE,
)
_HOLDERS: Final = re.compile("</?read-as>")
_TAG: Final = re.compile(r"(<[^>]*>)")
_LIKE_TEXT: Final = re.compile("</?(?:mark|wbr)[ />]")
_ONE_WORD: Final = re.compile("<ruby>(?:(?!<ruby>).)*</ruby>", re.DOTALL)
HOLDER: Final = "read-as"
"""The element around a text with furigana: one of no meaning, that no style sheet speaks of."""
_FOREIGN: Final = re.compile(r"""\s(?:translate\s*=\s*["']?no\b|lang\s*=\s*["']?(?!ja\b)[a-zA-Z])""")
_RAW: Final = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"})
_LEFT_ALONE: Final = frozenset(
    {"select", "datalist", "option", "code", "pre", "ruby", "svg", "math", "kbd", "samp", "object"}
)
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_WITHIN_TEXT: Final = frozenset(
    ("mark", "wbr", "b", "strong", "em", "i", "u", "s", "small", "sub", "sup", "ins", "del")
)
_ENTITY: Final = "\ufffc"
"""Stands for `&amp;` and the like while a text is read; nothing is read over it."""
_KEPT: Final = 4096
_KEPT_LENGTH: Final = 1000


def without_ruby(page: str) -> str:
    """The page before its furigana."""
    return _BESIDE.sub("", _RUBY.sub(r"\1", _HOLDERS.sub("", page)))


def _over(base: str, reading: str) -> str:
    return f'<ruby>{base}<rp>（</rp><rt aria-hidden="true">{reading}</rt><rp>）</rp></ruby>'


def _behind(base: str, reading: str) -> str:
    return f"{base}{_JOINER}（{reading}）{_JOINER}"


class Furigana:
    """Puts furigana on pages by one way of reading; keeps the last few thousand short texts."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._plain = lru_cache(maxsize=_KEPT)(self._read_plain)
        self._marked = lru_cache(maxsize=_KEPT)(self._read_marked)
        self.beside = lru_cache(maxsize=_KEPT)(self._read_beside)

    def on(self, page: str) -> str:
        """The page with furigana."""
        return _Walk(self, page).written() if _KANJI.search(page) else page

    def over_text(self, text: str) -> str:
        """Text without any markup."""
        core = text.strip()
        if not _KANJI.search(core):
            return text
        ruby = self._plain(core) if len(core) <= _KEPT_LENGTH else self._read_plain(core)
        return text if ruby == core else text.replace(core, ruby, 1)

    def over_marked(self, parts: list["_Part"]) -> str:
        """A text that goes through marks and entities: read as one, each mark where it was."""
        text = "".join(part.text for part in parts)
        if not _KANJI.search(text):
            return "".join(part.raw for part in parts)
        if sum(len(part.raw) for part in parts) <= _KEPT_LENGTH:
            return self._marked(tuple(parts))
        return self._read_marked(parts)

    def _read_marked(self, parts: Sequence["_Part"]) -> str:
        text = "".join(part.text for part in parts)
        written: list[str] = []
        line = _Line(parts)
        for piece in self._read(text):
            if not piece.reading or _ENTITY in piece.text:
                written += _TAG.split(line.next(len(piece.text)))
                continue
            before = line.before()
            within = line.next(len(piece.text))
            if within == piece.text:
                written += [*_TAG.split(before), _over(within, piece.reading)]
            else:
                written += self._over_cut(piece, before, within, line.before())
        return _held_together([*written, *_TAG.split(line.before())])

    def _over_cut(self, piece: ReadPiece, before: str, within: str, behind: str) -> list[str]:
        """A word with marks inside it: they go into the ruby whole, or each of their pieces is read, or nothing is."""
        for outside, inside, outside_behind in (
            (before, within, behind),
            ("", before + within, behind),
            (before, within + behind, ""),
            ("", before + within + behind, ""),
        ):
            if _is_balanced(inside):
                ruby = _over(inside, piece.reading)
                return [*_TAG.split(outside), ruby, *_TAG.split(outside_behind)]
        return [*_TAG.split(before), *self._over_pieces(piece, within), *_TAG.split(behind)]

    def _over_pieces(self, piece: ReadPiece, within: str) -> list[str]:
        pieces = _TAG.split(within)
        heard = [[*self._read(part)] if part and not part.startswith("<") else [] for part in pieces]
        said = "".join(some.reading or some.text for part in heard for some in part)
        if said != piece.reading:
            return pieces
        return [_written(found) if found else part for part, found in zip(pieces, heard, strict=True)]

    def _read_plain(self, text: str) -> str:
        return _held_together([_written(self._read(text))])

    def _read_beside(self, text: str) -> str:
        """Text where no element can stand: each word with its reading behind it."""
        if not _KANJI.search(text):
            return text
        return "".join(
            _behind(piece.text, piece.reading) if piece.reading else piece.text for piece in self._read(text)
        )


def _written(pieces: Iterable[ReadPiece]) -> str:
    return "".join(_over(piece.text, piece.reading) if piece.reading else piece.text for piece in pieces)


def _held_together(written: list[str]) -> str:
    """Texts and the tags between them, each text with several words in one element.

    In a flex box every `<ruby>` would be an item of its own: a button's label would be torn apart. Where only `<mark>` and `<wbr>`
    run through the text it is one all the same; `<strong>` and the like are items anyway.
    """
    whole = "".join(written)
    if all(_LIKE_TEXT.match(part) for part in written if _is_tag(part)) and _is_balanced(whole):
        return _in_one(whole)
    return "".join(
        "".join(parts) if are_tags else _in_one("".join(parts))
        for are_tags, parts in groupby(written, key=_is_tag)
    )


def _is_tag(part: str) -> bool:
    return part.startswith("<") and not part.startswith("<ruby>")


def _in_one(text: str) -> str:
    return text if "<ruby>" not in text or _ONE_WORD.fullmatch(text) else f"<{HOLDER}>{text}</{HOLDER}>"


class _Part(NamedTuple):
    """Text (`raw` is the same), an entity (`text` is a stand-in), or a mark (no text)."""

    raw: str
    text: str


class _Line:
    """Gives out a marked text by its letters, the marks with them."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self._parts = parts
        self._at = 0  # part
        self._within = 0  # letter of it

    def before(self) -> str:
        """The marks that stand before the next letter."""
        out = []
        while self._at < len(self._parts) and self._within == len(self._parts[self._at].text):
            out.append("" if self._parts[self._at].text else self._parts[self._at].raw)
            self._at, self._within = self._at + 1, 0
        return "".join(out)

    def next(self, letters: int) -> str:
        """So many letters, with the marks before and between them."""
        out = []
        while letters:
            out.append(self.before())
            part = self._parts[self._at]
            taken = part.text[self._within : self._within + letters]
            out.append(taken if part.raw == part.text else part.raw)
            self._within += len(taken)
            letters -= len(taken)
        return "".join(out)


class _Walk:
    """Once through a page: text is gathered until markup ends it, and written with furigana."""

    def __init__(self, furigana: Furigana, page: str) -> None:
        self._furigana = furigana
        self._page = page
        self._out: list[str] = []
        self._parts: list[_Part] = []
        self._left_alone = ""  # the element within which nothing is read,
        self._in_option = False  # but for options, whose value is not their text
        self._depth = 0

    def written(self) -> str:
        at = 0
        found = _MARKUP.search(self._page)
        while found:
            self._text(self._page[at : found.start()])
            at = found.end()
            markup, name = found.group(), (found[1] or "").lower()
            if markup[0] == "&":
                self._take(_Part(markup, _ENTITY))
            elif name in _WITHIN_TEXT and not self._left_alone and not _FOREIGN.search(markup):
                self._take(_Part(markup, ""))
            else:
                self._end_text()
                self._in_option = self._left_alone == "select" and bool(_OPTION.match(markup))
                self._out.append(self._with_words_read(markup))
                at = self._passed(markup, name, at)
            found = _MARKUP.search(self._page, at)
        self._text(self._page[at:])
        self._end_text()
        return "".join(self._out)

    def _text(self, text: str) -> None:
        if text:
            self._take(_Part(text, text))

    def _take(self, part: _Part) -> None:
        if self._left_alone:
            is_plain, self._in_option = self._in_option and part.raw == part.text, False
            self._out.append(self._furigana.beside(part.raw) if is_plain else part.raw)
        else:
            self._parts.append(part)

    def _with_words_read(self, markup: str) -> str:
        """A tag with the words that it shows itself."""
        if self._left_alone not in {"", "select"} or _FOREIGN.search(markup):
            return markup
        return _WORDS_IN_TAG.sub(lambda found: found[1] + self._furigana.beside(found[2]), markup)

    def _end_text(self) -> None:
        parts, self._parts = self._parts, []
        if len(parts) == 1:
            only = parts[0]
            self._out.append(self._furigana.over_text(only.raw) if only.text == only.raw else only.raw)
        elif parts:
            self._out.append(self._furigana.over_marked(parts))

    def _passed(self, markup: str, name: str, at: int) -> int:
        """Where to read on after a tag: behind what is no HTML inside (scripts), else right behind the tag."""
        is_closing = markup.startswith("</")
        if self._left_alone:
            if name == self._left_alone and not markup.endswith("/>"):
                self._depth += -1 if is_closing else 1
                self._left_alone = self._left_alone if self._depth else ""
        elif not is_closing and name in _RAW:
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._page, at)
            self._out.append(self._page[at : end.start() if end else len(self._page)])
            return end.start() if end else len(self._page)
        elif not (is_closing or markup.endswith("/>")) and _is_left_alone(name, markup):
            self._left_alone, self._depth = name, 1
        return at


def _is_left_alone(name: str, markup: str) -> bool:
    return name in _LEFT_ALONE or (name not in _VOID and bool(_FOREIGN.search(markup)))


def _is_balanced(markup: str) -> bool:
    """Whether every tag that is opened in it is closed in it."""
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-zA-Z]+)[^>]*>", markup):
        if name in _VOID:
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags
