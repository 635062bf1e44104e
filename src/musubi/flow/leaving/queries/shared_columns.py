"""Facts that the downloads of people and of actors both tell."""

from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Field
from musubi.flow.listings.words import window_words

from .takeout import Column, columns

LISTING: tuple[Column, ...] = columns(
    side=_("ニーズ・提供"),
    actor=_("団体"),
    title=_("題名"),
    body=_("くわしく"),
    lines=(_("必要なもの・渡せるもの"), lambda row: [str(line) for line in row.lines.all()]),
    areas=(_("地域"), lambda row: [area.name for area in row.areas.all()]),
    town=_("町名"),
    dates=(_("日時"), lambda row: [window_words(window) for window in row.availabilities.all()]),
    conditions=_("条件"),
    wanted_kinds=_("どんな相手と"),
    fields=(_("分野"), lambda row: field_names(row.fields)),
    visibility=_("だれに見せるか"),
    state=_("状態"),
    created_at=_("書き始めた日時"),
    published_at=_("公開した日時"),
    expires_on=_("いつまで"),
    source=_("受け取り方"),
)
LETTER: tuple[Column, ...] = columns(
    case=_("案件"),
    actor=_("どの団体として"),
    text=_("本文"),
    file=_("付けたファイル"),
    sent_at=_("送った日時"),
)
STORY: tuple[Column, ...] = columns(
    title=_("題名"), subtitle=_("副題"), year=_("行った年"), place=_("行った場所"), audience=_("だれに向けた活動か"),
    fields=(_("分野"), lambda row: field_names(row.fields)), keywords=_("キーワード"), summary=_("取り組みの概要"),
    why=_("なぜ始めたか"), purpose=_("目的"), challenge=_("挑戦したこと"), activity=_("取り組んだこと"),
    learnt=_("学んだこと"), result=_("成果"), ingenuity=_("工夫したこと"), limits=_("むずかしかったこと・制約"),
    spread=_("広がり"), lasting=_("続けるしくみ"), evaluation=_("評価のしかた"), programmes=_("利用した制度"),
    url=_("関連ページ"), state=_("状態"), published_at=_("公開した日時"),
)  # fmt: skip
AGREEMENT: tuple[Column, ...] = columns(
    case=(_("案件"), "agreement__case"),
    number=_("版"),
    form=_("協働の形"),
    aim=_("いっしょに目指すこと"),
    cost=_("お金の分担"),
    risk=_("もしものときと保険"),
    publicity=_("広報のしかた"),
    other=_("そのほか"),
    starts_on=_("始まりの日"),
    ends_on=_("終わりの日"),
    review_on=_("見直しの日"),
    written_at=_("書いた日時"),
    agreed_at=_("合意した日時"),
)
REVIEW: tuple[Column, ...] = columns(
    project=(_("プロジェクト"), "evaluation__project"),
    partner=_("どの団体として"),
    answers=_("10の質問への答え（1〜5）"),
    learnt=_("学んだこと"),
    without_musubi=_("Musubi がなければ"),
    without_words=_("くわしく"),
    decision=_("これから"),
    next_year=_("来年に必要なもの"),
    said_at=_("答えた日時"),
    source=_("受け取り方"),
)
CONSENT: tuple[Column, ...] = columns(
    story=_("事例"),
    partner=_("どの団体として"),
    text=_("文章への同意"),
    pictures=_("写真への同意"),
    words=_("直してほしいこと"),
    said_at=_("答えた日時"),
    withdrawn_at=_("取り消した日時"),
    withdrawn_reason=_("取り消した理由"),
)
UPDATE: tuple[Column, ...] = columns(
    project=_("プロジェクト"),
    partner=_("どの団体として"),
    text=_("近況"),
    visibility=_("だれに見せるか"),
    posted_at=_("書いた日時"),
)
FILE: tuple[Column, ...] = columns(
    id=_("番号"),
    name=_("ファイル名"),
    content_type=_("種類"),
    size=_("大きさ（バイト）"),
    uploaded_at=_("預けた日時"),
)


def field_names(numbers: list[int]) -> list[str]:
    """「まちづくり」 for 3."""
    return [str(Field(number).label) for number in numbers if number in Field.values]
