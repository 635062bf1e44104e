"""Whatever the split into segments, delta and the dead: the answer of a loop over the living."""

import math
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musubi_engine.index import (
    FieldWeights,
    Hits,
    IndexDocument,
    MemoryStore,
    Order,
    Query,
    analyse,
    best_for,
    facet_term,
    scores_for,
    search,
)
from musubi_engine.index.documents import EVERY
from musubi_engine.index.search import telling_terms
from musubi_engine.text import query_words, term_counts, term_hash

WORDS = ["こども", "子ども", "食堂", "企業", "企画", "営業", "町会", "自治会", "会場", "PC", "畑", "手伝い"]
FACETS = ["state:published", "side:need", "side:offer", "kind:listing"]

texts = st.lists(st.sampled_from([*WORDS, "、", "の"]), max_size=6).map("".join)
documents = st.builds(
    lambda title, body, facets: ({"title": title, "body": body}, frozenset(facets)),
    texts,
    texts,
    st.sets(st.sampled_from(FACETS)),
)
queries = st.builds(
    Query,
    text=st.one_of(st.just(""), st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)),
    any_text=st.one_of(st.just(""), texts),
    facets=st.lists(st.frozensets(st.sampled_from([*FACETS, "side:nobody"]), min_size=1), max_size=2).map(
        tuple
    ),
    order=st.sampled_from(Order),
)


@dataclass(frozen=True)
class Held:
    document: IndexDocument
    place: str  # one segment, another, or the delta
    dead: bool


collections = st.lists(
    st.tuples(documents, st.sampled_from(["first", "second", "delta"]), st.booleans()), max_size=12
).map(
    lambda rows: [
        Held(IndexDocument(key=number + 1, fields=fields, facets=facets), place, dead)
        for number, ((fields, facets), place, dead) in enumerate(rows)
    ]
)


def store_of(held: list[Held]) -> MemoryStore:
    store = MemoryStore()
    for place in ("first", "second"):
        store.add_segment(1, [analyse(h.document) for h in held if h.place == place])
    for h in held:
        if h.place == "delta":
            store.add(1, analyse(h.document))
        if h.dead:
            store.remove(1, h.document.key)
    return store


def bm25_of(living: list[IndexDocument], terms: set[int]) -> dict[int, float]:
    """BM25 as the textbook has it, one document after the other."""
    analysed = [analyse(document) for document in living]
    total = sum(document.length for document in analysed)
    average = total / len(analysed) if total else 1.0
    scores = {}
    for document in analysed:
        score = 0.0
        for term in sorted(terms & document.terms.keys()):
            frequency = sum(term in other.terms for other in analysed)
            weight = math.log(1 + (len(analysed) - frequency + 0.5) / (frequency + 0.5))
            count = document.terms[term]
            score += weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * document.length / average))
        scores[document.key] = score
    return scores


def expected(living: list[IndexDocument], query: Query) -> list[tuple[int, float]]:
    words = {term_hash(term) for word in query_words(query.text) for term in word}
    like = {term_hash(term) for term in term_counts(query.any_text)[0]}
    scores = bm25_of(living, words | like)
    found = []
    for document in living:
        terms = analyse(document).terms
        if not words <= terms.keys():
            continue
        if not words and query.any_text and not like & terms.keys():
            continue
        if all(any(facet_term(f) in terms for f in group) for group in query.facets):
            found.append((document.key, scores[document.key]))
    if query.order is Order.NEWEST:
        return sorted(found, reverse=True)
    return sorted(found, key=lambda pair: (-round(pair[1], 9), -pair[0]))


def rounded(hits: Hits) -> list[tuple[int, float]]:
    return [(key, pytest.approx(score)) for key, score in zip(hits.keys, hits.scores, strict=True)]


@settings(max_examples=300, deadline=None)
@given(held=collections, query=queries)
def test_every_split_answers_like_a_loop_over_the_living(held: list[Held], query: Query) -> None:
    living = [h.document for h in held if not h.dead]
    hits = search(store_of(held), [1], query, limit=100)
    assert expected(living, query) == rounded(hits)
    assert hits.total == len(hits.keys)


@settings(max_examples=100, deadline=None)
@given(held=collections, query=queries)
def test_a_merge_changes_no_bit_of_an_answer(held: list[Held], query: Query) -> None:
    store = store_of(held)
    living = [replace(h, place="delta") for h in held if not h.dead]
    before = search(store, [1], query, limit=100)
    assert search(store_of(living), [1], query, limit=100) == before
    store.merge(1)
    assert search(store, [1], query, limit=100) == before


@settings(max_examples=100, deadline=None)
@given(held=collections, query=queries, limit=st.integers(0, 4), offset=st.integers(0, 4))
def test_pages_are_cut_from_the_whole(held: list[Held], query: Query, limit: int, offset: int) -> None:
    store = store_of(held)
    whole = search(store, [1], query, limit=100)
    page = search(store, [1], query, limit=limit, offset=offset)
    assert page.total == whole.total
    assert page.keys == whole.keys[offset : offset + limit]
    assert page.scores == whole.scores[offset : offset + limit]


@settings(max_examples=100, deadline=None)
@given(held=collections, text=texts)
def test_scores_for_given_documents_are_those_of_the_search(held: list[Held], text: str) -> None:
    store = store_of(held)
    hits = search(store, [1], Query(any_text=text), limit=100)
    keys = [*(h.document.key for h in held), 999]
    scores = scores_for(store, [1], text, keys)
    positive = {k: v for k, v in zip(keys, scores.values, strict=True) if v}
    assert positive == dict(zip(hits.keys, hits.scores, strict=True)) or not text


