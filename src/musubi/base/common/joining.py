"""How things said together are joined in the reader's language: 「A、B」 is "A, B".

Whoever joins words in code or in a template does it here (templates: `{% load joining %}`); a test finds a Japanese sign
that stands anywhere else outside a message.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import pgettext


def comma() -> str:
    """「、」 between the things of a list."""
    return pgettext("between the things of a list", "、")


def colon() -> str:
    """「：」 between a label and what it says."""
    return pgettext("between a label and what it says", "：")


def listed(parts: Iterable[object]) -> str:
    """「A、B、C」: facts side by side. Empty parts are left out."""
    return comma().join(_words(parts))


def all_of(parts: Iterable[object]) -> str:
    """「A、B、C」 inside a sentence: "A, B and C"."""
    *before, last = _words(parts) or [""]
    if not before:
        return last
    return pgettext("the end of a list in a sentence", "%(before)s、%(last)s") % {
        "before": comma().join(before),
        "last": last,
    }


def dotted(parts: Iterable[object]) -> str:
    """「土・日」: short words of one kind."""
    *before, last = _words(parts) or [""]
    if not before:
        return last
    return pgettext("the end of a list of short words", "%(before)s・%(last)s") % {
        "before": pgettext("between short words of one kind", "・").join(before),
        "last": last,
    }


def apart(parts: Iterable[object]) -> str:
    """「A／B」: things that hold commas themselves."""
    return pgettext("between things that hold commas themselves", "／").join(_words(parts))


def quoted(names: Iterable[object]) -> str:
    """「A」「B」: names, each in its marks."""
    inside = pgettext("between names in quotation marks", "」「").join(_words(names))
    return pgettext("names in quotation marks", "「%(names)s」") % {"names": inside}


def sentences(parts: Iterable[object]) -> str:
    """A paragraph of sentences that are given without their full stop."""
    ended = [pgettext("a sentence and its end", "%(words)s。") % {"words": words} for words in _words(parts)]
    return run_on(ended)


def run_on(parts: Iterable[object]) -> str:
    """Whole sentences one after another: a space between them where the language wants one."""
    said = ""
    for words in _words(parts):
        said = (
            pgettext("one sentence after another", "%(before)s%(next)s") % {"before": said, "next": words}
            if said
            else words
        )
    return said


def labelled(label: object, text: object) -> str:
    """「会場：みなと町集会所」."""
    return f"{label}{colon()}{text}"


def aside(*parts: object) -> str:
    """「（会社、川辺町）」, to stand behind a name; nothing where there is nothing to say."""
    words = listed(parts)
    return pgettext("in brackets behind a name", "（%(words)s）") % {"words": words} if words else ""


def bracketed(name: object, *parts: object) -> str:
    """「浜商店会（商店街）」."""
    return f"{name}{aside(*parts)}"


def spread(first: object, last: object) -> str:
    """「10時〜12時」; 「10時〜」 and 「〜12時」 where one end is open; one where both are the same."""
    begin, end = ("" if each is None else str(each) for each in (first, last))
    if begin == end:
        return begin
    if not end:
        return pgettext("a range without an end", "%(first)s〜") % {"first": begin}
    if not begin:
        return pgettext("a range without a beginning", "〜%(last)s") % {"last": end}
    return pgettext("a range", "%(first)s〜%(last)s") % {"first": begin, "last": end}


def bullet(line: object) -> str:
    """「・11月20日(金) 13:30」: one line of a list in a message of plain text."""
    return pgettext("one line of a list in a mail", "・%(line)s") % {"line": line}


def with_unit(number: Decimal | int | str, unit: str) -> str:
    """「120人」 with a unit in somebody's own words."""
    if not unit or unit == "%":
        return f"{number}{unit}"
    return pgettext("a number and its unit", "%(number)s%(unit)s") % {"number": number, "unit": unit}


def _words(parts: Iterable[object]) -> list[str]:
    return [str(part) for part in parts if part not in (None, "")]
