"""What is given can serve for what the need is about: a kitchen for a 子ども食堂.

Source: the relation `serves` in `knowledge.concepts`: what coordinators use things for, whether
or not the owner thought of it.
"""

from functools import lru_cache

from musubi_engine.signals.base import Pair
from musubi_engine.telling import TOLD_ONCE, Sentence, say, topic

ENOUGH = 2


def value(pair: Pair, /) -> float:
    """Of the need's themes the offer can serve as one of the resources asked for, up to two."""
    return min(ENOUGH, len({use for _, use in _uses(pair)})) / ENOUGH


def sentence(pair: Pair, /) -> Sentence:
    """Which thing can serve for what."""
    about = pair.wanted.profile.about.names
    return _serves(*max(_uses(pair), key=lambda found: (about[found[1]], found[0], found[1])))


@lru_cache(TOLD_ONCE)
def _serves(thing: str, use: str) -> Sentence:
    return say("「%(thing)s」は、「%(use)s」にも使えます。", thing=topic(thing), use=topic(use))


def _uses(pair: Pair) -> list[tuple[str, str]]:
    """Each thing of the resources asked for, with each of the need's themes that it can serve."""
    about = pair.wanted.profile.about.names.keys()
    if not about:
        return []
    profile, table = pair.given.profile, pair.given.text.knowledge.concepts
    return [
        (thing, use)
        for resource in pair.shared
        for thing in profile.given_as(resource).names
        for use in table.serves(thing) & about
    ]
