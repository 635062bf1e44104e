"""The only door to proposals, and what the engine says without its being kept."""

from .answers import AnsweredLine, answered_lines
from .coordinators import coordinators_of
from .proposals import proposals_for, proposals_of_need, proposals_of_offer
from .suggestions import Match, listing_by_reference, match_all, match_offer, match_one, reference_of
from .why_not import RuledOut, blockers_between, ruled_out_for

__all__ = [
    "AnsweredLine",
    "Match",
    "RuledOut",
    "answered_lines",
    "blockers_between",
    "coordinators_of",
    "listing_by_reference",
    "match_all",
    "match_offer",
    "match_one",
    "proposals_for",
    "proposals_of_need",
    "proposals_of_offer",
    "reference_of",
    "ruled_out_for",
]
