"""What is typed: phrases, words left out, synonyms, given keys; each against a loop over the texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine.index import (
    IndexDocument,
    MemoryStore,
    Query,
    analyse,
    count_each,
    read_typed,
    search,
)
from musubi_engine.text import holds_phrase, plain_forms, query_words, term_counts

TEXTS = [
    "子ども食堂の手伝いをさがしています",
    "食堂で子どもと遊ぶ人",
    "企業の畑を町会に貸します",
    "企画会議、業務用の机",
    "PCR検査とPC教室",
    "参加者三人、机13台",
    "",
]


def store_of(texts: list[str]) -> MemoryStore:
    store = MemoryStore()
    half = len(texts) // 2
    analysed = [
        analyse(IndexDocument(key=n, fields={"title": text}, facets=frozenset({"all"})))
        for n, text in enumerate(texts, start=1)
    ]
    store.add_segment(1, analysed[:half])
    for document in analysed[half:]:
        store.add(1, document)
    return store


STORE = store_of(TEXTS)


def found(text: str, **asked: object) -> set[int]:
    hits = search(STORE, [1], Query(text=text, **asked), limit=100)
    assert hits.total == len(hits.keys)
    return set(hits.keys)


def test_quotes_and_minus_are_read() -> None:
    typed = read_typed("「子ども食堂」 手伝い -企業 “会議 室” -「大 学」 e-スポーツ 「")
    assert typed.words == ("手伝い", "e-スポーツ", "「")
    assert typed.phrases == ("子ども食堂", "会議 室")
    assert set(typed.excluded) == {"企業", "大 学"}


@pytest.mark.parametrize(
    ("phrase", "to_verify"),
    [("子ども食堂", True), ("食堂", False), ("畑", True), ("の", True), ("食 堂", True)],
)
def test_two_letters_are_exact_by_themselves(phrase: str, to_verify: bool) -> None:
    assert bool(read_typed(f"「{phrase}」").to_verify) is to_verify


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("子ども食堂", "こども食堂です", True),
        ("子ども食堂", "子ども、食堂", False),
        ("子ども食堂", "子ども達と食堂", False),
        ("町会", "川辺の自治会", True),
        ("町会", "幸町会場", True),  # the letters do stand there
        ("自治", "川辺の自治会", True),
        ("3人", "参加者三人", True),
        ("3人", "参加者13人", False),
        ("PC教室", "ＰＣ教室", True),
        ("pc", "PCR検査", False),
        ("会議 室", "会議、室", True),
        ("会議 室", "会議室", False),
        ("。", "。", False),
        ("コンピューター教室", "コンピュータ教室", True),
    ],
)
def test_a_phrase_stands_letter_by_letter(phrase: str, text: str, holds: bool) -> None:
    assert holds_phrase(phrase, *plain_forms(text)) is holds


@given(
    st.text(alphabet="子ども食堂自治会町企業3人PC、 ー", max_size=24),
    st.integers(0, 20),
    st.integers(2, 8),
)
def test_who_holds_a_phrase_has_its_terms(text: str, start: int, length: int) -> None:
    """So the verified hits are a part of those the index finds: nothing that should be found is missed."""
    phrase = text[start : start + length].strip()
    if holds_phrase(phrase, *plain_forms(text)):
        counts, _ = term_counts(text)
        assert all(term in counts for terms in query_words(phrase) for term in terms)


def test_every_word_must_occur_and_words_can_be_left_out() -> None:
    assert found("子ども 食堂") == {1, 2}
    assert found("子ども -手伝い") == {2}
    assert found("-企業 -食堂") == {4, 5, 6, 7}
    assert found("-「PC」 教室") == set()
    assert found("企業 -企業") == set()


def test_a_synonym_widens_its_word_and_no_other() -> None:
    synonyms = {"ＰＣ": ("机", "畑を貸す")}
    assert found("PC") == {5}
    assert found("pc", synonyms=synonyms) == {4, 5, 6}
    assert found("pc 会議", synonyms=synonyms) == {4}
    assert found("pc -三人", synonyms=synonyms) == {4, 5}
    assert found("「PC」", synonyms=synonyms) == {5}
    assert found("企業", synonyms=synonyms) == {3}


def test_an_alternative_needs_all_of_its_own_terms() -> None:
    assert found("図書館", synonyms={"図書館": ("企業会議", "業務用")}) == {4}


def test_given_keys_are_all_there_is_to_choose_from() -> None:
    assert found("子ども", only=frozenset({2, 3})) == {2}
    assert found("", only=frozenset({2, 3, 99})) == {2, 3}
    assert found("子ども", only=frozenset()) == set()
    hits = search(STORE, [1], Query(any_text="子ども食堂", only=frozenset({2})), limit=9)
    assert hits.keys == (2,)


def test_several_searches_are_counted_as_each_alone() -> None:
    texts = ["子ども", "子ども -手伝い", "「PC」", "。", "", "図書館"]
    queries = [Query(text=text) for text in texts] + [Query(facets=(frozenset(),))]
    assert count_each(STORE, [1], queries) == (*(len(found(text)) for text in texts), 0)
    assert count_each(STORE, [1], [Query(text="。")]) == (0,)
    with pytest.raises(ValueError, match="likeness"):
        count_each(STORE, [1], [Query(any_text="畑")])