@given(collections, texts, st.integers(0, 12))
@settings(max_examples=150)
def test_the_best_for_some_terms_are_those_of_a_loop_over_the_living(
    held: list[Held], text: str, limit: int
) -> None:
    store = store_of(held)
    terms = {term_hash(term) for term in term_counts(text)[0]}
    best = best_for(store, (1,), list(terms), limit)
    scores = bm25_of([h.document for h in held if not h.dead], terms)
    ordered = sorted(((key, s) for key, s in scores.items() if s), key=lambda row: (-row[1], -row[0]))
    assert best.keys == tuple(key for key, _ in ordered[:limit])
    assert best.scores == pytest.approx([score for _, score in ordered[:limit]])
    store.merge(1)
    assert best_for(store, (1,), list(terms), limit) == best


def test_the_best_of_many_are_those_of_the_whole_search_to_the_last_bit() -> None:
    """So many documents that a floor is looked for, with many equal scores around the fiftieth."""
    store = MemoryStore()
    words, number = ["畑", "食堂", "手伝い", "会場"], 40_000
    made = (
        IndexDocument(
            key=n + 1,
            fields={
                "body": "".join(word for i, word in enumerate(words) if n % (i * 7 + 2) == 0) + "、" * (n % 5)
            },
        )
        for n in range(number)
    )
    store.add_segment(1, [analyse(document) for document in made])
    for key in range(39_000, 39_200):
        store.remove(1, key)
    terms = [term_hash(term) for word in words for term in term_counts(word)[0]]
    whole = best_for(store, (1,), terms, number)
    assert len(whole.keys) > number / 2
    assert not set(whole.keys) & set(range(39_000, 39_200))
    for limit in (1, 50, 700):
        best = best_for(store, (1,), terms, limit)
        assert (best.keys, best.scores) == (whole.keys[:limit], whole.scores[:limit])


def test_a_limit_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        best_for(MemoryStore(), (1,), [1], -1)


def test_partitions_are_searched_alone_and_together() -> None:
    store = MemoryStore()
    store.add(1, analyse(IndexDocument(key=1, fields={"title": "企業の畑"})))
    store.add(2, analyse(IndexDocument(key=2, fields={"title": "企業の会場"})))
    assert search(store, [1], Query(text="企業")).keys == (1,)
    assert search(store, [2], Query(text="企業")).keys == (2,)
    assert search(store, [1, 2], Query(text="企業")).total == 2
    assert search(store, [3], Query(text="企業")).total == 0
    assert search(store, [], Query()).total == 0


def test_a_two_character_word_is_not_put_together_from_two_others() -> None:
    store = MemoryStore()
    store.add(1, analyse(IndexDocument(key=1, fields={"title": "企画と営業"})))
    assert search(store, [1], Query(text="企業")).total == 0


def test_text_without_a_letter_finds_nothing_and_no_text_everything() -> None:
    store = MemoryStore()
    store.add(1, analyse(IndexDocument(key=1, fields={"title": "畑"})))
    assert search(store, [1], Query(text="！？")).total == 0
    assert search(store, [1], Query(facets=(frozenset(),))).total == 0
    assert search(store, [1], Query()).keys == (1,)


def test_a_word_in_the_title_counts_more_than_in_the_body() -> None:
    store = MemoryStore()
    store.add(1, analyse(IndexDocument(key=1, fields={"title": "畑の会", "body": "町の家"})))
    store.add(1, analyse(IndexDocument(key=2, fields={"title": "町の家", "body": "畑の会"})))
    assert search(store, [1], Query(text="畑")).keys == (1, 2)


def test_common_terms_are_left_out_of_more_like_this_and_the_rarest_kept() -> None:
    store = MemoryStore()
    rows = [
        analyse(IndexDocument(key=key, fields={"title": "畑の手伝い" if key == 7 else "町の手伝い"}))
        for key in range(1, 1502)
    ]
    store.add_segment(1, rows)
    assert search(store, [1], Query(any_text="畑の手伝い")).keys == (7,)


def test_scores_say_how_much_of_the_text_is_shared() -> None:
    store = MemoryStore()
    text = "車椅子の人と歩く"
    store.add(1, analyse(IndexDocument(key=1, fields={"body": text})))
    store.add(1, analyse(IndexDocument(key=2, fields={"body": "車椅子を貸します"})))
    scores = scores_for(store, [1], text, [2, 1])
    assert scores.values[1] == pytest.approx(scores.own)
    assert 0 < scores.values[0] < scores.own / 2


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (1, -1)])
def test_a_page_before_the_first_is_refused(limit: int, offset: int) -> None:
    with pytest.raises(ValueError, match="count from 0"):
        search(MemoryStore(), [1], Query(), limit=limit, offset=offset)


def test_unknown_fields_and_empty_facets_are_refused() -> None:
    with pytest.raises(ValueError, match="subtitle"):
        analyse(IndexDocument(key=1, fields={"subtitle": "畑"}), FieldWeights())
    with pytest.raises(ValueError, match="facet"):
        analyse(IndexDocument(key=1, fields={}, facets=frozenset({""})))


def test_terms_that_tell_most_are_taken_as_long_as_they_cost_little_together() -> None:
    def taken(*numbers: int, size: int = 10_000_000) -> list[int]:
        frequency = {EVERY: size, **dict(enumerate(numbers, start=1))}
        return sorted(telling_terms(dict.fromkeys(range(1, len(numbers) + 1), 1), frequency))

    assert taken(180_000, 160_000, 40_000) == [1, 2, 3]
    assert taken(180_000, 200_000, 60_000) == [1, 3]  # the commonest tells least and would be too much
    assert taken(1, 30, 20) == [1, 2, 3]
    assert taken(900, 1_001, size=2_000) == [1]  # of the language, not of the matter
    assert len(taken(*[10] * 100)) == 80
