"""There is enough of it.

Source: seats are judged whole by the hard rule; people, yen and items may come in part,
and the part is what a coordinator mentions first. Ten laptops and ten bags of rice are not
the same ten, so things, times and hours are compared only between lines on the same thing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from musubi_engine.labels import UNITS
from musubi_engine.signals.answering import comparable
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, Value, amount, listed, say
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


def sentence(pair: Pair, /) -> Sentence:
    """What is needed beside what is given."""
    found = _amounts(pair)
    several = Counter(line.unit for line in pair.need.lines)
    amounts = listed(
        _beside(what if several[unit] > 1 else "", amount(wanted, unit), amount(given, unit))
        for (what, unit), wanted, given in found
    )
    enough = all(given >= wanted for _, wanted, given in found)
    # That there are enough people does not say that they can do it.
    if {unit for (_, unit), _, _ in found} == {"people"}:
        if enough:
            return say("%(amounts)sで、人数は足ります。", amounts=amounts)
        return say("%(amounts)sで、人数は一部です。", amounts=amounts)
    if enough:
        return say("%(amounts)sで、足ります。", amounts=amounts)
    return say("%(amounts)sで、量は一部です。", amounts=amounts)


def _beside(what: str, wanted: Value, given: Value) -> Sentence:
    if what:
        return say("「%(what)s」は、必要な%(wanted)sに対し%(given)s", what=what, wanted=wanted, given=given)
    return say("必要な%(wanted)sに対し%(given)s", wanted=wanted, given=given)


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
