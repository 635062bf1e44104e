"""An offer answers a need with at least one of the resources it asks for."""

from musubi_engine.feasibility.base import Obstacle
from musubi_engine.labels import resource_names
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out an offer of nothing that the need asks for."""
    wanted, offered = need.resources, offer.resources
    if not wanted.isdisjoint(offered):
        return None
    return Obstacle(
        rule="resources",
        sentence=(
            f"求めているのは{resource_names(wanted) or '（未記入）'}、"
            f"提供されるのは{resource_names(offered) or '（未記入）'}で、重なりがありません。"
        ),
        advice=f"提供する側が{resource_names(wanted) or '求めているもの'}も出せるかどうかを、尋ねてみてください。",
    )
