"""An offer reaches the need's place: one of its areas contains, or lies in, one of the need's."""

from functools import partial

from musubi_engine.areas import area_name, meet
from musubi_engine.feasibility.base import InWords, Obstacle
from musubi_engine.telling import Value, listed, say
from musubi_engine.types import AreaPath, Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out areas that do not meet; a listing without areas reaches everywhere."""
    if not need.areas or not offer.areas:
        return None
    for wanted in need.areas:
        for given in offer.areas:
            if wanted.codes == given.codes or meet(wanted, given):
                return None
    return Obstacle(rule="area", tell=partial(_in_words, need, offer))


def _in_words(need: Listing, offer: Listing) -> InWords:
    return InWords(
        sentence=say(
            "ニーズの地域（%(wanted)s）と提供の地域（%(given)s）が重なりません。",
            wanted=_names(need.areas),
            given=_names(offer.areas),
        ),
        change=say("提供の地域に%(area)sが加わる", area=area_name(need.areas[0])),
    )


def _names(areas: tuple[AreaPath, ...]) -> Value:
    return listed(area_name(area) for area in areas)
