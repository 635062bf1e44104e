"""The step before: of a big pool the offers most like each line, and what is lost by looking only at them."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median
from time import process_time
from typing import Final

import numpy as np

from musubi_engine.bench.postings import postings
from musubi_engine.bench.speed_teams import line_candidates
from musubi_engine.bench.table import Table
from musubi_engine.bench.teams_world import Town, make_town
from musubi_engine.bench.town import PARTITION, build, document_of, documents
from musubi_engine.index import MemoryStore
from musubi_engine.teams.covering import Asked
from musubi_engine.teams.finding import teams_among
from musubi_engine.types import Proposal
from musubi_engine.wording import similarities_in

_LINES: Final = (2, 4, 6, 8)
_PERCENT: Final = 95
_LIKENESS: Final = 0.5
_ABOUT_IT: Final = 25
_FEWEST: Final = 40
_SEED: Final = 7


def candidates_table(number: int, needs: int) -> Table:
    """Speed with the candidate step over `number` offers, and how often the whole pool has a better team."""
    about = max(_FEWEST, number // _ABOUT_IT)
    store = build(documents(number, _SEED, needs=0.0))
    others = {listing.ref: listing for listing in postings(number, seed=_SEED, needs=0.0)}
    rows = []
    for place, lines in enumerate(_LINES, start=1):
        town = make_town(np.random.default_rng(lines), lines, about)
        keys = {ref: number + key for key, ref in enumerate(town.offers, start=1)}
        store.add_segment(PARTITION + place, [document_of(keys[ref], town.offers[ref]) for ref in keys])
        partitions = (PARTITION, PARTITION + place)
        # Those about the need are a partition of their own, beside the same others each time.
        town = replace(town, offers=others | town.offers)
        keys |= {ref: int(ref) for ref in others}
        asked = Asked(town.need)
        able = {ref: keys[ref] for ref, offer in town.offers.items() if asked.covered_by(offer)}
        likeness = dict(
            zip(able, similarities_in(store, partitions, town.need, list(able.values())), strict=True)
        )
        refs = {key: ref for ref, key in keys.items()}
        figures = [
            _one(town, likeness, store, partitions, refs, seed)
            for seed in range(max(1, needs // len(_LINES)))
        ]
        looked_at, steps, searches, wholes, shares = zip(*figures, strict=True)
        same = [share for share in shares if share is not None]
        rows.append(
            (
                len(town.offers),
                len(able),
                lines,
                round(mean(looked_at)),
                median(steps),
                median(searches),
                float(np.percentile(np.add(steps, searches), _PERCENT)),
                median(wholes),
                len(same) / len(shares),
                mean(same) if same else 0.0,
                min(same, default=0.0),
            )
        )
    return Table(
        title="Teams in a big pool after the candidate step, milliseconds of one processor",
        columns=(
            "offers",
            "that cover something",
            "lines",
            "looked at",
            "candidate step p50",
            "teams p50",
            "both p95",
            "teams of all p50",
            "as small",
            "sum of scores",
            "least sum",
        ),
        rows=tuple(rows),
        notes=(
            (
                f"One offer in {_ABOUT_IT} is made for the need, the others are about anything else. Candidates: of each line "
                "those that an installation looks at. The team is exact among them; texts have been read before. As small: how "
                "often it has no more actors than the best team of all offers; sum of scores: as a share of that team's. Half "
                "of a score here is likeness of wording, half is chance that the step cannot see, so that the loss is on the "
                "high side."
            ),
        ),
    )


def _one(
    town: Town,
    likeness: dict[str, float],
    store: MemoryStore,
    partitions: Sequence[int],
    refs: dict[int, str],
    seed: int,
) -> tuple[int, float, float, float, float | None]:
    """How many are looked at; milliseconds of the step, of the search among them and among all; the share of the best sum."""
    chance = np.random.default_rng(seed)
    scored = [
        Proposal(
            need=town.need.ref,
            offer=ref,
            score=round(_LIKENESS * alike + (1 - _LIKENESS) * float(chance.beta(2, 4)), 6),
            engine_version="bench",
        )
        for ref, alike in likeness.items()
    ]
    start = process_time()
    near = {refs[key] for key in line_candidates(store, partitions, town.need)}
    step = process_time() - start
    among = [row for row in scored if row.offer in near]
    start = process_time()
    some = teams_among(town.need, among, town.offers)
    search = process_time() - start
    start = process_time()
    best = teams_among(town.need, scored, town.offers)
    whole = process_time() - start
    is_as_small = bool(some) and some[0].complete and len(some[0].members) == len(best[0].members)
    share = some[0].score / best[0].score if is_as_small else None
    return len(near), step * 1000, search * 1000, whole * 1000, share
