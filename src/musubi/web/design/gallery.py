"""What the gallery shows: a form with every kind of field, rows, pages, and long words."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms as django_forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from musubi.base.common.verdict import ALLOWED, refuse
from musubi.base.knowledge.queries import furigana_reader

from . import forms
from .charts import Bar, Bars, Line, Point, Row
from .paging import page_of
from .rows import rows_of
from .ruby import Furigana

LONG = _(
    "はじめての方も歓迎します。子どもから高齢の方までだれでも立ち寄れる、食事と学習と遊びの居場所づくりを、"
    "地域の町内会・商店街・大学・企業のみなさんと一緒に進めるための、月に二回の夕食づくりと配膳と片付けの手伝い"
)
RESOURCES = [
    ("people", _("人手")),
    ("place", _("場所")),
    ("goods", _("物品")),
    ("expertise", _("専門知識（会計・法律・広報・翻訳・防災・建築などを仕事にしている方の助言）")),
]
READ = _("11月20日(金) 13:30、大人3人と子ども1人が、食べ物を二丁目の集会所へ運びます。")
FURIGANA = Furigana(furigana_reader({}).pieces)
TEXT = """### 持ち物

- エプロン
- **三角巾**

| 時間 | すること |
|---|---|
| 15:00 | 買い出し |
| 16:30 | 調理 |

