"""Whether a need and an offer have anything to do with each other."""

from musubi_engine.reading import assets, themes, words_of
from musubi_engine.signals import answering, broker, field, history
from musubi_engine.signals.base import Pair
from musubi_engine.words import speaks_of


def _only_named_goods(pair: Pair) -> bool:
    """Whether goods that the need names are all they share: a field makes no rice of a laptop."""
    shared = [line for line in pair.need.lines if line.resource in pair.offer.resources]
    return bool(shared) and all(line.resource == "goods" and line.what for line in shared)


def related(pair: Pair) -> bool:
    """Whether they share a thing asked for, a concept, a field, a word or a past, or one finds people.

    The same kind of resource in the same town is not enough: it would fill the page of whoever
    gives a common kind.
    """
    need, offer = pair.need, pair.offer
    if (field.value(pair) and not _only_named_goods(pair)) or history.value(pair) or broker.value(pair):
        return True
    wanted, given = words_of(need), words_of(offer)
    if themes(wanted) & themes(given) or assets(wanted) & assets(given):
        return True
    offered = offer.resources
    if any(
        answering.named(line, offer) or answering.words_mentioned(line, offer)
        for line in need.lines
        if line.resource in offered
    ):
        return True
    return speaks_of(wanted, given)
