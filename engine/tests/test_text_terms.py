"""Terms: what is indexed, what a word asks for, and that the two meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine.text import char_terms, query_words, term_counts, term_hash


def _finds(word: str, text: str) -> bool:
    counts, _ = term_counts(text)
    words = query_words(word)
    return bool(words) and all(term in counts for terms in words for term in terms)


def test_pairs_do_not_cross_punctuation() -> None:
    assert char_terms("企画、営業") == ["企", "画", "企画", "営", "業", "営業"]


def test_numbers_and_latin_words_are_whole() -> None:
    assert char_terms("PC30台") == ["pc", "30", "台", "pc30", "30台"]


def test_kana_occur_in_pairs_only() -> None:
    assert char_terms("まち") == ["まち"]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("企業", "市内の企業の方へ"),
        ("こども食堂", "子供食堂をひらく"),
        ("こども食堂", "子ども食堂をひらく"),
        ("自治", "川沿いの自治会です"),
        ("町会", "川沿いの自治会です"),
        ("自治会", "町会の役員"),
        ("スマート", "スマートフォンの使い方"),
        ("スマホ", "スマートフォンの使い方"),
        ("コンピューター", "コンピュータ教室"),
        ("コンピュータ教室", "コンピューター教室"),
        ("カレー", "スパイスカレーの会"),
        ("一人", "統一人形"),
        ("第一", "第一土曜日"),
        ("統一", "統一丁目"),
        ("畑", "畑を貸します"),
        ("PC", "使わないPCを集めています"),
        ("こども の 居場所", "居場所がほしい子供たち"),
        ("3丁目", "中丸子三丁目"),
        ("Wi-Fi", "wifiあり"),
        ("10000円", "参加費10,000円"),
        ("三人", "参加者三人"),
        ("3人", "参加者三人"),
        ("百人町", "新宿区百人町"),
        ("11/20", "十一月二十日の集まり"),
        ("統一人形", "統一人形の会"),
    ],
)
def test_a_word_finds_the_text(word: str, text: str) -> None:
    assert _finds(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("企業", "企画と営業"),
        ("pc", "PCR検査"),
        ("3人", "13人"),
        ("3人", "二十三人"),
        ("10人", "五十人"),
        ("カレー", "友と別れて"),
        ("太鼓", "参加したいこと"),
        ("の", "町の会"),
        ("！？", "町の会"),
        ("町内会", "幸町会場のご案内"),
    ],
)
def test_a_word_does_not_find_the_text(word: str, text: str) -> None:
    assert not _finds(word, text)


def test_length_is_of_the_text_as_written() -> None:
    counts, length = term_counts("子ども会、10人")
    assert length == 6
    assert counts["子供"] == counts["子ど"] == 1
    assert counts["子"] == 1


@given(st.text(alphabet="企業子ども供町会自治内ー、 aA1０ｶﾞ々", min_size=1, max_size=30))
def test_a_text_is_found_by_itself(text: str) -> None:
    counts, length = term_counts(text)
    assert all(term in counts for terms in query_words(text) for term in terms)
    assert (length == 0) <= (not counts)


def test_hashes_are_stable_signed_and_64_bits() -> None:
    assert term_hash("企業") == term_hash("企業")
    assert term_hash("子供") == -7737434900233929506
    assert -(1 << 63) <= term_hash("業企") < 1 << 63
