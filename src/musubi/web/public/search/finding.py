"""What answers a search: hits from the index, rows through their queries, counts of every way to narrow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from musubi.base.index import queries as index
from musubi.base.places.models import Municipality
from musubi.base.places.queries import municipalities
from musubi.flow.actors.queries import facets_of_reach
from musubi.flow.issues.enums import IssueState
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.queries import for_rows, listings_for, of_open_actors
from musubi.web.design.paging import Page, page_number
from musubi.web.shared.indexed import rows_of_refs

from .asked import Asked
from .facets import counted_groups
from .snippets import excerpt_of, marked

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

PER_PAGE = 20
FEW = 3  # with fewer hits than this, what somebody may have meant is looked for
FEW_NEAR = 5
GOING_ON = (ListingState.PUBLISHED, ListingState.RESERVED, IssueState.OPEN, IssueState.TAKEN_UP)
OVER = (ListingState.FULFILLED, IssueState.RESOLVED)
_NONE: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Found:
    """One row of the answer, its title and an excerpt with the words marked."""

    kind: str
    row: Any
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Instead:
    """Another search that finds something, and its address."""

    label: str
    total: int
    url: str


@dataclass(frozen=True)
class Answer:
    """`is_cut`: more than `page.total` may have the phrase. `counts`: of every choice."""

    page: Page
    is_cut: bool
    counts: index.FacetCounts


def find(
    asked: Asked, *, user: "Person", town: Municipality, synonyms: Mapping[str, tuple[str, ...]] = _NONE
) -> Answer:
    """A page of what this reader may see, best first, or newest first where no words were given."""
    number = page_number(asked.params)
    hits, counts = index.search_with_counts(
        partitions=_partitions(asked, town),
        text=asked.words,
        facets=_base(asked, user, town),
        groups=counted_groups(asked),
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
        synonyms=synonyms,
    )
    rows = rows_of_refs(hits.refs, user)
    items = [_found(ref.kind, rows[ref], asked.words, synonyms) for ref in hits.refs if ref in rows]
    page = Page(items, number, number * PER_PAGE < hits.total, hits.total, asked.params)
    return Answer(page, hits.is_cut, counts)


def meant(
    asked: Asked, total: int, *, user: "Person", town: Municipality, others: Iterable[str] = ()
) -> list[Instead]:
    """「もしかして」: where little is found, the same with a word put right that finds more."""
    if not asked.words or total >= FEW:
        return []
    found = index.meant_instead(
        asked.words,
        than=total,
        partitions=_partitions(asked, town),
        facets=_narrowed(asked, user, town),
        others=others,
    )
    return [Instead(one.text, one.total, asked.url_with_words(one.text)) for one in found]


def fewer_words(asked: Asked, *, user: "Person", town: Municipality) -> list[Instead]:
    """Where nothing is found: the same with fewer words, each that finds something; the most first.

    Of several words one is left out; of a sentence without spaces each word is looked for alone.
    """
    words = asked.words.split()
    less = (
        [" ".join(words[:n] + words[n + 1 :]) for n in range(len(words))]
        if len(words) > 1
        else index.words_within(asked.words)
    )
    texts = list(dict.fromkeys(less))[:PER_PAGE]
    if not texts:
        return []
    totals = index.totals_of(texts, partitions=_partitions(asked, town), facets=_narrowed(asked, user, town))
    found = [
        Instead(text, total, asked.url_with_words(text))
        for text, total in zip(texts, totals, strict=True)
        if total
    ]
    return sorted(found, key=lambda one: -one.total)


def nearest(asked: Asked, *, user: "Person", town: Municipality) -> list[Found]:
    """Where nothing has every word of a sentence: what of this town is nearest to it in wording."""
    if not asked.words:
        return []
    refs = index.nearest(asked.words, partition=town.pk, facets=_narrowed(asked, user, town), limit=FEW_NEAR)
    rows = rows_of_refs(refs, user)
    return [_found(ref.kind, rows[ref], asked.words, _NONE) for ref in refs if ref in rows]


def completions(
    asked: Asked, *, user: "Person", town: Municipality, others: Iterable[str] = ()
) -> list[Instead]:
    """While the last word is being written: what it may become, with how much that finds."""
    if not asked.words:
        return []
    found = index.completed(
        asked.words,
        partitions=_partitions(asked, town),
        facets=_narrowed(asked, user, town),
        others=others,
    )
    return [Instead(one.text, one.total, asked.url_with_words(one.text)) for one in found]


def newest_menu_items(user: "Person", town: Municipality, limit: int) -> list[Any]:
    """The latest of the 協働メニュー; through the index, for among all listings they are few."""
    levels = facets_of_reach(user, town.pk)
    hits = index.search(
        partitions=[town.pk],
        facets=[(f"v:{level}" for level in levels), [f"st:{ListingState.PUBLISHED}"], ["menu:1"]],
        limit=limit,
    )
    ids = [ref.object_id for ref in hits.refs]
    shown = for_rows(of_open_actors(listings_for(user))).filter(hidden_at=None)
    rows = {row.pk: row for row in shown.filter(pk__in=ids).order_by()}
    return [rows[pk] for pk in ids if pk in rows]


def _partitions(asked: Asked, town: Municipality) -> list[int]:
    return [each.pk for each in municipalities()] if asked.everywhere else [town.pk]


def _base(asked: Asked, user: "Person", town: Municipality) -> list[frozenset[str]]:
    """What this reader may see and wants to see at all. Of other towns only what is public is looked for."""
    levels = ["public"] if asked.everywhere else facets_of_reach(user, town.pk)
    states = (*GOING_ON, *OVER) if asked.with_over else GOING_ON
    # A story is published or not indexed; an actor has no state in the index.
    return [
        frozenset(f"v:{level}" for level in levels),
        frozenset(["k:actor", *(f"st:{state}" for state in states)]),
    ]


def _narrowed(asked: Asked, user: "Person", town: Municipality) -> list[frozenset[str]]:
    return [*_base(asked, user, town), *(choice.facets for choice in asked.chosen.values())]


def _found(kind: str, row: Any, words: str, synonyms: Mapping[str, tuple[str, ...]]) -> Found:
    title = row.name if kind == "actor" else row.title
    texts = {"actor": lambda: row.summary or row.description, "story": lambda: row.summary}
    text = " ".join(texts.get(kind, lambda: row.body)().split())
    return Found(
        kind,
        row,
        marked(title, words, synonyms),
        marked(excerpt_of(text, words, synonyms), words, synonyms),
    )
