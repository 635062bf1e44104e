"""How good the order is on a judged collection, part by part, and how far that can be believed."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from musubi_engine.bench.collection import Collection, Similarities, read_folder
from musubi_engine.bench.fitting import fit, folds, interval, mean_by_need, order
from musubi_engine.bench.quality_candidates import candidates_table
from musubi_engine.bench.table import Table
from musubi_engine.bench.teams import accuracy_table
from musubi_engine.evaluate import Run, by_need, evaluate_run, only
from musubi_engine.jsonl import read_text
from musubi_engine.lexical import fused
from musubi_engine.text import char_terms
from musubi_engine.text.sudachi import content_words, read_synonyms, words_installed
from musubi_engine.version import ENGINE_VERSION
from musubi_engine.weights import WEIGHTS, Weights, usual_weights
from musubi_engine.words import whole_words

HELP: Final = "判定つきの集まりで、並べ方の良さを部品ごとに測ります。"
_FOLDS: Final = 5
_SEEDS: Final = 3
_EARLY: Final = 20
_KNOWLEDGE: Final = ("wording", "theme", "thing", "use", "recipe")
_COLUMNS: Final = (
    "step",
    "nDCG@10",
    "gain",
    "Recall@50",
    "MRR@10",
    "judged@10",
    "infeasible@50",
    "answerable nDCG@10",
    "answerable Recall@50",
    "no shared word: recall@20",
)


def add_arguments(parser: argparse.ArgumentParser, /) -> None:
    """The folder, and the synonyms where they are to be tried."""
    parser.add_argument(
        "--data", type=Path, required=True, help="判定つきの集まりのフォルダ（listings.jsonl と qrels.txt）"
    )
    parser.add_argument("--synonyms", type=Path, help="Sudachi同義語辞書（タブ区切り）")
    parser.add_argument(
        "--among",
        type=int,
        default=0,
        metavar="件数",
        help="作りものの提供をこの数だけまぜて、候補にどれだけ残るかも測ります（1万件で約30秒）。",
    )


def measure(options: argparse.Namespace, /) -> Sequence[Table]:
    """Every step's figures, five folds with their intervals, and the twins.

    Raises InputError when a file cannot be read as asked.
    """
    collection = read_folder(options.data)
    synonyms = read_synonyms(read_text(options.synonyms).splitlines()) if options.synonyms else None
    tables = [_steps(collection, synonyms), _in_folds(collection)]
    if collection.twins:
        tables.append(_twins(collection))
    if (options.data / "teams.jsonl").exists():
        tables.append(accuracy_table(options.data))
    if options.among:
        tables.append(candidates_table(collection, options.among))
    return tables


def _steps(collection: Collection, synonyms: Mapping[str, tuple[str, ...]] | None) -> Table:
    apart = collection.apart(content_words if words_installed() else whole_words)
    rows: list[tuple[object, ...]] = []
    before = None
    for name, run in _runs(collection, synonyms):
        found = evaluate_run(run, collection.raw, collection.grades, collection.flags)
        figures, answered = found.as_dict(), found.answerable.as_dict()
        gain = "" if before is None else f"{figures['nDCG@10'] - before:+.4f}"
        before = figures["nDCG@10"]
        cells = [figures[column] for column in _COLUMNS[3:7]]
        rows.append(
            (
                name,
                figures["nDCG@10"],
                gain,
                *cells,
                answered["nDCG@10"],
                answered["Recall@50"],
                _early(run, apart),
            )
        )
    number = sum(map(len, apart.values()))
    return Table(
        title=f"{len(collection.needs)} needs, {len(collection.offers)} offers, engine {ENGINE_VERSION}",
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=(
            "Gain: of nDCG@10 over the row above.",
            f"No shared word: the share in the first twenty of {number} relevant offers without a word of their need.",
        ),
    )


def _runs(collection: Collection, synonyms: Mapping[str, tuple[str, ...]] | None) -> list[tuple[str, Run]]:
    """Each step with its order. Lexical measures alone first, then the engine part by part."""

    def alone(likeness: Similarities) -> Run:
        return collection.by_likeness(likeness, only_feasible=False)

    runs = [("character bigrams alone (BM25, baseline)", alone(collection.lexical(_bigrams)))]
    characters = collection.lexical(char_terms)
    both: Similarities | None = None
    if words_installed():
        words = collection.lexical(content_words)
        both = _fused(characters, words)
        runs += [
            ("words alone (Sudachi A, normalised)", alone(words)),
            ("fused with characters 1+2", alone(both)),
        ]
        if synonyms is not None:
            runs.append(
                ("+ synonyms", alone(_fused(characters, collection.lexical(content_words, synonyms))))
            )
    runs += [
        (
            "characters 1+2 of the index + feasibility",
            collection.by_likeness(collection.wording, only_feasible=True),
        ),
        ("+ concepts and recipes", collection.ranked(only(WEIGHTS, *_KNOWLEDGE))),
        ("+ signals", collection.ranked(WEIGHTS)),
    ]
    if collection.meaning is not None:
        runs.append(
            (
                "+ vectors (as a town is asked)",
                collection.ranked(usual_weights(vectors=True), vectors=True),
            )
        )
    best = usual_weights(vectors=collection.meaning is not None)
    runs.append(
        (
            "+ exposure, after a week of looking at the first ten",
            collection.fair(best, vectors=collection.meaning is not None),
        )
    )
    if both is not None:
        runs.append(
            (
                "without exposure, with words fused into the wording (left out)",
                collection.ranked(
                    best,
                    wording=_as_wording(both, collection.wording),
                    vectors=collection.meaning is not None,
                ),
            )
        )
    return runs


def _in_folds(collection: Collection) -> Table:
    """Weights fitted on four fifths of the needs, measured on the fifth; beside those shipped."""
    judged = collection.judged()
    shipped = usual_weights(vectors=collection.meaning is not None)
    rows = []
    for name, run in (
        ("shipped weights", {need: order(one, shipped) for need, one in judged.items()}),
        *(
            (f"fitted on four folds, measured on the fifth (seed {seed})", _crossed(judged, shipped, seed))
            for seed in range(_SEEDS)
        ),
    ):
        found = by_need(run, {need: collection.grades[need] for need in judged})
        ndcg = {need: values[0] for need, values in found.items()}
        recall = {need: values[1] for need, values in found.items()}
        rows.append(
            (
                name,
                mean_by_need(ndcg),
                _span(interval(tuple(ndcg.values()), 0)),
                mean_by_need(recall),
                _span(interval(tuple(recall.values()), 0)),
            )
        )
    return Table(
        title=f"The {len(judged)} answerable needs in five folds; bootstrap over needs, 95 %",
        columns=("weights", "nDCG@10", "interval", "Recall@50", "interval of recall"),
        rows=tuple(rows),
        notes=(
            "Folds leave out the weights' share of the flattery; the knowledge tables are the same in all.",
        ),
    )


def _crossed(judged: Mapping[str, Any], start: Weights, seed: int) -> Run:
    run: Run = {}
    for part in folds(sorted(judged), _FOLDS, seed):
        fitted = fit([judged[need] for need in sorted(judged) if need not in part], start)
        run |= {need: order(judged[need], fitted) for need in part}
    return run


def _twins(collection: Collection) -> Table:
    """Offers of the same words of which one cannot work: only the other may show."""
    run = collection.ranked(usual_weights(vectors=collection.meaning is not None), vectors=True)
    shown = both = neither = 0
    for need, grades in collection.grades.items():
        listed = set(run.get(need, ()))
        for twin, original in collection.twins.items():
            if grades.get(original, 0) > 0 and grades.get(twin, 0) == 0:
                shown += original in listed and twin not in listed
                both += twin in listed
                neither += original not in listed and twin not in listed
    return Table(
        title="Twins: a relevant offer beside one of the same words that cannot work",
        columns=("only the one that works is listed", "the other is listed", "neither is"),
        rows=((shown, both, neither),),
    )


def _early(run: Run, apart: Mapping[str, set[str]]) -> float:
    number = sum(map(len, apart.values()))
    found = sum(len(refs.intersection(run.get(need, [])[:_EARLY])) for need, refs in apart.items())
    return found / number if number else 0.0


def _fused(one: Similarities, other: Similarities) -> Similarities:
    return {need: fused(one[need], other[need]) for need in one}


def _as_wording(both: Similarities, wording: Similarities) -> Similarities:
    """The fused order on the scale of the index's similarity."""
    return {
        need: {ref: value * max(wording[need].values(), default=0.0) for ref, value in found.items()}
        for need, found in both.items()
    }


def _bigrams(text: str) -> list[str]:
    return [term for term in char_terms(text) if len(term) > 1]


def _span(span: tuple[float, float]) -> str:
    return f"{span[0]:.3f}–{span[1]:.3f}"
