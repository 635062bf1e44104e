"""Weeks of visits to the same towns under several orders, visit by visit, all seeds side by side."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from musubi_engine.exposure import DAYS, first_places
from musubi_engine.simulation.model import ANSWERS, HALF_AT, LOOKED_AT, Regime, Town, Visits
from musubi_engine.simulation.policies import Policy, Week

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]

SETTLING: Final = 2
"""Weeks that pass before anything is measured."""
MEASURED: Final = 4
AT_ONCE: Final = 8
"""So many visits in a row read the ledger as it was before the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of each seed: the mean week's figures. Shares 0..1, numbers per week."""

    served: Floats
    contacts: Floats
    answered: Floats
    gini: Floats
    loss: Floats


def run(regime: Regime, policies: Mapping[str, Policy], seeds: Sequence[int]) -> dict[str, Outcome]:
    """What becomes of the towns under each policy. Same regime, policies and seeds, same figures."""
    town = Town(regime, seeds)
    walks = {name: _Walk(policy, len(seeds), regime.offers) for name, policy in policies.items()}
    days = (SETTLING + MEASURED) * DAYS
    until = np.round(np.arange(days + 1) * regime.visits / DAYS).astype(int)
    for day in range(days):
        visits = town.visits(int(until[day + 1] - until[day]))
        for walk in walks.values():
            walk.day(visits, measured=day >= SETTLING * DAYS)
            if (day + 1) % DAYS == 0:
                walk.close_week(measured=day >= SETTLING * DAYS)
    return {name: walk.outcome() for name, walk in walks.items()}


class _Walk:
    """One policy's ledger and figures, over all seeds."""

    def __init__(self, policy: Policy, seeds: int, offers: int) -> None:
        self.policy = policy
        self.shape = (seeds, offers)
        self.days: deque[Floats] = deque((np.zeros((3, *self.shape)) for _ in range(DAYS)), maxlen=DAYS)
        self.total = np.zeros((3, *self.shape))
        self.attention, self.contacted = np.zeros(self.shape), np.zeros(self.shape)
        self.answered, self.loss = np.zeros(seeds), np.zeros(seeds)
        self.lists = 0
        self.weeks: list[Floats] = []

    def day(self, visits: Visits, *, measured: bool) -> None:
        """All visits of a day; what is older than seven days no longer counts."""
        self.total -= self.days[0]
        self.days.append(np.zeros_like(self.total))
        for first in range(0, visits.scores.shape[1], AT_ONCE):
            self._visits(visits.part(first, first + AT_ONCE), measured=measured)

    def _visits(self, visits: Visits, *, measured: bool) -> None:
        """Some visits that read the same ledger."""
        scores = visits.scores
        shown, opened_before, contacts_before = self.total[:, :, None]
        week = Week(shown=shown, opened=opened_before, contacts=contacts_before)
        places = _places(self.policy.keys(scores, week, visits.ties))
        looks = LOOKED_AT[: places.shape[2]]
        opened = (_at(visits.looks, places) < looks) & _at(visits.opens, places)
        contacted = opened & _at(visits.contacts, places)
        until = np.where(contacted.any(axis=2), contacted.argmax(axis=2), places.shape[2])[..., None]
        order = np.arange(places.shape[2])
        opened &= order <= until
        contacted &= order == until
        if measured:
            busy = _at(np.broadcast_to(contacts_before, scores.shape), places)
            answers = contacted & (_at(visits.answers, places) < ANSWERS / (1 + busy / HALF_AT))
            self.answered += answers.sum(axis=(1, 2))
            best = _at(scores, _places(scores)) @ looks
            self.loss += (1 - _at(scores, places) @ looks / best).sum(axis=1)
            self.lists += scores.shape[1]
        new = np.stack([self._count(places, each) for each in (np.ones(places.shape), opened, contacted)])
        self.total += new
        self.days[-1] += new
        self.contacted += new[2]
        self.attention += self._count(places, np.broadcast_to(looks, places.shape))

    def _count(self, places: Places, weights: NDArray[np.generic]) -> Floats:
        """The weights summed by seed and offer."""
        seeds, offers = self.shape
        cells = places + (np.arange(seeds) * offers)[:, None, None]
        summed = np.bincount(cells.ravel(), np.asarray(weights, dtype=np.float64).ravel(), seeds * offers)
        result: Floats = summed.astype(np.float64).reshape(self.shape)
        return result

    def close_week(self, *, measured: bool) -> None:
        """Keep the week's figures and begin the next."""
        if measured:
            served = (self.contacted > 0).mean(axis=1)
            self.weeks.append(np.stack([served, self.contacted.sum(axis=1), gini(self.attention)]))
        self.contacted[:], self.attention[:] = 0, 0

    def outcome(self) -> Outcome:
        """The mean over the measured weeks."""
        served, contacts, unequal = np.mean(self.weeks, axis=0)
        return Outcome(
            served=served,
            contacts=contacts,
            answered=self.answered / len(self.weeks),
            gini=unequal,
            loss=self.loss / self.lists,
        )


def gini(amounts: Floats) -> Floats:
    """How unequal the amounts of each row are: 0 all the same, towards 1 one has all; 0 for rows of nothing."""
    number = amounts.shape[-1]
    ordered = np.sort(amounts, axis=-1)
    total = ordered.sum(axis=-1)
    weighted = ordered @ (2 * np.arange(1, number + 1) - number - 1)
    result: Floats = np.where(total > 0, weighted / (number * np.where(total > 0, total, 1.0)), 0.0)
    return result


def _places(keys: Floats) -> Places:
    """The first ten of each visit's list; seeds × visits × 10."""
    return first_places(keys.reshape(-1, keys.shape[2])).reshape(*keys.shape[:2], -1)


def _at(values: NDArray[Any], places: Places) -> NDArray[Any]:
    """What each place's offer has."""
    return np.take_along_axis(values, places, axis=2)
