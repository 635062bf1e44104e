"""There is enough of it.

Source: seats are judged whole by the hard rule; people, yen and items may come in part,
and the part is what a coordinator mentions first.
"""

from musubi_engine.labels import UNITS, amount_words
from musubi_engine.signals.base import Pair


def value(pair: Pair, /) -> float:
    """The mean share of the need's amounts that the offer meets, over the units both state."""
    shares = [min(1.0, given / wanted) for _, wanted, given in _amounts(pair)]
    return sum(shares) / len(shares) if shares else 0.0


def sentence(pair: Pair, /) -> str:
    """What is needed beside what is given."""
    found = _amounts(pair)
    parts = [
        f"必要な{amount_words(wanted, unit)}に対し{amount_words(given, unit)}"
        for unit, wanted, given in found
    ]
    enough = all(given >= wanted for _, wanted, given in found)
    return "、".join(parts) + ("で、足ります。" if enough else "で、一部に当たります。")


def _amounts(pair: Pair) -> list[tuple[str, int, int]]:
    amounts = []
    for unit in UNITS:
        wanted, given = pair.need.amount(unit), pair.offer.amount(unit)
        if wanted and given:
            amounts.append((unit, wanted, given))
    return amounts
