"""How good the order is, by the measures of the field over a judged collection in TREC format."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from musubi_engine import bruteforce
from musubi_engine.jsonl import InputError, read_listings, read_rows, read_text
from musubi_engine.meaning import MeaningPool, learn_vectors
from musubi_engine.rank import MINIMUM, rank
from musubi_engine.text.sudachi import words_installed
from musubi_engine.types import Listing
from musubi_engine.version import ENGINE_VERSION
from musubi_engine.weights import WEIGHTS, Weights
from musubi_engine.wording import WordingPool

DEPTH = 100
INFEASIBLE_DEPTH = 50
_QREL_COLUMNS = 4

Grades = dict[str, dict[str, int]]
Run = dict[str, list[str]]


def only(weights: Weights, *names: str) -> Weights:
    """These weights for some signals, and none for the others."""
    return Weights(
        **{
            field.name: getattr(weights, field.name) if field.name in names else 0.0
            for field in fields(Weights)
        }
    )


_ONLY_WORDING = only(WEIGHTS, "wording")
_ONLY_STRUCTURE = only(WEIGHTS, "wording", "resource", "field")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Means over needs, each 0..1, and how many needs they are over."""

    needs: int
    ndcg_10: float
    recall_50: float
    mrr_10: float
    judged_10: float

    def as_dict(self) -> dict[str, float | int]:
        """The measures by their usual names, to four decimals."""
        return {
            "needs": self.needs,
            "nDCG@10": round(self.ndcg_10, 4),
            "Recall@50": round(self.recall_50, 4),
            "MRR@10": round(self.mrr_10, 4),
            "judged@10": round(self.judged_10, 4),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All judged needs, those of them that something fits, and what should never have shown."""

    all_needs: Measures
    answerable: Measures
    offers: int
    infeasible_50: int

    def as_dict(self) -> dict[str, Any]:
        """The evaluation as it is written to JSON."""
        return {
            "engine_version": ENGINE_VERSION,
            "offers": self.offers,
            **self.all_needs.as_dict(),
            "infeasible@50": self.infeasible_50,
            "answerable": self.answerable.as_dict(),
        }


def read_qrels(path: Path) -> Grades:
    """Grades by need and offer from TREC lines `need 0 offer grade`; InputError names a bad line."""
    grades: Grades = {}
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        try:
            need, _, offer, grade = parts
            grades.setdefault(need, {})[offer] = int(grade)
        except ValueError as error:
            message = (
                f"{path.name} の{number}行目を「ニーズ 0 提供 等級」の{_QREL_COLUMNS}項目として読めません。"
                "例: dn001 0 do0280 3"
            )
            raise InputError(message) from error
    if not grades:
        message = f"{path.name} に判定が一件もありません。"
        raise InputError(message)
    return grades


def read_flags(path: Path) -> dict[str, str]:
    """What judges know of each need: a JSON object of need → letters k, f, p."""
    try:
        flags = json.loads(read_text(path))
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        message = f"{path.name} がJSONとして読めません。"
        raise InputError(message) from error
    if not isinstance(flags, dict):
        message = f"{path.name} は {{ニーズ: 文字}} の形で書いてください。"
        raise InputError(message)
    return {str(need): str(letters) for need, letters in flags.items()}


def evaluate(listings: Path, qrels: Path, flags: Path | None = None) -> Evaluation:
    """Rank every judged need of a listings file and measure the order against the grades."""
    pool, raw, grades, known = read_collection(listings, qrels, flags)
    return evaluate_run(make_run(pool, grades, meaning=vectors_of(pool)), raw, grades, known)


def evaluate_steps(listings: Path, qrels: Path, flags: Path | None = None) -> list[tuple[str, Evaluation]]:
    """The same with the parts of the engine added one after the other, for docs/matching.md."""
    pool, raw, grades, known = read_collection(listings, qrels, flags)
    near = vectors_of(pool)
    runs = (
        ("wording", make_run(pool, grades, weights=_ONLY_WORDING, every=True)),
        ("+ feasibility", make_run(pool, grades, weights=_ONLY_WORDING)),
        ("+ resources, fields", make_run(pool, grades, weights=_ONLY_STRUCTURE)),
        ("all signals", make_run(pool, grades)),
        ("+ vectors", make_run(pool, grades, meaning=near)),
        ("all, only what is asked for", make_run(pool, grades, beside=False, meaning=near)),
        ("as screens show it", make_run(pool, grades, beside=False, floor=MINIMUM, meaning=near)),
    )
    return [(name, evaluate_run(run, raw, grades, known)) for name, run in runs]


def make_run(
    listings: list[Listing],
    needs: Mapping[str, object],
    *,
    weights: Weights | None = None,
    beside: bool = True,
    every: bool = False,
    floor: float | None = None,
    meaning: MeaningPool | None = None,
) -> Run:
    """The first `DEPTH` offers of each of the `needs`, best first; `every` leaves feasibility out.

    `beside` also ranks what was not asked for: judges grade it 1 where it helps. Without a
    `floor` the order runs on to what no screen would show, as recall asks. `meaning` are the offers
    as vectors, where vectors are to count.
    """
    offers = [listing for listing in listings if listing.side == "offer"]
    pool = WordingPool(offers)
    run: Run = {}
    for need in listings:
        if need.side != "need" or need.ref not in needs:
            continue
        wording = pool.similarities(need)
        if every:
            run[need.ref] = sorted(wording, key=lambda ref: (-wording[ref], ref))[:DEPTH]
            continue
        best = rank(
            need,
            offers,
            wording=wording,
            meaning=meaning.similarities(need) if meaning else None,
            weights=weights,
            top=DEPTH,
            beside=beside,
            floor=floor,
        )
        run[need.ref] = [proposal.offer for proposal in best]
    return run


def vectors_of(listings: Sequence[Listing]) -> MeaningPool | None:
    """The offers as vectors learnt from all the listings; None where words cannot be read."""
    if not words_installed():
        return None
    offers = [listing for listing in listings if listing.side == "offer"]
    return MeaningPool(offers, learn_vectors(listings))


def read_collection(
    listings: Path, qrels: Path, flags: Path | None
) -> tuple[list[Listing], dict[str, dict[str, Any]], Grades, dict[str, str]]:
    """Listings, the same raw by id, grades by need, and what judges know of each need."""
    pool = read_listings(listings)
    raw = {row["id"]: row for _, row in read_rows(listings)}
    grades = read_qrels(qrels)
    known = {listing.ref for listing in pool if listing.side == "need"}
    strangers = sorted(set(grades) - known)
    if strangers:
        message = f"{qrels.name} のニーズ「{strangers[0]}」が {listings.name} にありません。"
        raise InputError(message)
    return pool, raw, grades, read_flags(flags) if flags else {}


def evaluate_run(
    run: Run, raw: Mapping[str, Mapping[str, Any]], grades: Grades, flags: Mapping[str, str]
) -> Evaluation:
    """Measure the order of each need against the grades, and count what should never have shown."""
    answerable = {
        need: judged for need, judged in grades.items() if any(grade > 0 for grade in judged.values())
    }
    return Evaluation(
        all_needs=_measure(run, grades),
        answerable=_measure(run, answerable),
        offers=sum(row["side"] == "offer" for row in raw.values()),
        infeasible_50=sum(
            bool(bruteforce.infeasible(raw[need], raw[offer], flags.get(need, "")))
            for need, offers in run.items()
            for offer in offers[:INFEASIBLE_DEPTH]
        ),
    )


def by_need(run: Run, grades: Grades) -> dict[str, tuple[float, float]]:
    """nDCG@10 and Recall@50 of each need of `grades`."""
    found = {}
    for need in grades:
        one = _measure({need: run.get(need, [])}, {need: grades[need]})
        found[need] = (one.ndcg_10, one.recall_50)
    return found


def _measure(run: Run, grades: Grades) -> Measures:
    """The measures as ir-measures defines them, over the needs of `grades`."""
    try:  # an extra: only the evaluation needs it
        from ir_measures import RR, Judged, Qrel, R, ScoredDoc, calc_aggregate, nDCG
    except ImportError as error:
        message = "評価には追加の部品が要ります。pip install 'musubi-engine[eval]' を実行してください。"
        raise InputError(message) from error
    if not grades:
        return Measures(needs=0, ndcg_10=0.0, recall_50=0.0, mrr_10=0.0, judged_10=0.0)
    truth = [Qrel(need, offer, grade) for need, judged in grades.items() for offer, grade in judged.items()]
    # The rank itself is the score: no measure may break the engine's ties in its own way.
    found = [
        ScoredDoc(need, offer, float(DEPTH - place))
        for need, offers in run.items()
        if need in grades
        for place, offer in enumerate(offers)
    ]
    ndcg, recall, mrr, judged = nDCG @ 10, R @ 50, RR @ 10, Judged @ 10
    values = calc_aggregate([ndcg, recall, mrr, judged], truth, found) if found else {}
    return Measures(
        needs=len(grades),
        ndcg_10=values.get(ndcg, 0.0),
        recall_50=values.get(recall, 0.0),
        mrr_10=values.get(mrr, 0.0),
        judged_10=values.get(judged, 0.0),
    )
