"""A change made visible word by word: what went is struck through, what came is underlined, and both are said."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WORDS = re.compile(r"[一-鿿々〆]+|[ぁ-ゖー]+|[ァ-ヺー]+|[A-Za-zＡ-Ｚａ-ｚ]+|[0-9０-９,.]+|\s|.", re.DOTALL)
ALIKE, ARROW = 0.3, "→"
"""Below this share of common words the two texts are shown one after the other."""


def marked(before: str, after: str) -> SafeString:
    """Both texts as one, with `<del>` and `<ins>` around what differs, and an arrow from one to the other."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _both(before, after)
    parts = [
        _lines("".join(old[a:b])) if kind == "equal" else _both("".join(old[a:b]), "".join(new[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


def _both(gone: str, come: str) -> SafeString:
    return format_html("{}{}{}", _gone(gone), ARROW if gone and come else "", _come(come))


def _gone(text: str) -> SafeString:
    return _said(SafeString("<del>{}</del>"), _("（削除："), text)


def _come(text: str) -> SafeString:
    return _said(SafeString("<ins>{}</ins>"), _("（追加："), text)


def _said(element: SafeString, before: str, text: str) -> SafeString:
    """The text in its element, and in words for who does not see how it is set."""
    if not text:
        return SafeString("")
    unseen = '<span class="visually-hidden">{}</span>'
    after = pgettext("the end of what is said in brackets", "）")
    return format_html(element, format_html(f"{unseen}{{}}{unseen}", before, _lines(text), after))


def _lines(text: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))
