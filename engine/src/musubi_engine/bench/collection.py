"""A judged collection, with each source of nearness computed once."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from musubi_engine.bench.fitting import NAMES, Judged
from musubi_engine.evaluate import DEPTH, Grades, Run, read_collection, vectors_of
from musubi_engine.exposure import Exposure, ExposureRule, fair_order
from musubi_engine.feasibility import feasible
from musubi_engine.jsonl import InputError, read_text
from musubi_engine.knowledge.base import SHIPPED
from musubi_engine.lexical import LexicalPool
from musubi_engine.rank import rank
from musubi_engine.reading import words_of
from musubi_engine.readings import read
from musubi_engine.signals import SIGNALS, Pair
from musubi_engine.types import Listing
from musubi_engine.weights import Weights
from musubi_engine.wording import WordingPool
from musubi_engine.words import whole_words

Similarities = Mapping[str, Mapping[str, float]]


_SHOWN = 10
_LOOKS = 20


@dataclass(frozen=True)
class Collection:
    """Listings of a folder with their judgements."""

    listings: list[Listing]
    raw: dict[str, dict[str, Any]]
    grades: Grades
    flags: dict[str, str]
    twins: Mapping[str, str]

    @cached_property
    def needs(self) -> list[Listing]:
        """The judged needs."""
        return [each for each in self.listings if each.side == "need" and each.ref in self.grades]

    @cached_property
    def offers(self) -> list[Listing]:
        """All offers."""
        return [each for each in self.listings if each.side == "offer"]

    @cached_property
    def answerable(self) -> list[str]:
        """The needs that something fits."""
        return [need.ref for need in self.needs if any(grade > 0 for grade in self.grades[need.ref].values())]

    @cached_property
    def wording(self) -> Similarities:
        """As the index has it: characters 1 and 2 long."""
        pool = WordingPool(self.offers)
        return {need.ref: pool.similarities(need) for need in self.needs}

    @cached_property
    def meaning(self) -> Similarities | None:
        """By vectors learnt from the collection's own texts; None where words cannot be read."""
        pool = vectors_of(self.listings)
        return {need.ref: pool.similarities(need) for need in self.needs} if pool else None

    def lexical(
        self, terms: Callable[[str], Any], also: Mapping[str, tuple[str, ...]] | None = None
    ) -> Similarities:
        """BM25 over one kind of term."""
        pool = LexicalPool({offer.ref: words_of(offer) for offer in self.offers}, terms)
        return {need.ref: pool.similarities(words_of(need), also=also) for need in self.needs}

    def by_likeness(self, likeness: Similarities, *, only_feasible: bool) -> Run:
        """The offers in the order of a likeness alone."""
        run: Run = {}
        for need in self.needs:
            found = likeness[need.ref]
            refs = [
                offer.ref for offer in self.offers if not only_feasible or feasible(need, offer, beside=True)
            ]
            run[need.ref] = sorted(refs, key=lambda ref: (-found[ref], ref))[:DEPTH]
        return run

    def ranked(self, weights: Weights, *, wording: Similarities | None = None, vectors: bool = False) -> Run:
        """The engine's own order by some weights."""
        scored = self.scored(weights, wording=wording, vectors=vectors)
        return {need: list(scores) for need, scores in scored.items()}

    def scored(
        self, weights: Weights, *, wording: Similarities | None = None, vectors: bool = False
    ) -> dict[str, dict[str, float]]:
        """The same with the scores, each need's best first."""
        near = self.meaning if vectors else None
        run: dict[str, dict[str, float]] = {}
        for need in self.needs:
            best = rank(
                need,
                self.offers,
                wording=(wording or self.wording)[need.ref],
                meaning=near[need.ref] if near else None,
                weights=weights,
                top=DEPTH,
                beside=True,
                floor=None,
            )
            run[need.ref] = {proposal.offer: proposal.score for proposal in best}
        return run

    def fair(self, weights: Weights, *, vectors: bool = False) -> Run:
        """That order made fair after a week in which every need was looked at twenty times by its first ten.

        The collection has no ledger of its own: each of the ten was shown each time, the first was contacted once.
        """
        scored = self.scored(weights, vectors=vectors)
        shown = Counter(ref for scores in scored.values() for ref in list(scores)[:_SHOWN])
        contacted = Counter(next(iter(scores)) for scores in scored.values() if scores)
        ledger = {
            ref: Exposure(shown=_LOOKS * shown[ref], opened=contacted[ref], contacted=contacted[ref])
            for ref in shown
        }
        return {
            need: [placed.ref for placed in fair_order(scores, ledger, ExposureRule())]
            for need, scores in scored.items()
        }

    def judged(self) -> dict[str, Judged]:
        """The signals of every feasible pair of an answerable need, for fitting."""
        signals = [SIGNALS[name] for name in NAMES]
        near = self.meaning or {}
        found = {}
        for need in self.needs:
            if need.ref not in self.answerable:
                continue
            wanted = read(need, SHIPPED)
            offers = [offer for offer in self.offers if feasible(need, offer, beside=True)]
            pairs = [
                Pair(
                    need=need,
                    offer=offer,
                    wording=self.wording[need.ref][offer.ref],
                    meaning=near[need.ref][offer.ref] if near else 0.0,
                    wanted=wanted,
                    given=read(offer, SHIPPED),
                )
                for offer in offers
            ]
            found[need.ref] = Judged(
                np.array([[signal.value(pair) for signal in signals] for pair in pairs]),
                np.array([self.grades[need.ref].get(offer.ref, 0) for offer in offers], np.int64),
                tuple(offer.ref for offer in offers),
            )
        return found

    def apart(self, terms: Callable[[str], Any] = whole_words) -> dict[str, set[str]]:
        """Need → the relevant offers that share no content word with it."""
        words = {each.ref: set(terms(words_of(each))) for each in self.listings}
        return {
            need: {
                offer
                for offer, grade in self.grades[need].items()
                if grade > 0 and words[need].isdisjoint(words[offer])
            }
            for need in self.answerable
        }


def read_folder(folder: Path) -> Collection:
    """`listings.jsonl`, `qrels.txt`, and where they are there `needs_flags.json` and `twins.json`."""
    flags, twins = folder / "needs_flags.json", folder / "twins.json"
    listings, raw, grades, known = read_collection(
        folder / "listings.jsonl", folder / "qrels.txt", flags if flags.exists() else None
    )
    return Collection(listings, raw, grades, known, _read_twins(twins) if twins.exists() else {})


def _read_twins(path: Path) -> dict[str, str]:
    try:
        twins = json.loads(read_text(path))
    except ValueError as error:
        message = f"{path.name} がJSONとして読めません。"
        raise InputError(message) from error
    return {str(twin): str(original) for twin, original in dict(twins).items()}
