"""What is asked, and the terms it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from musubi_engine.index.documents import EVERY, facet_term
from musubi_engine.index.typed import alternatives_of, read_typed, terms_of, unified_keys

MOST_REQUIRED = 100  # pairs asked of a typed query: words beyond that no longer narrow anything


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`text`: words of which every one must occur. `any_text`: a text to find others like.

    `facets`: groups, of each of which a document has at least one. Nothing given: everything, newest
    first. A `text` without a letter finds nothing. In `text`, a 「phrase」 asks for its pairs of letters
    (who knows the texts passes the keys that have it as `only`), and a -word leaves out what the word
    would find. `synonyms`: a word of the text is also met by any of these. `only`: keys to choose among.
    """

    text: str = ""
    any_text: str = ""
    facets: tuple[frozenset[str], ...] = ()
    order: Order = Order.RELEVANCE
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups`: one term of each must occur. `scored`: terms that add to the score, ascending.

    `choices`: of each, all terms of one alternative must occur. `excluded`: all terms of none may.
    `needs_scored`: at least one scored term must occur. None of it can be met: `impossible`.
    """

    groups: tuple[tuple[int, ...], ...]
    scored: tuple[int, ...]
    needs_scored: bool
    impossible: bool
    choices: tuple[tuple[tuple[int, ...], ...], ...] = ()
    excluded: tuple[tuple[int, ...], ...] = ()
    only: frozenset[int] | None = None

    @property
    def narrows(self) -> bool:
        """Whether more than the groups decides what matches."""
        return bool(self.choices or self.excluded or self.only is not None)

    @property
    def terms(self) -> tuple[int, ...]:
        """Everything to be read."""
        chosen = (term for choice in self.choices for alternative in choice for term in alternative)
        barred = (term for word in self.excluded for term in word)
        return tuple(
            sorted({*self.scored, *(term for group in self.groups for term in group), *chosen, *barred})
        )


def plan_query(query: Query, like: tuple[int, ...]) -> Plan:
    """The plan of a query; `like` are the terms chosen from `any_text`."""
    typed = read_typed(query.text)
    synonyms = unified_keys(query.synonyms)
    words: list[int] = []
    choices: list[tuple[tuple[int, ...], ...]] = []
    for alternatives in (alternatives_of(word, synonyms) for word in typed.words):
        if len(alternatives) == 1:
            words += alternatives[0]
        elif alternatives:
            choices.append(alternatives)
    words += [term for phrase in typed.phrases for term in terms_of(phrase)]
    words = list(dict.fromkeys(words))[:MOST_REQUIRED]
    excluded = tuple(terms for word in typed.excluded if (terms := terms_of(word)))
    groups: list[tuple[int, ...]] = [(term,) for term in words]
    # One term of each alternative has to be there: cheap, and it leaves little to look at closely.
    groups += [tuple(sorted({alternative[0] for alternative in choice})) for choice in choices]
    groups += [tuple(sorted(map(facet_term, group))) for group in query.facets]
    asks = bool(words or choices)
    needs_scored = bool(query.any_text.strip()) and not asks
    impossible = (
        (bool(query.text.strip()) and not asks and not excluded)
        or (needs_scored and not like)
        or any(not group for group in query.facets)
    )
    if not groups and (not needs_scored or excluded or query.only is not None):
        groups = [(EVERY,)]
    widened = (term for choice in choices for alternative in choice for term in alternative)
    scored = tuple(sorted({*words, *widened, *like}))
    return Plan(tuple(groups), scored, needs_scored, impossible, tuple(choices), excluded, query.only)
