"""Questions to the index. What a person may see is asked for as facets, by the stage that knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from musubi.base.index.adapter import SqlStore, kind_facet
from musubi.base.index.adapter.marking import spans_of
from musubi.base.index.models import Document, Tombstone
from musubi_engine.index import CandidateQuery, Order, Query, scores_for, shares_of
from musubi_engine.index import Candidates as KeyCandidates
from musubi_engine.index import Hits as KeyHits
from musubi_engine.index import admitted as count_admitted
from musubi_engine.index import candidates as find_candidates
from musubi_engine.index import search as search_store
from musubi_engine.index.concepts import concept_facets
from musubi_engine.index.facets import OTHER, Days, Outline, candidate_query, matchable_facet, matching_facets

__all__ = [
    "OTHER",
    "CandidateQuery",
    "Candidates",
    "Days",
    "Hits",
    "Outline",
    "Ref",
    "admitted",
    "candidate_query",
    "candidates",
    "concept_facets",
    "marks",
    "matchable_facet",
    "matching_facets",
    "more_like",
    "search",
    "wording_scores",
    "wording_shares",
]

_TRIES = 20


class Ref(NamedTuple):
    """An indexed object."""

    kind: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` objects match; `refs` and `scores` are those of the page asked for, best first."""

    total: int
    refs: tuple[Ref, ...]
    scores: tuple[float, ...]


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
) -> Hits:
    """Objects that have every word of the text, and a facet of each group; the best first.

    Without words, or if so asked, the last saved comes first. Totals are exact. Words end at spaces;
    a sentence without any is one long word, for which `more_like` is the better question.
    """
    query = Query(
        text=text,
        facets=_groups(facets, kinds),
        order=Order.NEWEST if newest_first else Order.RELEVANCE,
    )
    return _resolve(lambda: search_store(SqlStore(), partitions, query, limit, offset))


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

    Every committed save counts; the order of equals is that of their saving, the last first.
    """
    of_kind = replace(query, facets=(*query.facets, frozenset({kind_facet(kind)})))
    for _ in range(_TRIES):
        found: KeyCandidates = find_candidates(SqlStore(), [partition], of_kind)
        objects = _objects_of(Document, found.keys)
        buried = [key for key in found.keys if key not in objects]
        if buried:
            objects |= _objects_of(Tombstone, buried)
        if len(objects) == len(found.keys):
            break
    pairs = zip(found.keys, found.likeness, strict=True)
    return Candidates(found.admitted, {objects[k].object_id: alike for k, alike in pairs if k in objects})


def admitted(*, partition: int, facets: Iterable[Iterable[str]]) -> int:
    """How many objects have a facet of each group."""
    return count_admitted(SqlStore(), [partition], _groups(facets, ()))


def marks(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words of a search stand in a text: a search for こども食堂 marks 子ども食堂 too."""
    return spans_of(text, words)


def _groups(facets: Iterable[Iterable[str]], kinds: Iterable[str]) -> tuple[frozenset[str], ...]:
    groups = [frozenset(group) for group in facets]
    of_kinds = frozenset(kind_facet(kind) for kind in kinds)
    return (*groups, of_kinds) if of_kinds else tuple(groups)


def _resolve(ask: Callable[[], KeyHits]) -> Hits:
    """Keys as objects. Only if a merge came between the two questions must the first be asked again."""
    for _ in range(_TRIES):
        found = ask()
        objects = _objects_of(Document, found.keys)
        buried = [key for key in found.keys if key not in objects]
        if buried:
            objects |= _objects_of(Tombstone, buried)
        if len(objects) == len(found.keys):
            break
    pairs = [(objects[k], s) for k, s in zip(found.keys, found.scores, strict=True) if k in objects]
    return Hits(found.total, tuple(ref for ref, _ in pairs), tuple(score for _, score in pairs))


def _objects_of(model: type[Document | Tombstone], keys: Sequence[int]) -> dict[int, Ref]:
    rows = model.objects.filter(key__in=keys).values_list("key", "kind", "object_id")
    return {key: Ref(kind, object_id) for key, kind, object_id in rows}
