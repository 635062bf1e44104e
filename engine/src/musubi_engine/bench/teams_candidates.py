"""The step before: of a big pool the offers most like each line, and what is lost by looking only at them."""

from dataclasses import replace
from statistics import mean, median
from time import process_time
from typing import Final

import numpy as np

from musubi_engine.bench.table import Table
from musubi_engine.bench.teams_world import Town, make_town
from musubi_engine.index import IndexDocument, MemoryStore, Query, analyse, search
from musubi_engine.teams.finding import teams_among

_A_LINE: Final = 250
_LINES: Final = (2, 4, 6, 8)
_PERCENT: Final = 95
_POOL: Final = 1
_LIKENESS: Final = 0.5


def candidates_table(documents: int, needs: int) -> Table:
    """Speed with the candidate step over `documents` offers, and how often the whole pool has a better team."""
    rows = []
    for lines in _LINES:
        town = make_town(np.random.default_rng(lines), lines, documents, own_words=False)
        store, refs = _index(town)
        steps, wholes, same_size, shares, looked_at = [], [], [], [], []
        for seed in range(max(1, needs // 4)):
            scored = _scored(town, store, refs, seed)
            start = process_time()
            near = _candidates(scored, store, refs)
            some = teams_among(
                scored.need, [row for row in scored.proposals if row.offer in near], scored.offers
            )
            steps.append((process_time() - start) * 1000)
            start = process_time()
            whole = teams_among(scored.need, scored.proposals, scored.offers)
            wholes.append((process_time() - start) * 1000)
            looked_at.append(len(near))
            same_size.append(
                bool(some) and len(some[0].members) == len(whole[0].members) and some[0].complete
            )
            if same_size[-1]:
                shares.append(some[0].score / whole[0].score)
        rows.append(
            (
                documents,
                lines,
                round(mean(looked_at)),
                median(steps),
                float(np.percentile(steps, _PERCENT)),
                median(wholes),
                mean(same_size),
                mean(shares) if shares else 0.0,
                min(shares, default=0.0),
            )
        )
    return Table(
        title="Teams in a big pool after the candidate step, milliseconds of one processor",
        columns=(
            "offers",
            "lines",
            "looked at",
            "p50",
            "p95",
            "all of them p50",
            "as small",
            "sum of scores",
            "least sum",
        ),
        rows=tuple(rows),
        notes=(
            (
                f"Candidates: for each line the {_A_LINE} offers of its resource whose words are most like the need's words for "
                "it (exact BM25). Offers here say nothing but what they give, so that no time goes into reading texts. The team is exact among them. As small: how often it has no more actors than the best "
                "team of all offers; sum of scores: as a share of that team's. Half of a score here is likeness of wording, "
                "half is chance that the step cannot see, so that the loss is on the high side."
            ),
        ),
    )


def _index(town: Town) -> tuple[MemoryStore, dict[int, str]]:
    store = MemoryStore()
    refs = dict(enumerate(town.offers, start=1))
    documents = [
        IndexDocument(
            key=key,
            fields={"title": town.offers[ref].title},
            facets=frozenset(f"r:{resource}" for resource in town.offers[ref].resources),
        )
        for key, ref in refs.items()
    ]
    store.add_segment(_POOL, [analyse(document) for document in documents])
    return store, refs


def _scored(town: Town, store: MemoryStore, refs: dict[int, str], seed: int) -> Town:
    """The town with scores of which one half is likeness of wording."""
    text = "、".join(line.what for line in town.need.lines)
    hits = search(store, (_POOL,), Query(any_text=text), limit=len(refs))
    best = max(hits.scores, default=1.0)
    likeness = {refs[key]: score / best for key, score in zip(hits.keys, hits.scores, strict=True)}
    chance = np.random.default_rng(seed).beta(2, 4, len(town.proposals))
    proposals = tuple(
        type(row)(
            need=row.need,
            offer=row.offer,
            score=round(_LIKENESS * likeness.get(row.offer, 0.0) + (1 - _LIKENESS) * float(luck), 6),
            engine_version=row.engine_version,
        )
        for row, luck in zip(town.proposals, chance, strict=True)
    )
    return replace(town, proposals=proposals)


def _candidates(town: Town, store: MemoryStore, refs: dict[int, str]) -> frozenset[str]:
    near: set[str] = set()
    for line in town.need.lines:
        query = Query(any_text=line.what, facets=(frozenset({f"r:{line.resource}"}),))
        near |= {refs[key] for key in search(store, (_POOL,), query, limit=_A_LINE).keys}
    return frozenset(near)
