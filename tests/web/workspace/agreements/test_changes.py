"""What differs between two texts, word by word; hostile text stays text."""

import re

import pytest

from musubi.web.workspace.agreements.changes import marked


def seen(html: str, gone: str) -> str:
    """The text without one of the two sides and without the arrow between them."""
    html = html.replace("</del>→<ins>", "</del><ins>")
    html = re.sub(r'<span class="visually-hidden">.*?</span>', "", html)
    html = re.sub(rf"<{gone}>.*?</{gone}>", "", html)
    return re.sub(r"</?(ins|del)>", "", html).replace("<br>", "\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("会場費は市が持つ。", "会場費は町内会が持つ。"),
        ("", "なし"),
        ("なし", ""),
        ("40個", "60個"),
        ("一行目\n二行目", "一行目\n三行目"),
        ("全くちがう文", "ABC 123"),
        ("おなじ", "おなじ"),
    ],
)
def test_both_texts_can_be_read_out_of_it(before: str, after: str) -> None:
    html = marked(before, after)
    assert (seen(html, "ins"), seen(html, "del")) == (before, after)


def test_only_what_differs_is_marked_and_said() -> None:
    assert marked("会場費は市が持つ。", "会場費は町内会が持つ。") == (
        "会場費は"
        '<del><span class="visually-hidden">（削除：</span>市<span class="visually-hidden">）</span></del>→'
        '<ins><span class="visually-hidden">（追加：</span>町内会<span class="visually-hidden">）</span></ins>'
        "が持つ。"
    )
    assert marked("おなじ", "おなじ") == "おなじ"


def test_texts_with_little_in_common_stand_one_after_the_other() -> None:
    html = marked("会場費は市が持つ。", "保険に入り、雨なら延期する。")
    assert (html.count("<del>"), html.count("<ins>")) == (1, 1)


def test_hostile_text_stays_text() -> None:
    html = marked("<script>a</script>", "<script>b</script><img onerror=x>")
    assert "<script" not in html
    assert "<img" not in html
