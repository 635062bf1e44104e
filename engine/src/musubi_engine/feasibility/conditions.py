"""Conditions an offer sets, and the one a need sets for its place."""

from collections.abc import Iterator
from functools import partial, reduce

from musubi_engine import occasion
from musubi_engine.feasibility.base import InWords, Obstacle, resources_in_question
from musubi_engine.labels import KINDS
from musubi_engine.telling import Sentence, run_on, say, term
from musubi_engine.types import Listing

# Kinds that are no 非営利の団体 and are not admitted to a centre's register of groups.
FOR_PROFIT_OR_SINGLE = frozenset({"individual", "company", "social_business"})


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """The conditions that the pair breaks, told together."""
    if not offer.conditions and "wheelchair_ok" not in need.conditions:
        return None
    if next(_broken(need, offer), None) is None:
        return None
    return Obstacle(rule="conditions", tell=partial(_in_words, need, offer))


def _in_words(need: Listing, offer: Listing) -> InWords:
    broken = list(_broken(need, offer))
    return InWords(
        sentence=run_on(sentence for sentence, _ in broken),
        change=reduce(_also, (change for _, change in broken)),
    )


def _broken(need: Listing, offer: Listing) -> Iterator[tuple[Sentence, Sentence]]:
    """What is not met, and what would have to happen, condition by condition."""
    yield from _about_the_actor(need, offer.conditions)
    yield from _about_the_use(need, offer)


def _also(change: Sentence, other: Sentence) -> Sentence:
    return say("%(change)s、また、%(other)s", change=change, other=other)


def _about_the_actor(need: Listing, conditions: frozenset[str]) -> Iterator[tuple[Sentence, Sentence]]:
    if not conditions or need.actor_kind not in FOR_PROFIT_OR_SINGLE:
        return
    kind = term(KINDS, need.actor_kind)
    if "non_profit_only" in conditions:
        yield (
            say("営利を目的としない団体に限られ、%(kind)sは対象になりません。", kind=kind),
            say("営利を目的としない団体がニーズの主体になる"),
        )
    if "registered_groups_only" in conditions and not need.registered:
        yield (
            say("登録団体に限られ、%(kind)sは対象になりません。", kind=kind),
            say("ニーズの主体が登録団体になる"),
        )


def _about_the_use(need: Listing, offer: Listing) -> Iterator[tuple[Sentence, Sentence]]:
    conditions = offer.conditions
    if "no_political_religious" in conditions and occasion.is_political_or_religious(need):
        yield (
            say("政治・宗教の利用は不可とされています。"),
            say("政治・宗教の利用でないことが分かるように書かれる"),
        )
    if "adults_only" in conditions and occasion.has_children(need):
        yield (
            say("大人に限られていますが、ニーズには子どもの参加があります。"),
            say("提供者が子どもの参加を認める"),
        )
    if "no_food" not in conditions and "wheelchair_ok" not in need.conditions:
        return
    if "place" not in resources_in_question(need, offer):
        return
    if "no_food" in conditions and occasion.has_food(need):
        yield (
            say("飲食のできない場所ですが、ニーズには飲食や調理があります。"),
            say("提供者が飲食を認める"),
        )
    if "wheelchair_ok" in need.conditions and "wheelchair_ok" not in conditions:
        yield (
            say("車いすで入れる場所を求めていますが、この場所が車いす可かどうか書かれていません。"),
            say("提供者が車いすで入れることを確かめて「車いす可」を付ける"),
        )
