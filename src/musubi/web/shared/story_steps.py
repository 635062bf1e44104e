"""The questions out of which a story is written: one a page, in plain words, each with an example.

Fields: 政府相互運用性フレームワーク GIF v2.2, 事例; the order is that of telling it to a neighbour.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One question: its part of the address, its heading, what it asks, an example, and the fields it fills."""

    slug: str
    heading: Words
    question: Words
    example: Words
    names: tuple[str, ...]
    is_needed: bool = False


STEPS = (
    Step(
        "title",
        _("題名"),
        _("この取り組みを、ひと言で呼ぶとしたら何ですか。"),
        _("例：いすを持ち寄って、だれでも座れる夏祭り"),
        ("title", "subtitle"),
        is_needed=True,
    ),
    Step(
        "summary",
        _("取り組みの概要"),
        _("だれが、だれのために、何をしましたか。2〜3文で書いてください。"),
        _("例：浜町町内会が、近くの会社からいすを40脚借りて、お年寄りも座って楽しめる夏祭りを開きました。"),
        ("summary",),
        is_needed=True,
    ),
    Step(
        "where",
        _("いつ・どこで"),
        _("いつ、どこで行いましたか。"),
        _("例：2026年　結浜市港区 浜町公園"),
        ("year", "place"),
    ),
    Step(
        "audience",
        _("だれに向けて"),
        _("どんな人に来てほしい、役立ててほしいと考えましたか。"),
        _("例：浜町に住む75歳以上の方と、その家族"),
        ("audience",),
    ),
    Step(
        "why",
        _("なぜ始めたか"),
        _("どんなことに困っていましたか。何がきっかけでしたか。"),
        _("例：長い時間立っていられず、祭りに来なくなったお年寄りが増えていました。"),
        ("why",),
    ),
    Step(
        "purpose",
        _("目的"),
        _("どうなったらよいと考えて始めましたか。"),
        _("例：足の弱い人も、久しぶりに近所の人と話せる場をつくること。"),
        ("purpose",),
    ),
    Step(
        "activity",
        _("取り組んだこと"),
        _("何をしましたか。順番に書いてください。"),
        _(
            "例：6月に打ち合わせをし、7月に会社の倉庫からいすを運び、当日は社員の方も案内を手伝ってくれました。"
        ),
        ("activity",),
        is_needed=True,
    ),
    Step(
        "challenge",
        _("挑戦したこと"),
        _("はじめてやってみたこと、思い切ってやったことはありますか。"),
        _("例：会社に物を借りるのは、町内会でははじめてでした。"),
        ("challenge",),
    ),
    Step(
        "ingenuity",
        _("工夫したこと"),
        _("うまくいくように、どんな工夫をしましたか。"),
        _("例：返すときに数えやすいよう、いすに番号の札を付けました。"),
        ("ingenuity",),
    ),
    Step(
        "result",
        _("成果"),
        _("何が変わりましたか。数でも、ようすでもかまいません。"),
        _("例：座れる席が0から40になり、75歳以上の方の参加が30人から80人になりました。"),
        ("result",),
        is_needed=True,
    ),
    Step(
        "learnt",
        _("学んだこと"),
        _("やってみて、分かったこと、次にやる人に伝えたいことは何ですか。"),
        _("例：相談は2か月前に。会社の行事と重なると、人手を出してもらえません。"),
        ("learnt",),
    ),
    Step(
        "limits",
        _("むずかしかったこと"),
        _("思ったようにいかなかったこと、できなかったことはありますか。"),
        _("例：雨の日に、いすを置く屋根がありませんでした。"),
        ("limits",),
    ),
    Step(
        "lasting",
        _("続けるしくみ"),
        _("この先も続けるために、どうしますか。何が必要ですか。"),
        _("例：来年からは、町内会の年間の予定に入れ、会社には4月にお願いします。"),
        ("lasting",),
    ),
    Step(
        "spread",
        _("広がり"),
        _("ほかの町や団体に広がりましたか。ほかの人がまねするには、どうしたらよいですか。"),
        _("例：となりの町内会でも、秋の運動会で同じように借りました。"),
        ("spread",),
    ),
    Step(
        "evaluation",
        _("評価のしかた"),
        _("うまくいったかどうかを、どうやって確かめましたか。"),
        _("例：来た人を数え、帰りに3つの質問に答えてもらいました。"),
        ("evaluation",),
    ),
    Step(
        "programmes",
        _("利用した制度"),
        _("補助金、後援、協働メニューなど、使ったものはありますか。"),
        _("例：市の地域活動補助（3万円）"),
        ("programmes",),
    ),
    Step(
        "fields",
        _("分野とキーワード"),
        _("どんな分野の取り組みですか。さがす人の目印になります。"),
        _("例：まちづくり、キーワードは「夏祭り、高齢者、いす」"),
        ("fields", "keywords"),
    ),
    Step(
        "links",
        _("動画や関連ページ"),
        _("動画や、くわしく書いたページがありますか。なければ、とばしてください。"),
        _("例：https://example.jp/natsumatsuri"),
        ("video_title", "video_url", "url"),
    ),
    Step(
        "contact",
        _("問い合わせ先"),
        _("話を聞きたい人は、どこに連絡すればよいですか。だれでも見られるところに載ります。"),
        _("例：市民協働課 0000-00-0000（個人の電話番号は、本人がよいと言ったときだけ）"),
        ("contact",),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}

SECTIONS = (
    "why", "purpose", "activity", "challenge", "ingenuity", "result", "learnt", "limits", "lasting", "spread",
    "evaluation", "programmes",
)  # fmt: skip
"""What the article tells after its summary, in the order of its headings."""


def step_of_field(name: str) -> Step:
    """The question that fills a field."""
    return next(step for step in STEPS if name in step.names)


def neighbours_of(step: Step) -> tuple[Step | None, Step | None]:
    """The questions before and after this one."""
    place = STEPS.index(step)
    before = STEPS[place - 1] if place else None
    return before, STEPS[place + 1] if place + 1 < len(STEPS) else None
