from .exposure import ExposureDay
from .introduction import Introduction, Reply
from .outreach import MOST_AT_A_TIME, MOST_ENOUGH, Invitee, Outreach
from .proposal import Proposal
from .rule import MatchingRule
from .team import TeamMember, TeamProposal

__all__ = [
    "MOST_AT_A_TIME",
    "MOST_ENOUGH",
    "ExposureDay",
    "Introduction",
    "Invitee",
    "MatchingRule",
    "Outreach",
    "Proposal",
    "Reply",
    "TeamMember",
    "TeamProposal",
]
