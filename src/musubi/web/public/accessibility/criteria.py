"""What was found for each criterion, and how: the one source of the page 「ウェブアクセシビリティ」 and of docs/accessibility.md.

A result is what the tests and the checks by hand named beside it have shown, nothing more. Where something is missing it is
「部分」, and the note says what. Whoever changes a page and breaks a test changes the result here, or mends the page.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .names import NAMES

POLICY_ON = dt.date(2026, 11, 30)
TESTED_ON = dt.date(2026, 11, 30)
MEETS, ABSENT, PARTLY = "meets", "absent", "partly"
RESULTS = {MEETS: _("適合"), ABSENT: _("該当なし"), PARTLY: _("部分")}
AXE, HAND = "axe", "hand"

KEYS = "tests/web/access/test_keyboard.py"
TREE = "tests/web/access/test_tree.py"
READ = "tests/web/access/test_reading.py"
MADE = "tests/web/access/test_forms.py"
COLOURS = "tests/web/design/test_colours.py"
FIELDS = "tests/web/design/test_fields.py"
PARTS = "tests/web/design/test_components.py"
SOUND = "tests/web/design/test_pages.py"
LANGUAGES = "tests/web/test_languages.py"
TONGUES = "tests/web/test_tongues.py"
WRITING = "tests/web/workspace/listings/test_writing.py"
LEAVING = "tests/web/workspace/leaving/test_pages.py"
PICTURES = "tests/web/workspace/stories/test_writing.py"

TRIED = (
    "/", "/search/", "/listings/…/", "/actors/…/", "/issues/", "/issues/…/", "/guides/", "/stories/…/", "/register/", "/help/",
    "/accessibility/", "/accounts/login/", "/workspace/", "/workspace/listings/new/", "/workspace/listings/…/edit/",
    "/workspace/listings/…/", "/workspace/introductions/…/", "/workspace/cases/…/", "/workspace/projects/…/", "/workspace/inbox/",
    "/workspace/preferences/", "/desk/", "/desk/needs/…/", "/desk/cases/", "/workspace/meetings/…/record/", "/desk/entry/",
    "/office/", "/office/actors/", "/office/actors/…/", "/office/audit/", "/office/matching/",
)  # fmt: skip
"""The pages that stand for all; tests/web/access/places.py opens them. axe looks at every page besides."""

NO_MEDIA = _("音声や動画は、このサイトにありません。")
NO_DRAGGING = _("引っぱる、二本の指で広げる、端末を振る、という動きをしなくても、すべて使えます。")
NOT_YET_ALOUD = _("読み上げソフトに渡る内容を調べました。実際の読み上げソフトでは、これから確かめます。")


@dataclass(frozen=True)
class Criterion:
    """One criterion, what was found, and what has shown it: `axe`, `hand`, or the path of a test."""

    number: str
    level: str
    in_jis: bool
    in_wcag: bool
    japanese: str
    english: str
    result: str
    shown_by: tuple[str, ...]
    note: Any
    on: dt.date

    @property
    def result_label(self) -> Any:
        return RESULTS[self.result]

    @property
    def tests(self) -> list[str]:
        return [way for way in self.shown_by if way not in (AXE, HAND)]

    @property
    def by_axe(self) -> bool:
        return AXE in self.shown_by

    @property
    def by_hand(self) -> bool:
        return HAND in self.shown_by


Finding = tuple[str, tuple[str, ...], Any]
FINDINGS: dict[str, Finding] = {
    "1.1.1": (
        MEETS,
        (AXE, TREE, PICTURES, HAND),
        _("写真には、説明の文を必ず付けてもらいます。添付ファイルの中身は、載せた人によります。"),
    ),
    "1.2.1": (ABSENT, (MADE,), NO_MEDIA),
    "1.2.2": (ABSENT, (MADE,), NO_MEDIA),
    "1.2.3": (ABSENT, (MADE,), NO_MEDIA),
    "1.2.4": (ABSENT, (MADE,), NO_MEDIA),
    "1.2.5": (ABSENT, (MADE,), NO_MEDIA),
    "1.3.1": (MEETS, (AXE, TREE, PARTS), ""),
    "1.3.2": (MEETS, (KEYS, HAND), ""),
    "1.3.3": (MEETS, (HAND,), ""),
    "1.3.4": (MEETS, (MADE, READ), ""),
    "1.3.5": (MEETS, (AXE, MADE), _("自分の名前とメールアドレスを入れる欄が、これに当たります。")),
    "1.4.1": (MEETS, (READ, HAND), _("色で示すことは、いつも言葉でも書いています。")),
    "1.4.2": (ABSENT, (MADE,), NO_MEDIA),
    "1.4.3": (MEETS, (AXE, COLOURS), ""),
    "1.4.4": (MEETS, (READ,), ""),
    "1.4.5": (MEETS, (HAND,), _("文字を絵にしたものは、このサイトの部品にはありません。")),
    "1.4.10": (MEETS, (READ,), ""),
    "1.4.11": (MEETS, (COLOURS, KEYS, READ), ""),
    "1.4.12": (MEETS, (READ,), ""),
    "1.4.13": (MEETS, (KEYS, HAND), _("マウスを重ねただけで出てくるものはありません。")),
    "2.1.1": (MEETS, (KEYS, HAND), ""),
    "2.1.2": (MEETS, (KEYS,), ""),
    "2.1.4": (ABSENT, (MADE,), _("文字のキーだけで動くものはありません。")),
    "2.2.1": (
        MEETS,
        (WRITING, HAND),
        _("入るための番号は15分で切れますが、何度でも送り直せます。書いたものは、入り直しても残ります。"),
    ),
    "2.2.2": (MEETS, (MADE, READ), _("端末の「動きを減らす」設定にすると、何も動きません。")),
    "2.3.1": (MEETS, (MADE, HAND), ""),
    "2.4.1": (MEETS, (AXE, KEYS, TREE), ""),
    "2.4.2": (MEETS, (AXE, TREE), ""),
    "2.4.3": (MEETS, (KEYS,), ""),
    "2.4.4": (MEETS, (AXE, TREE, HAND), ""),
    "2.4.5": (MEETS, (MADE,), ""),
    "2.4.6": (MEETS, (TREE, HAND), ""),
    "2.4.7": (MEETS, (KEYS, READ), ""),
    "2.4.11": (MEETS, (KEYS,), ""),
    "2.5.1": (MEETS, (MADE, HAND), NO_DRAGGING),
    "2.5.2": (MEETS, (MADE,), ""),
    "2.5.3": (MEETS, (PARTS, TREE), ""),
    "2.5.4": (MEETS, (MADE,), NO_DRAGGING),
    "2.5.7": (MEETS, (MADE, HAND), NO_DRAGGING),
    "2.5.8": (MEETS, (AXE, READ), _("文の中のリンクは、基準の例外に当たります。")),
    "3.1.1": (MEETS, (AXE, LANGUAGES), ""),
    "3.1.2": (
        PARTLY,
        (TONGUES,),
        _(
            "英語のページの日本語には、印を付けています。みなさんが日本語のほかの言葉で書いた文は、まだ見分けられません。"
        ),
    ),
    "3.2.1": (MEETS, (MADE, KEYS), ""),
    "3.2.2": (MEETS, (MADE, KEYS), ""),
    "3.2.3": (MEETS, (MADE,), ""),
    "3.2.4": (MEETS, (PARTS, MADE), ""),
    "3.2.6": (MEETS, (MADE,), _("「使い方」は、どのページでも、いちばん下の同じ所にあります。")),
    "3.3.1": (MEETS, (TREE, FIELDS), ""),
    "3.3.2": (MEETS, (AXE, TREE, FIELDS), ""),
    "3.3.3": (MEETS, (FIELDS, WRITING), ""),
    "3.3.4": (
        MEETS,
        (WRITING, LEAVING),
        _("公開する前、消す前、約束を決める前に、内容を確かめる画面が出ます。"),
    ),
    "3.3.7": (MEETS, (MADE,), ""),
    "3.3.8": (
        MEETS,
        (MADE, KEYS),
        _("覚える合言葉も、問題を解くこともありません。番号は、写して貼り付けられます。"),
    ),
    "4.1.1": (
        MEETS,
        (SOUND,),
        _("WCAG 2.2 では、なくなった基準です。HTML の書き方は、機械で調べています。"),
    ),
    "4.1.2": (MEETS, (AXE, TREE), NOT_YET_ALOUD),
    "4.1.3": (MEETS, (TREE,), NOT_YET_ALOUD),
}
CRITERIA = tuple(Criterion(*name, *FINDINGS[name[0]], TESTED_ON) for name in NAMES)

PRINCIPLES = (
    ("1", _("見て、聞いて、分かること（知覚可能）")),
    ("2", _("動かせること（操作可能）")),
    ("3", _("意味が分かること（理解可能）")),
    ("4", _("どんな道具でも使えること（堅ろう）")),
)


def of_jis() -> list[Criterion]:
    """The 38 of JIS X 8341-3:2016, level A and AA."""
    return [row for row in CRITERIA if row.in_jis]


def of_wcag() -> list[Criterion]:
    """The 55 of WCAG 2.2, level A and AA."""
    return [row for row in CRITERIA if row.in_wcag]


def counted(rows: Iterable[Criterion]) -> dict[str, int]:
    """How many of each result."""
    found = Counter(row.result for row in rows)
    return {result: found[result] for result in RESULTS}


def is_met(rows: Iterable[Criterion]) -> bool:
    """Whether nothing is missing: 「準拠」; else 「一部準拠」."""
    return counted(rows)[PARTLY] == 0
