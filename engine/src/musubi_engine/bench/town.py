"""A town's listings in the engine's own index, built on all cores: what an installation's database holds."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from musubi_engine.bench.postings import postings
from musubi_engine.index import DocumentTerms, IndexDocument, MemoryStore, SegmentBuilder, analyse
from musubi_engine.index.concepts import concept_facets
from musubi_engine.index.facets import Days, Outline, matching_facets
from musubi_engine.reading import words_of
from musubi_engine.types import AreaPath, Listing
from musubi_engine.wording import index_fields

PARTITION = 1
_CHUNK = 2000


def outline_of(listing: Listing) -> Outline:
    """What decides a listing's facets."""
    return Outline(
        side=listing.side,
        actor=listing.actor,
        resources=listing.resources,
        areas=tuple(_parts(area) for area in listing.areas),
        days=tuple(Days(window.start, window.end, window.weekdays) for window in listing.windows),
        fields=listing.fields,
        online="online_ok" in listing.conditions,
    )


def document_of(key: int, listing: Listing) -> DocumentTerms:
    """A listing as it is indexed: words, facets to search by, facets to be a candidate by, concepts."""
    outline = outline_of(listing)
    facets = {f"s:{listing.side}", f"st:{listing.state}"}
    facets |= {f"r:{resource}" for resource in outline.resources}
    facets |= {f"f:{field}" for field in outline.fields}
    facets |= {f"a:{part}" for path in outline.areas for part in path}
    facets |= matching_facets(outline) | concept_facets(words_of(listing))
    return analyse(IndexDocument(key=key, fields=index_fields(listing), facets=frozenset(facets)))


def build(number: int, seed: int, *, needs: float, processes: int | None = None) -> MemoryStore:
    """The first `number` made-up listings in one segment; each one's key is its ref. Two cores: 0.3 ms a listing."""
    builder = SegmentBuilder()
    starts = range(0, number, _CHUNK)
    jobs = [(start, min(number, start + _CHUNK), seed, needs) for start in starts]
    if (processes or os.cpu_count() or 1) > 1 and len(jobs) > 1:
        # Not forked: a benchmark may have threads (Tantivy's) when it builds.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            for chunk in pool.map(_documents, jobs):
                _add(builder, chunk)
    else:
        for job in jobs:
            _add(builder, _documents(job))
    store = MemoryStore()
    store.add_built(PARTITION, builder.build())
    return store


def among(number: int, seed: int, like: list[Listing]) -> Iterator[Listing]:
    """Made-up offers with the places and times of given ones, so that they compete with them."""
    made = (listing for listing in postings(number * 2, seed=seed) if listing.side == "offer")
    for i, listing in enumerate(islice(made, number)):
        model = like[i % len(like)]
        yield Listing(
            **{
                **{name: getattr(listing, name) for name in Listing.__slots__},
                "ref": f"made{i}",
                "areas": model.areas,
                "windows": model.windows,
            }
        )


def _documents(job: tuple[int, int, int, float]) -> list[DocumentTerms]:
    start, stop, seed, needs = job
    return [
        document_of(int(listing.ref), listing)
        for listing in postings(stop, seed=seed, start=start, needs=needs)
    ]


def _add(builder: SegmentBuilder, documents: Iterable[DocumentTerms]) -> None:
    for document in documents:
        builder.add(document)


def _parts(area: AreaPath) -> tuple[str, ...]:
    """Codes, and below them names with all that is above, which may be named alike elsewhere."""
    below = area.names[len(area.codes) :]
    return (*area.codes, *("/".join((area.codes[-1], *below[: n + 1])) for n in range(len(below))))
