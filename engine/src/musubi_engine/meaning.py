"""Nearness of meaning of listings, by vectors learnt from their own texts and the engine's knowledge.

The recipes and concepts are read as texts too: a recipe brings the words for an activity and for
what it takes together, which the listings of a small town do too seldom.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.reading import words_of
from musubi_engine.text.sudachi import content_words
from musubi_engine.types import Listing
from musubi_engine.vectors import Floats, Vectors


class Embedding(Protocol):
    """What turns texts into vectors of length 1, comparable by their product: `OnnxEmbedding`."""

    def of_texts(self, texts: Sequence[str], /) -> Floats:
        """Shape (texts, size); float64."""


def learn_vectors(listings: Iterable[Listing], knowledge: Knowledge = SHIPPED) -> Vectors:
    """Vectors of words from listings and knowledge; needs the extra `words` (RuntimeError without).

    Some seconds for some thousand listings; to be learnt anew now and then, not for each request.
    """
    return learn_from_texts(map(words_of, listings), knowledge)


def learn_from_texts(texts: Iterable[str], knowledge: Knowledge = SHIPPED) -> Vectors:
    """The same from what listings say, where it is kept as text alone."""
    return Vectors.learn([*texts, *knowledge_texts(knowledge)], terms=content_words)


def knowledge_texts(knowledge: Knowledge) -> Iterator[str]:
    """Each recipe and each concept as a text of the words that belong together."""
    for recipe in knowledge.recipes:
        needs = (f"{need.what} {need.reason}" for need in recipe.needs)
        yield " ".join((recipe.name, *recipe.words, recipe.summary, *needs))
    for concept in knowledge.concepts:
        yield " ".join((concept.name, *concept.words, *concept.serves, *concept.broader))


class MeaningPool:
    """Some listings as vectors, ready to be compared with any other listing."""

    def __init__(self, listings: Sequence[Listing], embedding: Embedding) -> None:
        """Read the listings once; refs must be unique."""
        self._embedding = embedding
        self._refs = [listing.ref for listing in listings]
        self._vectors = embedding.of_texts([words_of(listing) for listing in listings])

    def similarities(self, listing: Listing) -> dict[str, float]:
        """Ref → similarity (0..1) of each listing of the pool; a negative one counts as 0."""
        if not self._refs:
            return {}
        found = nearness(self._embedding.of_texts([words_of(listing)])[0], self._vectors)
        return dict(zip(self._refs, found, strict=True))


def nearness(vector: Floats, others: Floats) -> list[float]:
    """How near each row of `others` (n, size) is to a vector (size), all of length 1: 0..1, negative as 0.

    To nine decimals, so that a pair is as near whatever other rows it is compared with.
    """
    return [min(1.0, max(0.0, round(float(value), 9))) for value in others @ vector]
