"""A town's listings in the engine's own index, built on all cores: what an installation's database holds."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from multiprocessing import get_context

from musubi_engine.bench.postings import NEEDS, postings
from musubi_engine.index import DocumentTerms, IndexDocument, MemoryStore, SegmentBuilder, analyse
from musubi_engine.index.facets import Outline, days_of, finding_facets, matching_facets
from musubi_engine.readings import concepts_found, concepts_in_title
from musubi_engine.types import Listing
from musubi_engine.wording import index_fields

PARTITION = 1
_CHUNK = 2000


def outline_of(listing: Listing) -> Outline:
    """What decides a listing's facets."""
    return Outline(
        side=listing.side,
        actor=listing.actor,
        resources=listing.resources,
        areas=tuple(area.codes for area in listing.areas),
        days=tuple(
            days_of(window.start, window.end, window.weekdays, window.opens, window.closes)
            for window in listing.windows
        ),
        fields=listing.fields,
        seats=listing.amount("capacity"),
        wheelchair="wheelchair_ok" in listing.conditions,
    )


def document_of(key: int, listing: Listing) -> DocumentTerms:
    """A listing as it is indexed."""
    return analyse(IndexDocument(key=key, fields=index_fields(listing), facets=facets_of(listing)))


def facets_of(listing: Listing) -> frozenset[str]:
    """What it is searched by, what it is a candidate by, and its concepts."""
    listing, outline = as_saved(listing), outline_of(listing)
    in_title = listing.concepts_in_title or ()
    return frozenset(
        {
            f"s:{listing.side}",
            f"st:{listing.state}",
            *(f"r:{resource}" for resource in outline.resources),
            *(f"f:{field}" for field in outline.fields),
            *(f"a:{part}" for path in outline.areas for part in path),
            *matching_facets(outline),
            *(f"c:{name}" for name in listing.concepts or ()),
            *finding_facets(listing.side, listing.title, listing.body, in_title),
        }
    )


def documents(
    number: int, seed: int, *, needs: float = NEEDS, processes: int | None = None
) -> Iterator[DocumentTerms]:
    """The first `number` made-up listings as they are indexed, in order; each one's key is its ref."""
    starts = range(0, number, _CHUNK)
    jobs = [(start, min(number, start + _CHUNK), seed, needs) for start in starts]
    if (processes or os.cpu_count() or 1) > 1 and len(jobs) > 1:
        # Not forked: a benchmark may have threads (Tantivy's) when it builds.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            yield from chain.from_iterable(pool.map(_documents, jobs))
    else:
        yield from chain.from_iterable(map(_documents, jobs))


def build(found: Iterable[DocumentTerms]) -> MemoryStore:
    """These documents in one segment."""
    builder = SegmentBuilder()
    for document in found:
        builder.add(document)
    store = MemoryStore()
    store.add_built(PARTITION, builder.build())
    return store


def among(number: int, seed: int, like: list[Listing]) -> Iterator[Listing]:
    """Made-up offers with the places and times of given ones, so that they compete with them."""
    made = (listing for listing in postings(number * 2, seed=seed) if listing.side == "offer")
    for i, listing in enumerate(islice(made, number)):
        model = like[i % len(like)]
        yield replace(listing, ref=f"made{i}", areas=model.areas, windows=model.windows)


def as_saved(listing: Listing) -> Listing:
    """As an installation keeps it: with its concepts, which are read at saving."""
    if listing.concepts is not None:
        return listing
    return replace(
        listing, concepts=concepts_found(listing), concepts_in_title=concepts_in_title(listing.title)
    )


def _documents(job: tuple[int, int, int, float]) -> list[DocumentTerms]:
    start, stop, seed, needs = job
    return [
        document_of(int(listing.ref), listing)
        for listing in postings(stop, seed=seed, start=start, needs=needs)
    ]
