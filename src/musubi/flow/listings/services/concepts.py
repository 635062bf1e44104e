"""The concepts of a listing: read in its words as it is saved, corrected by its people, matched and searched."""

from django.db import transaction

from musubi.base.knowledge.queries import concept_reader
from musubi.base.places.models import Municipality

from ..enums import Side
from ..models import Listing
from ..queries import with_parts
from .content import Content, content_of
from .indexing import index_listing

AT_ONCE = 500


def found_concepts(listing: Listing, content: Content) -> frozenset[str]:
    """What the machine reads in a content, before anybody corrects it; one query."""
    return Concepts(listing.municipality_id).found_in(listing, content)


def put_concepts(listing: Listing, content: Content) -> list[str]:
    """Set the listing's concepts from what it says now; the field's name, for `save(update_fields=…)`."""
    return Concepts(listing.municipality_id).put(listing, content)


class Concepts:
    """Reads the concepts of any number of a town's listings; asks the database once."""

    def __init__(self, municipality_id: int) -> None:
        self._reader = concept_reader(municipality_id)

    def found_in(self, listing: Listing, content: Content) -> frozenset[str]:
        return self._reader.names_in(_words_of(content), offered=listing.side == Side.OFFER)

    def put(self, listing: Listing, content: Content) -> list[str]:
        """What is found less what people removed, with what they added: a correction outlives each saving."""
        found = self.found_in(listing, content) - set(content.concepts_removed)
        listing.concepts = sorted(found | set(content.concepts_added))
        return ["concepts"]


def read_all_concepts() -> int:
    """Read every listing's concepts anew, corrections kept; how many had changed.

    For listings from before concepts were kept, and after the tables have changed. A few hundred in one
    transaction. The index is the caller's to rebuild.
    """
    changed = 0
    towns = Listing.objects.order_by("municipality_id").values_list("municipality_id", flat=True).distinct()
    for municipality_id in list(towns):
        concepts, last = Concepts(municipality_id), 0
        while rows := _read_part(concepts, municipality_id, after=last):
            changed += sum(rows.values())
            last = max(rows)
    return changed


def reread_concepts(*, municipality: Municipality) -> int:
    """The same for one town whose tables have changed, with the index; how many listings had changed."""
    changed, concepts, last = 0, Concepts(municipality.pk), 0
    while rows := _read_part(concepts, municipality.pk, after=last, with_index=True):
        changed += sum(rows.values())
        last = max(rows)
    return changed


@transaction.atomic
def _read_part(
    concepts: Concepts, municipality_id: int, *, after: int, with_index: bool = False
) -> dict[int, bool]:
    """Of the next listings by number: whether each had changed."""
    part = Listing.objects.filter(municipality=municipality_id, pk__gt=after).order_by("pk")[:AT_ONCE]
    held = part.select_related("actor", "menu_item").select_for_update(of=("self",))
    listings = list(with_parts(held))
    before = {listing.pk: listing.concepts for listing in listings}
    for listing in listings:
        concepts.put(listing, content_of(listing))
    differs = {listing.pk: listing.concepts != before[listing.pk] for listing in listings}
    others = [row for row in listings if differs[row.pk]]
    Listing.objects.bulk_update(others, ["concepts"])
    if with_index:
        for listing in others:
            index_listing(listing)
    return differs


def _words_of(content: Content) -> str:
    """All that a listing says, as the engine reads it."""
    can_do = content.menu.can_do if content.menu else ""
    parts = (content.title, content.body, *(line.what for line in content.lines), can_do)
    return "\n".join(part for part in parts if part)
