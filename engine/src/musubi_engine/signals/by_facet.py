"""The signals as far as an index can tell: what a concept of another listing lets expect of the pair's score.

An index knows which concepts a listing has, not how much else it speaks of and not what stands in its title. So the
other one counts as if its concepts were of a usual length, and named in its title too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from musubi_engine.readings import IN_TITLE, Facet, Reading
from musubi_engine.signals import recipe, thing, use
from musubi_engine.weights import WEIGHTS

# Of a listing's concepts as a vector. From 1 to 2 the choice hardly matters.
_USUAL_LENGTH: Final = 1.4
# So many concepts, those that add most: with more of them no more is found (docs/matching.md, "Speed").
_MOST: Final = 10


def concept_points(asked: Reading) -> Mapping[str, float]:
    """Concept -> how much of a score it lets expect of a listing that has it; the ten of most, ties by name.

    By the engine's weights without vectors, whatever rule is in force: what vectors say, words and concepts say there. Each concept
    counts by itself, so two things that serve one theme are worth two.
    """
    profile, points = asked.profile, defaultdict[str, float](float)
    for whole, title, weight in (
        (profile.about, profile.about_title, WEIGHTS.theme),
        (profile.things, profile.things_title, WEIGHTS.thing * thing.MENTIONED),
    ):
        _add(points, whole, weight * (1 - IN_TITLE))
        _add(points, title, weight * IN_TITLE)
    for resource in sorted(asked.resources):
        _add(points, profile.given_as(resource), WEIGHTS.thing * thing.ASKED)
    for name in _useful(asked):
        points[name] += WEIGHTS.use / use.ENOUGH
    for name, value in _expected(asked).items():
        points[name] += WEIGHTS.recipe * value
    return dict(sorted(points.items(), key=lambda point: (-point[1], point[0]))[:_MOST])


def _add(points: dict[str, float], facet: Facet, weight: float) -> None:
    for name, share in _shares(facet):
        points[name] += weight * share


def _shares(facet: Facet) -> Iterable[tuple[str, float]]:
    """Each of some concepts with what having it adds to the likeness, which is a cosine."""
    return ((name, tells * tells / (facet.length * _USUAL_LENGTH)) for name, tells in facet.names.items())


def _useful(asked: Reading) -> Collection[str]:
    """What can serve for the need's themes; asked for an offer, the themes that its things can serve."""
    table = asked.text.knowledge.concepts
    if asked.listing.side == "offer":
        things = {name for resource in asked.resources for name in asked.profile.given_as(resource).names}
        return {theme for name in things for theme in table.serves(name)}
    about = asked.profile.about.names.keys()
    return [
        name
        for name, given_as in table.given_as.items()
        if not table.serves(name).isdisjoint(about) and not given_as.isdisjoint(asked.resources)
    ]


def _expected(asked: Reading) -> Mapping[str, float]:
    """The concepts of what the activities of a need typically take, each for its best ingredient."""
    best = defaultdict[str, float](float)
    for each in recipe.expected(asked) if asked.listing.side == "need" else ():
        for name, share in _shares(each.things):
            best[name] = max(best[name], share * each.usefulness)
    return best
