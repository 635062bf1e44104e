"""How much each signal counts: one frozen value, published with the engine's version."""

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points of the score (0..1) that a signal at its fullest adds; cautions take away.

    Fitted by a pairwise logistic regression on the judged grades of the development collection
    (`musubi-engine bench quality` repeats it fold by fold), scaled so that 0.5 is about half of
    the best grade, and rounded (docs/matching.md). Signals that the collection has no data for
    (kind, credential, responsiveness, history, slowness) stand where coordinators would place
    them: below any evidence of fit. Cautions stand at least where the guideline of the judged
    collections puts them.
    """

    wording: float = 0.3
    theme: float = 0.33
    thing: float = 0.3
    use: float = 0.08
    recipe: float = 0.1
    meaning: float = 0.0
    resource: float = 0.22
    field: float = 0.1
    place: float = 0.05
    time: float = 0.01
    amount: float = 0.1
    kind: float = 0.05
    credential: float = 0.03
    responsiveness: float = 0.03
    history: float = 0.06
    broker: float = 0.18
    helping: float = 0.13
    beside: float = -0.05
    price: float = -0.2
    sales: float = -0.14
    recruiting: float = -0.1
    audience: float = -0.12
    refusal: float = -0.08
    slowness: float = -0.03


WEIGHTS: Final = Weights()
# Where vectors are used, they take over a part of what words and concepts say.
WEIGHTS_WITH_VECTORS: Final = replace(WEIGHTS, wording=0.18, theme=0.22, thing=0.25, use=0.04, meaning=0.35)


def usual_weights(*, vectors: bool) -> Weights:
    """The engine's own weights, with or without the nearness of vectors."""
    return WEIGHTS_WITH_VECTORS if vectors else WEIGHTS


def without_vectors(weights: Weights) -> Weights:
    """The weights for a pair of which one side has no vector: what vectors would say, words and concepts say.

    Of the engine's own weights with vectors these are its own without; a rule that gives vectors nothing stays.
    """
    share = weights.meaning / WEIGHTS_WITH_VECTORS.meaning
    if not share:
        return weights
    given = {
        name: round(
            getattr(weights, name) + share * (getattr(WEIGHTS, name) - getattr(WEIGHTS_WITH_VECTORS, name)), 9
        )
        for name in ("wording", "theme", "thing", "use")
    }
    return replace(weights, meaning=0.0, **given)
