"""Questions to the index. What a person may see is asked for as facets, by the stage that knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import QuerySet

from musubi.base.common.prepared import Among, Prepared
from musubi.base.index.adapter import RULES, SqlStore, keys_that_hold, kind_facet, lexicon_of
from musubi.base.index.adapter.marking import spans_of
from musubi.base.index.adapter.vectors import near_in_meaning
from musubi.base.index.models import BuiltWith, Document, Tombstone
from musubi_engine.index import (
    CandidateQuery,
    FacetCounts,
    FacetGroup,
    Order,
    Query,
    completions_of,
    count_each,
    facet_counts,
    meant_by,
    read_typed,
    scores_for,
    shares_of,
    unfinished_parts,
)
from musubi_engine.index import Candidates as KeyCandidates
from musubi_engine.index import Hits as KeyHits
from musubi_engine.index import candidates as find_candidates
from musubi_engine.index import search as search_store
from musubi_engine.index.facets import (
    OTHER,
    Outline,
    asking_only,
    candidate_query,
    days_of,
    finding_facets,
    matchable_facet,
    matching_facets,
)
from musubi_engine.text import reading_of, surface_words

__all__ = [
    "OTHER",
    "CandidateQuery",
    "Candidates",
    "FacetCounts",
    "FacetGroup",
    "Hits",
    "Meant",
    "Outline",
    "Ref",
    "asking_only",
    "candidate_query",
    "candidates",
    "completed",
    "days_of",
    "finding_facets",
    "is_outdated",
    "marks",
    "matchable_facet",
    "matching_facets",
    "meant_instead",
    "more_like",
    "near_in_meaning",
    "nearest",
    "search",
    "search_with_counts",
    "totals_of",
    "wording_scores",
    "wording_shares",
    "words_within",
]

MOST_VERIFIED = 2000  # documents whose texts are read for a phrase: a common one of 100,000 has fewer
_TRIES = 20
_MOST_MEANT, _MOST_CANDIDATES = 3, 30
_SENTENCE = 6  # letters from which what was typed is more than a word
_ENOUGH_SHARED = 0.3
_NO_SYNONYMS: Mapping[str, tuple[str, ...]] = {}


class Ref(NamedTuple):
    """An indexed object."""

    kind: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` objects match; `refs` and `scores` are those of the page asked for, best first.

    `is_cut`: so many may have the phrase that only the best were read; there may be more than `total`.
    """

    total: int
    refs: tuple[Ref, ...]
    scores: tuple[float, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """A search that finds more than the one typed: its text and what it finds now."""

    text: str
    total: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Of `admitted` objects those worth comparing: id → how much of the text's wording it shares, 0.0 to 1.0.

    The most promising first.
    """

    admitted: int
    likeness: Mapping[int, float]


def search(
    *,
    partitions: Sequence[int],
    text: str = "",
    facets: Iterable[Iterable[str]] = (),
    kinds: Iterable[str] = (),
    newest_first: bool = False,
    limit: int = 20,
    offset: int = 0,
    synonyms: Mapping[str, tuple[str, ...]] = _NO_SYNONYMS,
) -> Hits:
    """Objects that have every word and 「phrase」 of the text, no -word, and a facet of each group; best first.

    Without words, or if so asked, the newest comes first: by `since`, as `index_object` was told. Totals are exact. Words end at spaces;
    a sentence without any is one long word, for which `more_like` is the better question. A word of
    the text is also met by any of its `synonyms`.
    """
    query = Query(
        text=text,
        facets=_groups(facets, kinds),
        order=Order.NEWEST if newest_first else Order.RELEVANCE,
        synonyms=synonyms,
    )
    query, is_cut = _verified(query, partitions)
    hits = _resolve(lambda: search_store(SqlStore(), partitions, query, limit, offset))
    return replace(hits, is_cut=is_cut)


def search_with_counts(
    *,
    partitions: Sequence[int],
    groups: Mapping[str, FacetGroup],
    text: str = "",
    facets: Iterable[Iterable[str]] = (),
    limit: int = 20,
    offset: int = 0,
    synonyms: Mapping[str, tuple[str, ...]] = _NO_SYNONYMS,
) -> tuple[Hits, FacetCounts]:
    """What `search` finds with every group's choice, and how much each value of a group would leave.

    `facets` are what the reader may see and has fixed; a count heeds them, the text and the choices of
    all other groups. As many statements for any number of hits.
    """
    query, is_cut = _verified(Query(text=text, facets=_groups(facets, ()), synonyms=synonyms), partitions)
    store = SqlStore()
    counts = facet_counts(store, partitions, query, groups)
    chosen = tuple(group.asked for group in groups.values() if group.chosen)
    narrowed = replace(query, facets=(*query.facets, *chosen))
    hits = _resolve(lambda: search_store(store, partitions, narrowed, limit, offset))
    return replace(hits, is_cut=is_cut), counts


def totals_of(
    texts: Sequence[str],
    *,
    partitions: Sequence[int],
    facets: Iterable[Iterable[str]] = (),
    synonyms: Mapping[str, tuple[str, ...]] = _NO_SYNONYMS,
) -> list[int]:
    """How many objects each text finds, phrases counted as words; as many statements as for one."""
    groups = _groups(facets, ())
    queries = [Query(text=text, facets=groups, synonyms=synonyms) for text in texts]
    return list(count_each(SqlStore(), partitions, queries))


def meant_instead(
    text: str,
    *,
    than: int,
    partitions: Sequence[int],
    facets: Iterable[Iterable[str]] = (),
    others: Iterable[str] = (),
) -> list[Meant]:
    """「もしかして」: the text with one word put right, where that finds more `than` now; the most first.

    Only for who sees it: what nobody may see through `facets` is never offered. `others` are words to
    know besides those of the texts, the recipes and the concepts.
    """
    words = read_typed(text).words
    lexicon = lexicon_of(partitions, others)
    candidates: dict[str, None] = {}
    for number, word in enumerate(words):
        # 子供職堂の手伝い and こどm食堂の手伝い are no words of any table.
        for part in dict.fromkeys((word, *surface_words(word), *unfinished_parts(word))):
            for better in meant_by(part, lexicon, reading=reading_of(part)):
                right = word.replace(part, better, 1)
                candidates[" ".join((*words[:number], right, *words[number + 1 :]))] = None
    texts = list(candidates)[:_MOST_CANDIDATES]
    totals = totals_of(texts, partitions=partitions, facets=facets)
    found = [Meant(better, total) for better, total in zip(texts, totals, strict=True) if total > than]
    return sorted(found, key=lambda meant: -meant.total)[:_MOST_MEANT]


def completed(
    text: str,
    *,
    partitions: Sequence[int],
    facets: Iterable[Iterable[str]] = (),
    others: Iterable[str] = (),
) -> list[Meant]:
    """The text with its last word written to its end, each finding something, the most first."""
    before, _, last = text.rpartition(" ")
    words = completions_of(last, lexicon_of(partitions, others))
    texts = [f"{before} {word}".strip() for word in words]
    totals = totals_of(texts, partitions=partitions, facets=facets)
    found = [Meant(whole, total) for whole, total in zip(texts, totals, strict=True) if total]
    return sorted(found, key=lambda meant: -meant.total)


def is_outdated() -> bool:
    """Whether texts are now folded or cut, lists ordered or facets given by other rules than those the index was built with."""
    built = BuiltWith.objects.filter(pk=1).values_list("rules", flat=True).first()
    return built != RULES and Document.objects.exists()


def more_like(
    text: str,
    partitions: Sequence[int],
    facets: Iterable[Iterable[str]] = (),
    kinds: Iterable[str] = (),
    limit: int = 50,
    offset: int = 0,
) -> Hits:
    """Objects that share telling words with the text and have a facet of each group; the best first."""
    query = Query(any_text=text, facets=_groups(facets, kinds))
    return _resolve(lambda: search_store(SqlStore(), partitions, query, limit, offset))


def nearest(
    text: str, *, partition: int, facets: Iterable[Iterable[str]] = (), limit: int = 5
) -> tuple[Ref, ...]:
    """For a sentence that nothing has word for word: the objects that share enough of its wording; best first.

    Nothing for a single short word, of which only letters could be shared, and nothing where a 「phrase」
    or a -word was asked for.
    """
    typed = read_typed(text)
    if typed.phrases or typed.excluded or len("".join(typed.words)) < _SENTENCE:
        return ()
    found = more_like(text, [partition], facets, limit=limit)
    shares = wording_scores(text, partition, found.refs)
    return tuple(ref for ref in found.refs if shares[ref] >= _ENOUGH_SHARED)


def words_within(text: str) -> tuple[str, ...]:
    """The words that stand in an unbroken sentence, to be looked for one by one."""
    return tuple(word for word in surface_words(text) if word != text)


def wording_scores(text: str, partition: int, refs: Iterable[Ref]) -> Mapping[Ref, float]:
    """How much of the text's telling words each object shares: 0.0 to 1.0 (the text itself).

    BM25 of the object over BM25 of the text for itself. An object that is not indexed has 0.0.
    """
    wanted = list(dict.fromkeys(Ref(*ref) for ref in refs))
    by_kind: dict[str, list[int]] = {}
    for ref in wanted:
        by_kind.setdefault(ref.kind, []).append(ref.object_id)
    keys: dict[Ref, int] = {}
    for kind, ids in by_kind.items():
        rows = Document.objects.filter(kind=kind, object_id__in=ids)
        keys |= {Ref(kind, row[0]): row[1] for row in rows.values_list("object_id", "key")}
    scores = scores_for(SqlStore(), [partition], text, list(keys.values()))
    shares = {
        ref: min(1.0, value / scores.own) if scores.own else 0.0
        for ref, value in zip(keys, scores.values, strict=True)
    }
    return {ref: shares.get(ref, 0.0) for ref in wanted}


def wording_shares(texts: Sequence[str], partition: int, ref: Ref) -> tuple[float, ...]:
    """How much of each text's telling words one object shares, as `wording_scores` would say of each alone."""
    key = Document.objects.filter(kind=ref.kind, object_id=ref.object_id).values_list("key", flat=True)
    if not texts or (found := key.first()) is None:
        return (0.0,) * len(texts)
    return shares_of(SqlStore(), [partition], texts, found)


def candidates(*, kind: str, partition: int, query: CandidateQuery) -> Candidates:
    """The candidates of a kind, found whatever their number (see the engine's `CandidateQuery`).

    Every committed save counts; of equals the newest comes first.
    """
    of_kind = replace(query, facets=(*query.facets, frozenset({kind_facet(kind)})))
    for _ in range(_TRIES):
        found: KeyCandidates = find_candidates(SqlStore(), [partition], of_kind)
        objects = _objects_of(_documents, found.keys)
        buried = [key for key in found.keys if key not in objects]
        if buried:
            objects |= _objects_of(_tombstones, buried)
        if len(objects) == len(found.keys):
            break
    pairs = zip(found.keys, found.likeness, strict=True)
    return Candidates(found.admitted, {objects[k].object_id: alike for k, alike in pairs if k in objects})


def marks(
    text: str, words: str, synonyms: Mapping[str, tuple[str, ...]] = _NO_SYNONYMS
) -> list[tuple[int, int]]:
    """Where the words of a search stand in a text: a search for こども食堂 marks 子ども食堂 too."""
    typed = read_typed(words)
    widened = (other for word in typed.words for other in synonyms.get(word, ()))
    return spans_of(text, " ".join((*typed.words, *typed.phrases, *widened)))


def _groups(facets: Iterable[Iterable[str]], kinds: Iterable[str]) -> tuple[frozenset[str], ...]:
    groups = [frozenset(group) for group in facets]
    of_kinds = frozenset(kind_facet(kind) for kind in kinds)
    return (*groups, of_kinds) if of_kinds else tuple(groups)


def _verified(query: Query, partitions: Sequence[int]) -> tuple[Query, bool]:
    """The query with the keys of those that have its phrases letter by letter, where the index cannot tell.

    And whether more candidates were found than are read.
    """
    typed = read_typed(query.text)
    if not typed.to_verify:
        return query, False
    found = search_store(SqlStore(), partitions, query, MOST_VERIFIED)
    return replace(query, only=keys_that_hold(typed, found.keys)), found.total > len(found.keys)


def _resolve(ask: Callable[[], KeyHits]) -> Hits:
    """Keys as objects. Only if a merge came between the two questions must the first be asked again."""
    for _ in range(_TRIES):
        found = ask()
        objects = _objects_of(_documents, found.keys)
        buried = [key for key in found.keys if key not in objects]
        if buried:
            objects |= _objects_of(_tombstones, buried)
        if len(objects) == len(found.keys):
            break
    pairs = [(objects[k], s) for k, s in zip(found.keys, found.scores, strict=True) if k in objects]
    return Hits(found.total, tuple(ref for ref, _ in pairs), tuple(score for _, score in pairs))


def _objects_of(rows: Prepared[tuple[int, str, int]], keys: Sequence[int]) -> dict[int, Ref]:
    return {key: Ref(kind, object_id) for key, kind, object_id in rows(keys=keys)} if keys else {}


@Prepared
def _documents() -> QuerySet[Document, tuple[int, str, int]]:
    return Document.objects.filter(Among("key", "keys")).order_by().values_list("key", "kind", "object_id")


@Prepared
def _tombstones() -> QuerySet[Tombstone, tuple[int, str, int]]:
    return Tombstone.objects.filter(Among("key", "keys")).order_by().values_list("key", "kind", "object_id")
