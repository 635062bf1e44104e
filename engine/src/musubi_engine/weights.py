"""How much each signal counts: one frozen value, published with the engine's version."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points of the score (0..1) that a signal at its fullest adds; cautions take away.

    From a ridge regression of judged grades (as a share of the best grade) on the signals over
    the development collection, rounded and adjusted by hand on the same collection
    (docs/matching.md). So a score is roughly the grade to be expected, as a share. Signals that
    the collection has no data for (kind, credential, history) stand where coordinators would
    place them: below any evidence of fit.
    """

    wording: float = 0.5
    theme: float = 0.35
    thing: float = 0.25
    use: float = 0.03
    recipe: float = 0.05
    meaning: float = 0.0
    resource: float = 0.2
    field: float = 0.06
    place: float = 0.05
    time: float = 0.01
    amount: float = 0.08
    kind: float = 0.05
    credential: float = 0.03
    responsiveness: float = 0.03
    history: float = 0.06
    broker: float = 0.08
    beside: float = -0.05
    price: float = -0.25
    sales: float = -0.1
    recruiting: float = -0.15
    audience: float = -0.2
    refusal: float = -0.08
    slowness: float = -0.03


WEIGHTS = Weights()
