"""Verbs of matching: publish and find, find anew."""

from .proposals import KEPT, propose_for_need, propose_for_offer
from .publishing import publish_and_match, refresh, save_and_match
from .town import propose_for_town

__all__ = [
    "KEPT",
    "propose_for_need",
    "propose_for_offer",
    "propose_for_town",
    "publish_and_match",
    "refresh",
    "save_and_match",
]
