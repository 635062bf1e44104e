"""Conditions an offer sets, and the one a need sets for its place."""

from musubi_engine import occasion
from musubi_engine.feasibility.base import resources_in_question
from musubi_engine.labels import KINDS
from musubi_engine.types import Blocker, Listing

# Kinds that are no 非営利の団体 and are not admitted to a centre's register of groups.
FOR_PROFIT_OR_SINGLE = frozenset({"individual", "company", "social_business"})


def check(need: Listing, offer: Listing, /) -> Blocker | None:
    """The first condition that the pair breaks."""
    conditions = offer.conditions
    if conditions:
        blocked = _about_the_actor(need, conditions) or _about_the_use(need, offer, conditions)
        if blocked is not None:
            return blocked
    if (
        "wheelchair_ok" in need.conditions
        and "wheelchair_ok" not in conditions
        and "place" in resources_in_question(need, offer)
    ):
        return Blocker(
            rule="conditions",
            sentence="車いすで入れる場所を求めていますが、この場所が車いす可かどうか書かれていません。",
            change="提供者が車いすで入れることを確かめて「車いす可」を付ければ、候補になります。",
        )
    return None


def _about_the_actor(need: Listing, conditions: frozenset[str]) -> Blocker | None:
    if need.actor_kind not in FOR_PROFIT_OR_SINGLE:
        return None
    kind = KINDS.get(need.actor_kind, need.actor_kind)
    if "non_profit_only" in conditions:
        return Blocker(
            rule="conditions",
            sentence=f"営利を目的としない団体に限られ、{kind}は対象になりません。",
            change="営利を目的としない団体がニーズの主体になれば、候補になります。",
        )
    if "registered_groups_only" in conditions and not need.registered:
        return Blocker(
            rule="conditions",
            sentence=f"登録団体に限られ、{kind}は対象になりません。",
            change="ニーズの主体が登録団体になれば、候補になります。",
        )
    return None


def _about_the_use(need: Listing, offer: Listing, conditions: frozenset[str]) -> Blocker | None:
    if "no_political_religious" in conditions and occasion.is_political_or_religious(need):
        return Blocker(
            rule="conditions",
            sentence="政治・宗教の利用は不可とされています。",
            change="政治・宗教の利用でないことが分かるように書かれていれば、候補になります。",
        )
    if "adults_only" in conditions and occasion.has_children(need):
        return Blocker(
            rule="conditions",
            sentence="大人に限られていますが、ニーズには子どもの参加があります。",
            change="提供者が子どもの参加を認めれば、候補になります。",
        )
    if "no_food" in conditions and "place" in resources_in_question(need, offer) and occasion.has_food(need):
        return Blocker(
            rule="conditions",
            sentence="飲食のできない場所ですが、ニーズには飲食や調理があります。",
            change="提供者が飲食を認めれば、候補になります。",
        )
    return None
