"""An offer answers a need with at least one of the resources it asks for."""

from functools import partial

from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.telling import Value, resources_words, say
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out an offer of nothing that the need asks for."""
    wanted, offered = need.resources, offer.resources
    if not wanted.isdisjoint(offered):
        return None
    return Obstacle(rule="resources", tell=partial(_in_words, wanted, offered))


def _in_words(wanted: frozenset[str], offered: frozenset[str]) -> InWords:
    return InWords(
        sentence=say(
            "求めているのは%(wanted)s、提供されるのは%(given)sで、重なりがありません。",
            wanted=_names(wanted),
            given=_names(offered),
        ),
        advice=say(
            "提供する側が%(wanted)sも出せるかどうかを、尋ねてみてください。", wanted=resources_words(wanted)
        )
        if wanted
        else say("提供する側が求めているものも出せるかどうかを、尋ねてみてください。"),
    )


def _names(resources: frozenset[str]) -> Value:
    return resources_words(resources) if resources else say("（未記入）")
