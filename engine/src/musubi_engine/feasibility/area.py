"""An offer reaches the need's place: one of its areas contains, or lies in, one of the need's."""

from musubi_engine.areas import area_name, meet
from musubi_engine.feasibility.base import Obstacle
from musubi_engine.types import AreaPath, Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out areas that do not meet; a listing without areas reaches everywhere."""
    if not need.areas or not offer.areas:
        return None
    for wanted in need.areas:
        for given in offer.areas:
            if wanted.codes == given.codes or meet(wanted, given):
                return None
    return Obstacle(
        rule="area",
        sentence=f"ニーズの地域（{_names(need.areas)}）と提供の地域（{_names(offer.areas)}）が重なりません。",
        change=f"提供の地域に{area_name(need.areas[0])}が加わる",
    )


def _names(areas: tuple[AreaPath, ...]) -> str:
    return "、".join(area_name(area) for area in areas)
