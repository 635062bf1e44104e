"""Made-up listings of a city for measuring: believable Japanese with a long tail of names, from a seed.

Sentences are put together from the words of `postings_words`; what makes texts differ as real ones do are proper
names, drawn from half a million by Zipf's law, and amounts, seasons and towns. The terms of the index then have
the spread that search engines meet: a few hundred in every second text, most in a handful.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Final

import numpy as np

from musubi_engine.bench import postings_words as words
from musubi_engine.labels import CONDITIONS
from musubi_engine.types import AreaPath, Line, Listing, Window

BLOCK: Final = 1000  # listings whose numbers are drawn at once
DRAWS: Final = 48  # numbers a listing may use
ACTORS: Final = 20_000
WARDS: Final = 7
TOWNS: Final = 40  # in each ward
NEEDS: Final = 0.2

_PREFECTURE, _CITY = "980005", "981001"  # no code of a real place, nor of the demonstration
_FIRST_DAY = date(2027, 1, 1)
_LETTERS, _ENDINGS = len(words.NAME_LETTERS), len(words.NAME_ENDINGS)
_NAMES = _LETTERS * _LETTERS * _ENDINGS
_STRIDE = 73_771  # prime to the number of names: names next to each other in frequency look nothing alike
_KINDS = tuple(kind for kind, (share, _) in words.KINDS.items() for _ in range(share))
_WEEKDAYS = ((5, 6), (0, 1, 2, 3, 4), (2,), (6,), (5,), (), (1, 3), (0,), (4, 5))
_HOURS = ((9, 12), (10, 16), (13, 17), (17, 21), (9, 21))
_AMOUNTS = (1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 60, 100)
_CONDITIONS = tuple(CONDITIONS)


class _Draws:
    """Uniform numbers of 0 to 1 for one listing, taken one after the other."""

    __slots__ = ("_at", "_numbers")

    def __init__(self, numbers: list[float]) -> None:
        self._numbers = numbers
        self._at = 0

    def number(self) -> float:
        self._at += 1
        return self._numbers[self._at - 1]

    def below(self, end: int) -> int:
        return int(self.number() * end)

    def of(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who is behind a listing: drawn by number, the same in every listing."""

    ref: str
    name: str
    kind: str


def postings(number: int, *, seed: int, start: int = 0, needs: float = NEEDS) -> Iterator[Listing]:
    """The listings `start` to `number` of an endless, seeded row; each is the same whatever the number.

    Refs are "1", "2", …; a share of `needs` are needs. All lie in one city of 7 wards with 40 towns each, most
    in a ward or town, some in the whole city or anywhere. About 25 µs a listing; nothing is held.
    """
    stream = np.random.PCG64(seed)
    stream.advance(start * DRAWS)  # so that any of them can be made alone
    chance = np.random.Generator(stream)
    for first in range(start, number, BLOCK):
        here = min(BLOCK, number - first)
        drawn = chance.random((here, DRAWS)).tolist()
        for i in range(here):
            yield _listing(first + i, _Draws(drawn[i]), needs)


def city() -> AreaPath:
    """The city that all listings lie in."""
    return AreaPath(codes=(_PREFECTURE, _CITY), names=("見本県", "量り市"))


@lru_cache(maxsize=WARDS)
def ward(number: int) -> AreaPath:
    """A ward of the city, numbered from 0."""
    whole = city()
    return AreaPath(
        codes=(*whole.codes, f"98{101 + number}7"), names=(*whole.names, f"{'東西南北中港川'[number]}区")
    )


@lru_cache(maxsize=WARDS * TOWNS)
def town(ward_number: int, number: int) -> AreaPath:
    """A town of a ward, both numbered from 0."""
    within = ward(ward_number)
    place = name_of_rank(ward_number * TOWNS + number)[:2]
    return AreaPath(codes=within.codes, names=(*within.names, f"{place}{number + 1}丁目"))


def name_of_rank(rank: int) -> str:
    """The proper name of this rank, 0 the most frequent; all of half a million differ."""
    number = rank * _STRIDE % _NAMES
    letters, ending = divmod(number, _ENDINGS)
    first, second = divmod(letters, _LETTERS)
    return words.NAME_LETTERS[first] + words.NAME_LETTERS[second] + words.NAME_ENDINGS[ending]


