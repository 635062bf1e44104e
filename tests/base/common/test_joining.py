"""Words joined in each language."""

from decimal import Decimal

import pytest

from musubi.base.common import joining
from musubi.base.common.languages import written_in


@pytest.mark.parametrize(
    ("language", "listed", "inside", "dotted", "apart"),
    [
        ("ja", "港、川、山", "港、川、山", "土・日", "朝／夜"),
        ("ja-easy", "港、川、山", "港、川と、山", "土と日", "朝、または、夜"),
        ("en", "港, 川, 山", "港, 川 and 山", "土 and 日", "朝; 夜"),
    ],
)
def test_lists(language: str, listed: str, inside: str, dotted: str, apart: str) -> None:
    with written_in(language):
        assert joining.listed(["港", "", "川", None, "山"]) == listed
        assert joining.all_of(["港", "川", "山"]) == inside
        assert joining.dotted(["土", "日"]) == dotted
        assert joining.apart(["朝", "夜"]) == apart


def test_one_thing_and_nothing_are_no_list() -> None:
    for join in (joining.listed, joining.all_of, joining.dotted, joining.apart):
        assert join(["港"]) == "港"
        assert join([]) == ""
    assert joining.sentences([]) == joining.run_on([""]) == ""


@pytest.mark.parametrize(
    ("language", "whole", "begins", "ends"),
    [
        ("ja", "1日〜3日", "1日〜", "〜3日"),
        ("ja-easy", "1日から3日まで", "1日から", "3日まで"),
        ("en", "1日 to 3日", "from 1日", "until 3日"),
    ],
)
def test_ranges(language: str, whole: str, begins: str, ends: str) -> None:
    with written_in(language):
        assert joining.spread("1日", "3日") == whole
        assert joining.spread("1日", None) == begins
        assert joining.spread("", "3日") == ends
        assert joining.spread("1日", "1日") == "1日"
        assert joining.spread(None, "") == ""


@pytest.mark.parametrize(
    ("language", "label", "name", "names", "paragraph", "measured", "line"),
    [
        ("ja", "場所：港", "港（区、市）", "「港」「川」", "晴れた。歩いた。", "1.5時間", "・港"),
        ("ja-easy", "場所：港", "港（区、市）", "「港」「川」", "晴れた。歩いた。", "1.5時間", "・港"),
        ("en", "場所: 港", "港 (区, 市)", "“港”, “川”", "晴れた. 歩いた.", "1.5 時間", "- 港"),
    ],
)
def test_labels_brackets_names_and_sentences(
    language: str, label: str, name: str, names: str, paragraph: str, measured: str, line: str
) -> None:
    with written_in(language):
        assert joining.labelled("場所", "港") == label
        assert joining.bracketed("港", "区", "", "市") == name
        assert joining.quoted(["港", "川"]) == names
        assert joining.sentences(["晴れた", "歩いた"]) == paragraph
        assert joining.with_unit(Decimal("1.5"), "時間") == measured
        assert joining.bullet("港") == line
    assert joining.bracketed("港", "", None) == "港"
    assert (joining.with_unit(50, "%"), joining.with_unit(50, "")) == ("50%", "50")
