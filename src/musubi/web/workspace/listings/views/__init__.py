"""The views of one's own listings: beginning, writing, looking after."""

from .beginning import listing_begin
from .overview import listing, listing_confirm, listing_fulfil, listing_withdraw, listings, why_not
from .starting import listing_new
from .writing import listing_autosave, listing_delete, listing_edit, listing_publish

__all__ = [
    "listing",
    "listing_autosave",
    "listing_begin",
    "listing_confirm",
    "listing_delete",
    "listing_edit",
    "listing_fulfil",
    "listing_new",
    "listing_publish",
    "listing_withdraw",
    "listings",
    "why_not",
]
