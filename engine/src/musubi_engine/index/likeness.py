"""How alike many texts are to one document, in as few reads as one text takes."""

from collections.abc import Sequence

import numpy as np

from musubi_engine.index import bm25
from musubi_engine.index.documents import EVERY
from musubi_engine.index.scoring import average_length, own_score, term_weights
from musubi_engine.index.search import telling_terms
from musubi_engine.index.store import Block, PostingStore
from musubi_engine.text import term_counts, term_hash


def shares_of(
    store: PostingStore, partitions: Sequence[int], texts: Sequence[str], key: int
) -> tuple[float, ...]:
    """For each text the share (0..1) of its wording that the document `key` has, 0 if it is not indexed.

    To the last bit what `scores_for` finds for each text alone: BM25 over the text's score for itself. One read of
    the frequencies and one of the postings for all texts together.
    """
    read = [term_counts(text) for text in texts]
    counted = [{term_hash(term): count for term, count in counts.items()} for counts, _ in read]
    frequency = store.frequencies(partitions, sorted({EVERY, *(term for times in counted for term in times)}))
    chosen = [tuple(sorted(telling_terms(times, frequency))) for times in counted]
    asked = sorted({term for terms in chosen for term in terms})
    if not asked:
        return (0.0,) * len(texts)
    snapshot = store.read(partitions, asked)
    weights = term_weights(snapshot, asked)
    average = average_length(snapshot)
    gains = _gains(snapshot.blocks, asked, weights, average, key)
    shares = []
    for told, terms in zip(read, chosen, strict=True):
        own = own_score(told, {term: weights[term] for term in terms}, average)
        score = 0.0
        for term in terms:  # one after the other, as everywhere: `sum` of later Pythons rounds otherwise
            score += gains.get(term, 0.0)
        shares.append(min(1.0, score / own) if own else 0.0)
    return tuple(shares)


def _gains(
    blocks: Sequence[Block], terms: Sequence[int], weights: dict[int, float], average: float, key: int
) -> dict[int, float]:
    """What each term that the document has adds to a score."""
    for block in blocks:
        at = int(np.searchsorted(block.keys, key))
        if at == len(block.keys) or block.keys[at] != key:
            continue
        if block.alive is not None and not block.alive[at]:
            continue
        norm = bm25.length_norms(block.lengths[at : at + 1], average)
        found = {}
        for term in terms:
            posting = block.postings.get(term)
            if posting is None:
                continue
            place = int(np.searchsorted(posting.positions, posting.positions.dtype.type(at)))
            if place < len(posting.positions) and posting.positions[place] == at:
                found[term] = float(weights[term] * bm25.saturate(posting.counts[place : place + 1], norm)[0])
        return found
    return {}
