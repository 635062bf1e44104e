"""Evidence for and against a pair, one file each; every signal has a sentence for a person."""

from typing import Final

from musubi_engine.signals import (
    amount,
    audience,
    broker,
    credential,
    field,
    history,
    kind,
    place,
    price,
    recruiting,
    refusal,
    resource,
    sales,
    theme,
    thing,
    time,
    wording,
)
from musubi_engine.signals.base import Pair, Signal

# By the name of their weight; reasons of equal contribution are told in this order.
SIGNALS: Final[dict[str, Signal]] = {
    "resource": resource,
    "wording": wording,
    "theme": theme,
    "thing": thing,
    "amount": amount,
    "time": time,
    "place": place,
    "field": field,
    "history": history,
    "credential": credential,
    "kind": kind,
    "broker": broker,
    "price": price,
    "sales": sales,
    "recruiting": recruiting,
    "audience": audience,
    "refusal": refusal,
}

__all__ = ["SIGNALS", "Pair", "Signal"]