くわしくは[案内](https://example.jp/)をご覧ください。<script>alert(1)</script>
"""

COURSE = (3, 5, 2, 8, 13, 7, 9, 4, 4, 0, 6, 11)

CONTENTS = [
    ("acts", _("ボタン")),
    ("cards", _("カード")),
    ("rows", _("一覧の行")),
    ("badges", _("しるし")),
    ("notices", _("知らせ")),
    ("tables", _("表")),
    ("definitions", _("項目と内容")),
    ("timelines", _("経過")),
    ("letters", _("やりとり")),
    ("empty", _("まだ何もないとき")),
    ("tasks", _("手順と待ち時間")),
    ("doors", _("入口")),
    ("tallies", _("待っているものの数")),
    ("icons", _("小さな絵")),
    ("dialogs", _("上に開く説明")),
    ("figures", _("数")),
    ("places", _("場所と道のり")),
    ("ways", _("行き来")),
    ("words", _("日付・金額・文章")),
    ("fields", _("書きこむところ")),
    ("advised", _("書き方の助言")),
    ("wrong", _("まちがいがあるとき")),
]
SYMBOLS = Path(__file__).parent / "static/design/icons.svg"
VENUES = [
    {
        "name": _("みなと町2丁目集会所"),
        "address": _("港区みなと町2-4"),
        "href": "#places",
        "far": _("約400m"),
        "latitude": 35.443,
        "longitude": 139.638,
    },
    {
        "name": _("川辺コミュニティセンター"),
        "address": _("川辺区稲穂田1-1"),
        "far": _("約2.1km"),
        "latitude": 35.461,
        "longitude": 139.622,
    },
    {"name": LONG, "address": _("所在地は、話がまとまったあとにお知らせします"), "far": ""},
]


AREAS = [
    {
        "name": _("港区みなと町"),
        "far": _("約1.2km（歩いて約20分）"),
        "latitude": 35.443,
        "longitude": 139.638,
        "entries": [
            {"title": _("子ども食堂の会場をさがしています"), "href": "#places", "kind": _("ニーズ")},
            {"title": LONG, "href": "#places", "kind": _("提供")},
        ],
    }
]


class ExampleForm(forms.Form):
    """One field of every kind."""

    written = forms.Written(forms.Kind.NEED, title=forms.Part.TITLE, body=forms.Part.BODY)

    title = forms.PlainTextField(
        label=_("題名"), max_length=60, help_text=_("例：子ども食堂の会場をさがしています")
    )
    body = forms.PlainTextField(
        label=_("説明"),
        rows=5,
        max_length=2000,
        help_text=_("だれが・いつ・どこで・何を・どのくらい、を書くと返事が来やすくなります。"),
    )
    email = django_forms.EmailField(label=_("メールアドレス"), required=False)
    starts_on = forms.JapaneseDateField(
        label=_("始まる日"), help_text=_("例：2026年11月20日。「令和8」年でもかまいません。")
    )
    starts_at = forms.JapaneseTimeField(
        label=_("始まる時刻"), required=False, help_text=_("例：13:30、午後1時半")
    )
    weekdays = forms.WeekdaysField(label=_("曜日"), required=False)
    people = forms.AmountField(label=_("人数"), help_text=_("例：30人"))
    resource = django_forms.ChoiceField(
        label=_("必要なもの"), choices=[("", _("選んでください")), *RESOURCES]
    )
    visibility = django_forms.ChoiceField(
        label=_("だれに見せますか"),
        choices=[("public", _("公開（だれでも）")), ("registered", _("登録者"))],
        widget=django_forms.RadioSelect,
    )
    conditions = django_forms.MultipleChoiceField(
        label=_("条件"),
        choices=RESOURCES,
        widget=django_forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("あてはまるものすべてに印を付けてください。"),
    )
    picture = django_forms.FileField(label=_("写真"), required=False, help_text=_("JPEGかPNG。10MBまで。"))
    agreed = django_forms.BooleanField(label=_("個人情報を書いていないことを確かめました"))


class AdvisedForm(forms.Form):
    """What the writing helper has to say."""

    written = forms.Written(forms.Kind.ISSUE, body=forms.Part.BODY, alt=forms.Part.PICTURE)
    body = forms.PlainTextField(label=_("くわしく"), rows=4, required=False)
    alt = forms.PlainTextField(label=_("何が写っていますか"), required=False)


ADVISED = {
    "body": "①ワークショップの会場を探しています。連絡は090-0000-1111まで。会員以外は参加できません。",
    "alt": "写真1",
}


class ExampleRow(forms.Form):
    """One line of what is needed."""

    resource = django_forms.ChoiceField(label=_("種類"), choices=RESOURCES)
    what = forms.PlainTextField(label=_("内容"), max_length=80)
    amount = forms.AmountField(label=_("数"), required=False)


ExampleRows = rows_of(ExampleRow, extra=2, most=5)


def wrong_form() -> ExampleForm:
    """The form as it comes back when everything in it is wrong."""
    data = QueryDict(mutable=True)
    data.update(
        {
            "wrong-title": str(LONG),
            "wrong-email": "yamada",
            "wrong-starts_on_year": "2026",
            "wrong-starts_on_month": "2",
            "wrong-starts_on_day": "30",
            "wrong-starts_at": "夕方",
            "wrong-people": "たくさん",
        }
    )
    return ExampleForm(data, prefix="wrong")


def before_and_after() -> Bars:
    """Two things that were counted, each on its own scale."""
    counted = ((_("参加した人"), 12, 120, _("12人"), _("120人")), (LONG, 30, 9, _("30回"), _("9回")))
    return Bars(
        tuple(
            Row(
                str(label),
                (
                    Bar(before, str(was), str(_("始める前")), is_pale=True),
                    Bar(after, str(now), str(_("あと"))),
                ),
                max(before, after),
            )
            for label, before, after, was, now in counted
        )
    )


def week_by_week() -> Line:
    """How a number went."""
    mondays = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(len(COURSE))]
    return Line(
        tuple(
            Point(date_format(day, "MONTH_DAY_FORMAT"), n, str(n))
            for day, n in zip(mondays, COURSE, strict=True)
        )
    )


def shown() -> dict[str, Any]:
    """Values of the parts that are not forms."""
    moment = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
    return {
        "long": LONG,
        "advised": AdvisedForm(initial=ADVISED, prefix="advised"),
        "contents": CONTENTS,
        "icons": re.findall(r'<symbol id="(\w+)"', SYMBOLS.read_text()),
        "venues": VENUES,
        "areas": AREAS,
        "unknown": VENUES[2:],
        "lengths": [80, 340, 1240, 12_600],
        "durations": [15, 60, 90],
        "bars": [
            (_("人手"), 42, _("42件")),
            (_("場所"), 31, _("31件")),
            (LONG, 8, _("8件")),
            (_("お金"), 0, _("0件")),
        ],
        "pairs": before_and_after(),
        "course": week_by_week(),
        "text": TEXT,
        "furigana_samples": [mark_safe(FURIGANA.over_text(escape(text))) for text in (READ, LONG)],
        "moment": moment,
        "since": datetime(2026, 11, 17, 4, 0, tzinfo=UTC),
        "allowed": ALLOWED,
        "refused": refuse(str(_("この案件の担当コーディネーターだけが操作できます。"))),
        "refused_long": refuse(f"{LONG}{_('は、事務局の確認が終わるまで公開できません。')}"),
        "page": page_of([str(n) for n in range(70)], QueryDict("q=食堂&page=2"), total=70),
        "facts": [(_("場所"), "みなと町2丁目集会所"), (_("説明"), LONG), (_("電話"), "")],
        "events": [
            {"when": date(2026, 11, 2), "title": _("相談を受け付けました")},
            {"when": moment, "title": _("紹介しました"), "text": LONG, "now": True},
            {"when": date(2027, 1, 12), "title": _("事前打ち合わせの予定")},
        ],
        "letters": [
            {
                "who": _("みなと町内会（山田）"),
                "when": moment,
                "text": _("倉庫は何時まで開いていますか。"),
                "own": True,
            },
            {
                "who": _("浜商店会（佐藤）"),
                "when": moment,
                "text": LONG,
                "file_url": "#letters",
                "file_name": _("倉庫の地図.pdf"),
            },
        ],
        "states": [
            ("draft", _("下書き")),
            ("published", _("公開中")),
            ("reserved", _("調整中")),
            ("fulfilled", _("成立・解決")),
            ("withdrawn", _("取り下げ")),
            ("expired", _("期限切れ")),
            ("hidden", _("非表示")),
        ],
        "levels": [
            ("public", _("公開")),
            ("registered", _("登録者")),
            ("intermediaries", _("中間支援")),
            ("city_hall", _("庁内")),
        ],
    }
