from .introduction import Introduction, Reply
from .proposal import Proposal

__all__ = ["Introduction", "Proposal", "Reply"]
