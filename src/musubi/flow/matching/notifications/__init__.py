"""Who learns of a new need, of an offer that came later, and of an introduction."""

from .introductions import tell_introduced, tell_reminded
from .proposals import tell_new_need, tell_offer_found

__all__ = ["tell_introduced", "tell_new_need", "tell_offer_found", "tell_reminded"]
