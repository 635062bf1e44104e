"""The row as it stands now, held until the transaction ends."""

from ..models import Listing


def locked(listing: Listing) -> Listing:
    """This listing, fresh and locked, with its actor and menu item."""
    rows = Listing.objects.select_for_update(of=("self",)).select_related(
        "actor", "municipality", "menu_item"
    )
    return rows.get(pk=listing.pk)