@lru_cache(maxsize=ACTORS)
def maker(number: int) -> Maker:
    """The actor of this number."""
    kind = _KINDS[number * 7 % len(_KINDS)]
    endings = words.KINDS[kind][1]
    name = name_of_rank(number * 11 + 5)[:2] + endings[number % len(endings)]
    return Maker(f"a{number}", f"{name}{number + 1}", kind)


def _zipf(draw: float) -> int:
    """A rank by Zipf's law: ranks r with a share of about 1/r, as the inverse of its cumulative share."""
    return int(_NAMES**draw) - 1


def _listing(i: int, draws: _Draws, needs: float) -> Listing:
    side = "need" if draws.number() < needs else "offer"
    actor = maker(int(ACTORS * draws.number() ** 2))
    activity, field, resource = words.ACTIVITIES[draws.below(len(words.ACTIVITIES))]
    thing = draws.of(words.THINGS[resource])
    within, home = _places(draws)
    amount = _AMOUNTS[draws.below(len(_AMOUNTS))]
    said = {
        "activity": activity,
        "thing": thing,
        "town": home,
        "name": name_of_rank(_zipf(draws.number())),
        "name2": name_of_rank(_zipf(draws.number())),
        "season": draws.of(words.SEASONS),
        "often": draws.of(words.OFTEN),
        "who": draws.of(words.PEOPLE),
        "other": words.ACTIVITIES[draws.below(len(words.ACTIVITIES))][0],
        "years": 2 + draws.below(29),
        "people": amount,
        "times": 1 + draws.below(6),
    }
    sentences = [draws.of(words.OPENINGS), draws.of(words.FILLERS[side])]
    sentences += [draws.of(words.BESIDES) for _ in range(2 + draws.below(4))]
    is_menu = actor.kind == "department" and side == "offer"
    return Listing(
        ref=str(i + 1),
        side=side,
        title=draws.of(words.TITLES[side]).format_map(said),
        body="".join(sentences).format_map(said),
        actor=actor.ref,
        actor_name=actor.name,
        actor_kind=actor.kind,
        lines=_lines(draws, resource, thing, amount),
        fields=frozenset({int(field)}),
        areas=within,
        town=home,
        windows=_windows(draws),
        conditions=frozenset({draws.of(_CONDITIONS)}) if draws.number() < 0.2 else frozenset(),
        can_do=f"{thing}についてご相談を受けます。" if is_menu else "",
        cannot_do="費用の全額は出せません。" if is_menu else "",
        registered=actor.kind in ("civic_group", "npo"),
    )


def _places(draws: _Draws) -> tuple[tuple[AreaPath, ...], str]:
    """Where: a ward, one of its towns, the whole city or anywhere; and a town's name."""
    in_ward, in_town, how = draws.below(WARDS), draws.below(TOWNS), draws.number()
    place = town(in_ward, in_town)
    if how < 0.6:
        return (ward(in_ward),), place.names[-1]
    if how < 0.85:
        return (place,), place.names[-1]
    return ((city(),) if how < 0.97 else ()), place.names[-1]


def _lines(draws: _Draws, resource: str, thing: str, amount: int) -> tuple[Line, ...]:
    unit = words.UNITS.get(resource)
    amount = amount * 1000 if unit == "yen" else amount
    lines = [Line(resource=resource, what=thing, amount=amount if unit else None, unit=unit)]
    if draws.number() < 0.3:
        other = draws.of(tuple(words.THINGS))
        what = draws.of(words.THINGS[other])
        if other != resource:
            lines.append(Line(resource=other, what=what))
    return tuple(lines)


def _windows(draws: _Draws) -> tuple[Window, ...]:
    """Mostly a season on some weekdays and hours; one in five at any time."""
    weekdays, hours = draws.below(len(_WEEKDAYS)), draws.below(len(_HOURS))
    start = _FIRST_DAY + timedelta(days=draws.below(180))
    end = start + timedelta(days=30 + draws.below(300))
    if draws.number() < 0.2:
        return ()
    opens, closes = _HOURS[hours]
    return (
        Window(
            start=start,
            end=end,
            weekdays=frozenset(_WEEKDAYS[weekdays]),
            opens=time(opens),
            closes=time(closes),
        ),
    )
