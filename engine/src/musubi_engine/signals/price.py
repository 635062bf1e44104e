"""Caution: it costs money that the need has not set aside.

Source: guideline of the judged collections: a paid offer counts as any other when it stays
within the budget a need names, and is second best otherwise.
"""

import re

from musubi_engine.reading import surface, yen_amounts
from musubi_engine.readings import TextReading
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, amount, run_on, say

_PAYS = re.compile(
    r"予算|円(?:まで|以内|程度|くらい|ぐらい)|家賃|利用料は|謝金|報酬(?:を|は)(?:出|払|支払)|有料可|費用は(?:払|出|負担)"
)
_UNKNOWN = 0.5


def value(pair: Pair, /) -> float:
    """The nearness when the price is not covered; half where a budget meets no price."""
    return _uncovered(pair) * pair.nearness


def sentence(pair: Pair, /) -> Sentence:
    """The cheapest price it names."""
    prices = pair.given.text.once(_sums)
    if not prices:
        return run_on([say("有料です。"), say("金額を確かめてください。")])
    price = say("有料です（%(price)sから）。", price=amount(min(prices), "yen"))
    budget = pair.wanted.text.once(_budget)
    if budget:
        return run_on([price, say("ニーズに書かれた予算は%(budget)sです。", budget=amount(budget, "yen"))])
    return price


def _uncovered(pair: Pair) -> float:
    if "fee_required" not in pair.offer.conditions:
        return 0.0
    if not pair.wanted.text.once(_pays):
        return 1.0
    budget = pair.wanted.text.once(_budget)
    prices = pair.given.text.once(_sums)
    if not budget or not prices:
        return _UNKNOWN
    return 0.0 if min(prices) <= budget else 1.0


def _sums(text: TextReading) -> tuple[int, ...]:
    return yen_amounts(text.announced)


def _pays(text: TextReading) -> bool:
    return _PAYS.search(surface(text.announced)) is not None


def _budget(text: TextReading) -> int:
    return max(_sums(text), default=0) if _pays(text) else 0
