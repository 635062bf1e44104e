"""The concepts of a listing: read in its words as it is saved, corrected by its people, matched and searched."""

from django.db import transaction

from musubi.base.knowledge.queries import concept_reader
from musubi.base.places.models import Municipality

from ..enums import Side
from ..models import Listing
from ..queries import with_parts
from ..queries.plain import plain_listings
from .content import Content, content_of
from .indexing import index_listing

AT_ONCE = 500


def found_concepts(listing: Listing, content: Content) -> frozenset[str]:
    """What the machine reads in a content, before anybody corrects it; one query."""
    return Concepts(listing.municipality_id).found_in(listing, content)


def put_concepts(listing: Listing, content: Content) -> list[str]:
    """Set the listing's concepts from what it says now; the fields' names, for `save(update_fields=…)`."""
    return Concepts(listing.municipality_id).put(listing, content)


class Concepts:
    """Reads the concepts of any number of a town's listings; asks the database once."""

    def __init__(self, municipality_id: int) -> None:
        self._reader = concept_reader(municipality_id)

    def found_in(self, listing: Listing, content: Content) -> frozenset[str]:
        return self._reader.names_in(_words_of(content), offered=listing.side == Side.OFFER)

    def put(self, listing: Listing, content: Content) -> list[str]:
        """What is found less what people removed, with what they added: a correction outlives each saving."""
        read = self.of(listing, content)
        for field, names in read.items():
            setattr(listing, field, names)
        return list(read)

    def of(self, listing: Listing, content: Content) -> dict[str, list[str]]:
        """What `put` sets, by field."""
        found = self.found_in(listing, content) - set(content.concepts_removed)
        concepts = found | set(content.concepts_added)
        in_title = self._reader.named_by(content.title) & concepts
        return {"concepts": sorted(concepts), "concepts_in_title": sorted(in_title)}

    def is_read(self, listing: Listing, content: Content) -> bool:
        """Whether the listing has what `put` would set."""
        return all(getattr(listing, field) == names for field, names in self.of(listing, content).items())


def read_all_concepts() -> int:
    """Read every listing's concepts anew, corrections kept; how many had changed.

    For listings from before concepts were kept, and after the tables have changed. A few hundred in one
    transaction. The index is the caller's to rebuild.
    """
    towns = Listing.objects.order_by("municipality_id").values_list("municipality_id", flat=True).distinct()
    return sum(_reread(municipality_id) for municipality_id in list(towns))


def reread_concepts(*, municipality: Municipality) -> int:
    """The same for one town whose tables have changed, with the index; how many listings had changed."""
    return _reread(municipality.pk, with_index=True)


def _reread(municipality_id: int, *, with_index: bool = False) -> int:
    """Most have not changed: all are read as plain rows without a lock, and only the others once more with one."""
    concepts, changed, last = Concepts(municipality_id), 0, 0
    ids = Listing.objects.filter(municipality=municipality_id).order_by("pk").values_list("pk", flat=True)
    while part := list(ids.filter(pk__gt=last)[:AT_ONCE]):
        last = part[-1]
        others = [row.pk for row in plain_listings(part) if not concepts.is_read(row, content_of(row))]
        if others:
            changed += _put_anew(concepts, others, with_index=with_index)
    return changed


@transaction.atomic
def _put_anew(concepts: Concepts, ids: list[int], *, with_index: bool) -> int:
    held = Listing.objects.filter(pk__in=ids).order_by("pk").select_related("actor", "menu_item")
    listings = list(with_parts(held.select_for_update(of=("self",))))
    others = [listing for listing in listings if not concepts.is_read(listing, content_of(listing))]
    for listing in others:
        fields = concepts.put(listing, content_of(listing))
    if others:
        Listing.objects.bulk_update(others, fields)
    if with_index:
        for listing in others:
            index_listing(listing)
    return len(others)


def _words_of(content: Content) -> str:
    """All that a listing says, as the engine reads it."""
    can_do = content.menu.can_do if content.menu else ""
    parts = (content.title, content.body, *(line.what for line in content.lines), can_do)
    return "\n".join(part for part in parts if part)
