"""Leaving, and taking one's own along."""

from .organisations import delete_actor
from .packing import take_out, take_out_actor
from .people import delete_account

__all__ = ["delete_account", "delete_actor", "take_out", "take_out_actor"]
