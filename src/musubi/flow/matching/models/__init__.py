from .exposure import ExposureDay
from .introduction import Introduction, Reply
from .proposal import Proposal
from .rule import MatchingRule

__all__ = ["ExposureDay", "Introduction", "MatchingRule", "Proposal", "Reply"]
