"""Verbs on listings; each leaves a trace, keeps the index true and tells whom it concerns."""

from .arranging import arrange_listing, settle_listing, unarrange_listing
from .asking import ask_unconfirmed
from .completeness import NotComplete, Problem, longer_expiry, problems_of
from .concepts import found_concepts, read_all_concepts, reread_concepts
from .content import Content, LineValue, MenuValue, WindowValue, content_of
from .drafts import StaleDraft, create_draft, delete_draft, enter_listing, save_listing
from .importing import ListingRow, Outcome, import_listing, import_listings
from .indexing import index_listing, index_listings_of, index_row, rows_to_index
from .publishing import (
    confirm_listing,
    expire_due_listings,
    fulfil_listing,
    hide_listing,
    publish_listing,
    release_listing,
    reserve_listing,
    unhide_listing,
    withdraw_listing,
)
from .taking import StillUsed, give_back_to_offer, take_from_offer, taken_by_line, use_up_offer
from .when import facets_of_month

__all__ = [
    "Content",
    "LineValue",
    "ListingRow",
    "MenuValue",
    "NotComplete",
    "Outcome",
    "Problem",
    "StaleDraft",
    "StillUsed",
    "WindowValue",
    "arrange_listing",
    "ask_unconfirmed",
    "confirm_listing",
    "content_of",
    "create_draft",
    "delete_draft",
    "enter_listing",
    "expire_due_listings",
    "facets_of_month",
    "found_concepts",
    "fulfil_listing",
    "give_back_to_offer",
    "hide_listing",
    "import_listing",
    "import_listings",
    "index_listing",
    "index_listings_of",
    "index_row",
    "longer_expiry",
    "problems_of",
    "publish_listing",
    "read_all_concepts",
    "release_listing",
    "reread_concepts",
    "reserve_listing",
    "rows_to_index",
    "save_listing",
    "settle_listing",
    "take_from_offer",
    "taken_by_line",
    "unarrange_listing",
    "unhide_listing",
    "use_up_offer",
    "withdraw_listing",
]
