"""What is given can serve for what the need is about: a kitchen for a 子ども食堂.

Source: the relation `serves` in `knowledge.concepts`: what coordinators use things for, whether
or not the owner thought of it.
"""

from musubi_engine.signals.base import Pair

_ENOUGH = 2


def value(pair: Pair, /) -> float:
    """Of the need's themes the offer can serve as one of the resources asked for, up to two."""
    about = pair.wanted.profile.about.names
    serves = pair.given.profile.serves
    found: set[str] = set()
    for resource in pair.shared:
        served = serves.get(resource)
        if served is not None:
            found |= served & about.keys()
    return min(_ENOUGH, len(found)) / _ENOUGH


def sentence(pair: Pair, /) -> str:
    """Which thing can serve for what."""
    profile, table = pair.given.profile, pair.given.text.knowledge.concepts
    about = pair.wanted.profile.about.names
    uses = [
        (thing, use)
        for resource in sorted(pair.shared)
        for thing in (profile.by_resource[resource].names if resource in profile.by_resource else ())
        for use in sorted(table.serves(thing) & about.keys())
    ]
    thing, use = max(uses, key=lambda found: (about[found[1]], found[0], found[1]))
    return f"「{thing}」は、「{use}」にも使えます。"
