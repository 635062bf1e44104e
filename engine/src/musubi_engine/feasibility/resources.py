"""An offer answers a need with at least one of the resources it asks for."""

from musubi_engine.feasibility.base import resources_of
from musubi_engine.labels import resource_names
from musubi_engine.types import Blocker, Listing


def check(need: Listing, offer: Listing, /) -> Blocker | None:
    """Rule out an offer of nothing that the need asks for."""
    wanted, offered = resources_of(need), resources_of(offer)
    if wanted & offered:
        return None
    return Blocker(
        rule="resources",
        sentence=(
            f"求めているのは{resource_names(wanted) or '（未記入）'}、"
            f"提供されるのは{resource_names(offered) or '（未記入）'}で、重なりがありません。"
        ),
        change=f"ニーズに「{resource_names(offered) or '資源'}」が加われば、候補になります。",
    )
