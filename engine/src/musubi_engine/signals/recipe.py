"""The need is of a known activity, and the offer is something that it typically takes.

Source: the activity recipes of `knowledge.cookbook`. A need names the activity (子ども食堂) and
often not what it takes; who has seen a few of them knows.
"""

from dataclasses import dataclass

from musubi_engine.knowledge.cookbook import Ingredient
from musubi_engine.readings import Facet, Reading, TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, ingredient_words, run_on, say, topic
from musubi_engine.words import whole_words

# An ingredient that helps and can be done without.
_HELPFUL = 0.6
# One word of an ingredient in the offer, where no concept is shared.
_WORD = 0.3


@dataclass(frozen=True, slots=True)
class Expected:
    """An ingredient of an activity that a need speaks of, with its concepts and words."""

    recipe: str
    ingredient: Ingredient
    things: Facet
    words: frozenset[str]

    @property
    def usefulness(self) -> float:
        """1 for what is usually needed, less for what can be done without."""
        return 1.0 if self.ingredient.usually else _HELPFUL


def value(pair: Pair, /) -> float:
    """How well the offer gives what an activity of the need takes, for its best ingredient."""
    return max((likeness for likeness, _ in _answers(pair)), default=0.0)


def bound(pair: Pair, /) -> float:
    """The most that `value` can be: an ingredient of one of the offer's resources."""
    expected = pair.wanted.text.once(_expected)
    return float(any(each.ingredient.resource in pair.given.resources for each in expected))


def sentence(pair: Pair, /) -> Sentence:
    """Which activity takes what."""
    _, best = max(_answers(pair), key=lambda found: (found[0], found[1].recipe, found[1].ingredient.what))
    usual = say(
        "「%(activity)s」では、ふつう「%(what)s」を用意します。",
        activity=topic(best.recipe),
        what=ingredient_words(best.ingredient.what),
    )
    return run_on([usual, say("それに当たりそうな提供です。")])


def expected(need: Reading) -> list[Expected]:
    """What the activities that a need speaks of take, of the resources that it asks for."""
    return [each for each in need.text.once(_expected) if each.ingredient.resource in need.resources]


def _answers(pair: Pair) -> list[tuple[float, Expected]]:
    expected = pair.wanted.text.once(_expected)
    found = []
    for each in expected:
        if each.ingredient.resource not in pair.given.resources:
            continue
        likeness = each.things.likeness(pair.given.profile.given_as(each.ingredient.resource))
        if not likeness and not each.words.isdisjoint(pair.given.text.whole):
            likeness = _WORD
        if likeness:
            found.append((likeness * each.usefulness, each))
    return found


def _expected(text: TextReading) -> tuple[Expected, ...]:
    """What the activities that the need speaks of take."""
    table = text.knowledge.concepts
    return tuple(
        Expected(
            recipe.name,
            ingredient,
            Facet(
                {
                    name: table[name].tells
                    for name in sorted(table.found_in(ingredient.what))
                    if ingredient.resource in table[name].given_as
                }
            ),
            whole_words(ingredient.what),
        )
        for recipe in text.knowledge.recipes.found_in(text.announced)
        for ingredient in recipe.needs
    )
