"""What is indexed of a document: its terms with weighted counts, its facets, its length."""

from collections.abc import Mapping
from dataclasses import dataclass

from musubi_engine.text import term_counts, term_hash

MOST_COUNTS = 255  # counts are stored in one byte; BM25 has long levelled off there
_FACET = "\x1f"  # cannot occur in a word, so a facet and a word never meet

EVERY = term_hash(_FACET)  # the term that every document has


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWeights:
    """How many times an occurrence in a field counts."""

    title: int = 3
    body: int = 1
    actor: int = 2


WEIGHTS = FieldWeights()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """A document to be indexed. `key` is a positive 64-bit number, higher for later; a field may be absent."""

    key: int
    fields: Mapping[str, str]
    facets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """`terms`: term hash -> weighted count, 1 to 255, facets (1) and EVERY included; `length` in tokens, weighted."""

    key: int
    terms: Mapping[int, int]
    length: int


def facet_term(facet: str) -> int:
    """The hash under which a facet such as `state:published` is stored."""
    return term_hash(_FACET + facet)


def analyse(document: IndexDocument, weights: FieldWeights = WEIGHTS) -> DocumentTerms:
    """The terms of a document. Raises ValueError for a field without a weight or an empty facet."""
    terms: dict[int, int] = {}
    length = 0
    for name, text in document.fields.items():
        weight = getattr(weights, name, None)
        if weight is None:
            message = f"No weight for the field {name}."
            raise ValueError(message)
        counts, tokens = term_counts(text)
        length += weight * tokens
        for term, count in counts.items():
            hashed = term_hash(term)
            terms[hashed] = min(MOST_COUNTS, terms.get(hashed, 0) + weight * count)
    for facet in document.facets:
        if not facet:
            message = "A facet is empty."
            raise ValueError(message)
        terms[facet_term(facet)] = 1
    terms[EVERY] = 1
    return DocumentTerms(document.key, terms, length)
