"""There is enough of it.

Source: seats are judged whole by the hard rule; people, yen and items may come in part,
and the part is what a coordinator mentions first. Ten laptops and ten bags of rice are not
the same ten, so things, times and hours are compared only between lines on the same thing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from musubi_engine.labels import UNITS, amount_words
from musubi_engine.signals.answering import comparable
from musubi_engine.signals.base import Pair
from musubi_engine.types import Line

# Units that say themselves what is counted.
_PLAIN: Final = frozenset({"capacity", "yen"})


def value(pair: Pair, /) -> float:
    """The mean share of the need's amounts that the offer meets, over those that can be compared."""
    shares = [min(1.0, given / wanted) for _, wanted, given in _amounts(pair)]
    return sum(shares) / len(shares) if shares else 0.0


def bound(pair: Pair, /) -> float:
    """The most that `value` can be: enough of whatever has a number on both sides."""
    return 0.0 if pair.wanted.counted.keys().isdisjoint(pair.given.counted) else 1.0


def sentence(pair: Pair, /) -> str:
    """What is needed beside what is given."""
    found = _amounts(pair)
    several = Counter(line.unit for line in pair.need.lines)
    parts = []
    for (what, unit), wanted, given in found:
        name = f"「{what}」は、" if what and several[unit] > 1 else ""
        parts.append(f"{name}必要な{amount_words(wanted, unit)}に対し{amount_words(given, unit)}")
    enough = all(given >= wanted for _, wanted, given in found)
    # That there are enough people does not say that they can do it.
    number = "人数は" if {unit for (_, unit), _, _ in found} == {"people"} else ""
    return "、".join(parts) + (f"で、{number}足ります。" if enough else f"で、{number or '量は'}一部です。")


def _amounts(pair: Pair) -> list[tuple[tuple[str, str], int, int]]:
    """What and in which unit, how much is wanted and how much is given."""
    amounts = []
    for unit in UNITS:
        wanted, given = pair.wanted.counted.get(unit, ()), pair.given.counted.get(unit, ())
        if not wanted or not given:
            continue
        if unit in _PLAIN:
            most = _most(wanted)
            if most:
                amounts.append((("", unit), most, _most(given)))
            continue
        for line in wanted:
            alike = [own for own in given if comparable(line, own, pair.wanted, pair.given)]
            if line.amount and alike:
                amounts.append(((line.what, unit), line.amount, _most(alike)))
    return amounts


def _most(lines: Iterable[Line]) -> int:
    return max(line.amount or 0 for line in lines)
