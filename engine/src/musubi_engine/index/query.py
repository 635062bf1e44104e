"""What is asked, and the terms it asks for."""

from dataclasses import dataclass
from enum import StrEnum

from musubi_engine.index.documents import EVERY, facet_term
from musubi_engine.text import query_words, term_hash

MOST_REQUIRED = 100  # pairs asked of a typed query: words beyond that no longer narrow anything


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`text`: words of which every one must occur. `any_text`: a text to find others like.

    `facets`: groups, of each of which a document has at least one. Nothing given: everything, newest
    first. A `text` without a letter finds nothing.
    """

    text: str = ""
    any_text: str = ""
    facets: tuple[frozenset[str], ...] = ()
    order: Order = Order.RELEVANCE


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups`: one term of each must occur. `scored`: terms that add to the score, ascending.

    `needs_scored`: at least one scored term must occur. None of it can be met: `impossible`.
    """

    groups: tuple[tuple[int, ...], ...]
    scored: tuple[int, ...]
    needs_scored: bool
    impossible: bool

    @property
    def terms(self) -> tuple[int, ...]:
        """Everything to be read."""
        return tuple(sorted({*self.scored, *(term for group in self.groups for term in group)}))


def plan_query(query: Query, like: tuple[int, ...]) -> Plan:
    """The plan of a query; `like` are the terms chosen from `any_text`."""
    words = [term_hash(term) for word in query_words(query.text) for term in word]
    words = list(dict.fromkeys(words))[:MOST_REQUIRED]
    groups: list[tuple[int, ...]] = [(term,) for term in words]
    groups += [tuple(sorted(map(facet_term, group))) for group in query.facets]
    needs_scored = bool(query.any_text.strip()) and not words
    impossible = (
        (bool(query.text.strip()) and not words)
        or (needs_scored and not like)
        or any(not group for group in query.facets)
    )
    if not groups and not needs_scored:
        groups = [(EVERY,)]
    scored = tuple(sorted({*words, *like}))
    return Plan(tuple(groups), scored, needs_scored, impossible)
