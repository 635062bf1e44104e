"""An agreement as a PDF: every field, the versions, a line for each party to sign on, over as many pages as it needs."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from musubi.flow.cases.models import AgreementVersion
from musubi.flow.cases.services import revise_agreement
from musubi.web.design.wording import era_day
from tests.factories import Town
from tests.paper import Paper, needs_font, read_paper
from tests.together import make_agreement, make_case

pytestmark = [pytest.mark.django_db, needs_font]
WORDS = {"cost": "運ぶ費用は町内会が出す。", "risk": "行事保険に入る。", "publicity": "市の広報に載せる。"}


def paper_of(version: AgreementVersion, person: Any, sign_in: Any) -> Paper:
    answer = sign_in(person).get(reverse("workspace:agreement_pdf", args=[version.pk]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"
    return read_paper(answer.content)


def test_an_agreed_version_is_whole(town: Town, sign_in: Any) -> None:
    version = make_agreement(make_case(town), other="雨なら翌週。", **WORDS)
    version.indicators.filter(position=0).update(before=None, target=Decimal("1200.5"))
    paper = paper_of(version, town.owner, sign_in)
    case, parts = version.agreement.case, list(version.parts.all())
    assert paper.title == f"合意書 {case} 第1版"
    assert paper.is_tagged
    today = era_day(timezone.localdate())
    for words in (
        "合意書", str(case), "第1版（合意しました）", f"合意した日：{era_day(version.agreed_at)}", version.aim, "共催",
        "準備と当日の運営", "夜間の対応", "—", "物品 折りたたみいす：100個のうち40個", *WORDS.values(), "雨なら翌週。",
        f"{era_day(version.starts_on)}〜{era_day(version.ends_on)}", era_day(version.review_on),
        "参加した人", "まだ分かりません", "1,200.50人", "手伝った人", "0人", "100人",
        "Musubi での確認", "上のとおり合意します。", "代表者のお名前", "令和　　年　　月　　日", f"印刷した日：{today}", "1 / 2", "2 / 2",
    ):  # fmt: skip
        assert words in paper.text
    for part in parts:
        assert f"{part.actor}日付" in paper.text.replace(" ", "")
    assert "これまでの版" not in paper.text
    address = f"http://testserver/workspace/agreements/versions/{version.pk}/"
    assert paper.links == {address}
    assert all(address in page and "結浜市" in page for page in paper.pages)


def test_a_draft_says_what_is_not_written_yet(town: Town, sign_in: Any) -> None:
    version = make_agreement(make_case(town), state="draft", aim="", form="", starts_on=None)
    paper = paper_of(version, town.owner, sign_in)
    for words in (
        "第1版（下書き）",
        "まだ書いている途中のものです。",
        "（まだ書いていません）",
        "（まだ選んでいません）",
    ):
        assert words in paper.text
    assert "Musubi での確認" not in paper.text


def test_a_version_written_anew_tells_of_those_before(town: Town, sign_in: Any) -> None:
    version = make_agreement(make_case(town), **WORDS)
    later = timezone.now() + dt.timedelta(hours=1)
    newer = revise_agreement(agreement=version.agreement, by=town.owner, now=later)
    paper = paper_of(newer, town.owner, sign_in)
    assert "これまでの版" in paper.text
    told = paper.text.partition("これまでの版")[2].replace(" ", "")
    assert told.index("第2版下書き") < told.index("第1版合意しました")


def test_a_table_that_is_too_long_goes_on_under_its_heads(town: Town, sign_in: Any) -> None:
    version = make_agreement(make_case(town), **WORDS)
    version.parts.update(
        does="\n".join(f"{number}番目の仕事" for number in range(90)), can="A" * 900, cannot="！" * 900
    )
    paper = paper_of(version, town.owner, sign_in)
    assert len(paper.pages) > 4
    assert sum("団体" in page and "できないこと" in page for page in paper.pages) > 3
    assert all(left > 15 and right > 15 for left, _top, right, _bottom in paper.margins)
    assert paper.text.count("A" * 10) >= 2
    assert paper.text.count("89番目の仕事") == 2


def test_what_is_typed_is_never_markup(town: Town, sign_in: Any) -> None:
    hostile = '#panic("x") $x$ \\ @foo [a] *b* <c>'
    version = make_agreement(make_case(town, title=hostile), aim=hostile, **WORDS)
    version.parts.update(does=hostile)
    paper = paper_of(version, town.owner, sign_in)
    assert paper.title == f"合意書 {hostile} 第1版"
    assert paper.text.replace(" ", "").count(hostile.replace(" ", "")) >= 4
