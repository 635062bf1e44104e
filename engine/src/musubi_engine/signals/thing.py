"""What is asked for and what is given are the same concrete thing: a kitchen, a van, a speaker.

Source: the curated concepts of what is lent, given and done in `knowledge.concepts`, each with
the resources as which it can be asked for. A kitchen tells most where the need asks for a place
and the offer gives one, and something where it is only mentioned.
"""

from functools import lru_cache

from musubi_engine.readings import likeness
from musubi_engine.signals.base import Pair
from musubi_engine.telling import TOLD_ONCE, Sentence, quoted, say, topic

ASKED = 0.55
MENTIONED = 0.45
_MOST_NAMED = 3


def value(pair: Pair, /) -> float:
    """How far the things agree, resource by resource and in all they mention."""
    wanted, given = pair.wanted.profile, pair.given.profile
    if wanted.things.names.keys().isdisjoint(given.things.names):
        return 0.0
    asked = 0.0
    for resource in sorted(pair.shared):
        asked += wanted.given_as(resource).likeness(given.given_as(resource))
    mentioned = likeness(wanted.things, wanted.things_title, given.things, given.things_title)
    return min(1.0, ASKED * asked + MENTIONED * mentioned)


def sentence(pair: Pair, /) -> Sentence:
    """The things both name, up to three, the most telling first."""
    wanted, given = pair.wanted.profile.things.names, pair.given.profile.things.names
    names = sorted(wanted.keys() & given.keys(), key=lambda name: (-wanted[name], name))[:_MOST_NAMED]
    return _both_name(tuple(names))


@lru_cache(TOLD_ONCE)
def _both_name(names: tuple[str, ...]) -> Sentence:
    return say("%(things)sの類いのことが、どちらにも書かれています。", things=quoted(map(topic, names)))
