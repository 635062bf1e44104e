"""Evidence for and against a pair, one file each; every signal has a sentence for a person."""

from collections.abc import Callable
from typing import Final

from musubi_engine.signals import (
    amount,
    audience,
    beside,
    broker,
    credential,
    field,
    helping,
    history,
    kind,
    meaning,
    place,
    price,
    recipe,
    recruiting,
    refusal,
    resource,
    responsiveness,
    sales,
    slowness,
    theme,
    thing,
    time,
    use,
    wording,
)
from musubi_engine.signals.base import Pair, Signal

# By the name of their weight; reasons of equal contribution are told in this order.
SIGNALS: Final[dict[str, Signal]] = {
    "resource": resource,
    "wording": wording,
    "theme": theme,
    "thing": thing,
    "use": use,
    "recipe": recipe,
    "meaning": meaning,
    "amount": amount,
    "time": time,
    "place": place,
    "field": field,
    "history": history,
    "credential": credential,
    "kind": kind,
    "helping": helping,
    "responsiveness": responsiveness,
    "broker": broker,
    "beside": beside,
    "price": price,
    "sales": sales,
    "recruiting": recruiting,
    "audience": audience,
    "refusal": refusal,
    "slowness": slowness,
}

# What a signal can be at most, where that is cheaper to know than the value itself.
BOUNDS: Final[dict[str, Callable[[Pair], float]]] = {
    "resource": resource.bound,
    "wording": wording.bound,
    "recipe": recipe.bound,
    "amount": amount.bound,
}
# How these come to be known: step by step, what reads the words of the whole text last.
STEPS: Final[tuple[tuple[str, Callable[[Pair], float]], ...]] = (
    ("amount", amount.value),
    ("resource", resource.nearer_bound),
    ("resource", resource.value),
    ("wording", wording.value),
    ("recipe", recipe.value),
)

__all__ = ["BOUNDS", "SIGNALS", "STEPS", "Pair", "Signal"]
