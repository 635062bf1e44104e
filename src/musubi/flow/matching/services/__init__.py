"""Verbs of matching: publish and find, find anew."""

from .following import follow_actor, follow_actors
from .proposals import KEPT, propose_for_need, propose_for_offer
from .publishing import publish_and_match, release_and_match, save_and_match
from .refreshing import refresh, refresh_later, refresh_later_for_actor
from .town import propose_for_town

__all__ = [
    "KEPT",
    "follow_actor",
    "follow_actors",
    "propose_for_need",
    "propose_for_offer",
    "propose_for_town",
    "publish_and_match",
    "refresh",
    "refresh_later",
    "refresh_later_for_actor",
    "release_and_match",
    "save_and_match",
]
