"""Whether a need and an offer have anything to do with each other."""

from musubi_engine.signals import answering, broker, field, history, recipe
from musubi_engine.signals.base import Pair
from musubi_engine.words import speaks_of


def _only_named_goods(pair: Pair) -> bool:
    """Whether goods that the need names are all they share: a field makes no rice of a laptop."""
    shared = [line for line in pair.need.lines if line.resource in pair.shared]
    return bool(shared) and all(line.resource == "goods" and line.what for line in shared)


def related(pair: Pair) -> bool:
    """Whether they share a thing asked for, a concept, a field, a word or a past, or one finds people.

    The same kind of resource in the same town is not enough: it would fill the page of whoever
    gives a common kind.
    """
    if (field.value(pair) and not _only_named_goods(pair)) or history.value(pair) or broker.value(pair):
        return True
    if not pair.wanted.profile.names.isdisjoint(pair.given.profile.names):
        return True
    if any(
        answering.named(line, pair.given) or answering.words_mentioned(line, pair.given)
        for line in pair.need.lines
        if line.resource in pair.shared
    ):
        return True
    return recipe.value(pair) > 0 or speaks_of(pair.wanted.text.words, pair.given.text.words)
