"""Exact BM25 over posting lists that live in somebody else's table."""

from musubi_engine.index.documents import (
    EVERY,
    DocumentTerms,
    FieldWeights,
    IndexDocument,
    analyse,
    facet_term,
)
from musubi_engine.index.facets import FacetCounts, FacetGroup, facet_counts
from musubi_engine.index.memory import MemoryStore
from musubi_engine.index.packing import Posting, count_entries, pack, unpack
from musubi_engine.index.query import Order, Query
from musubi_engine.index.search import Hits, Scores, scores_for, search
from musubi_engine.index.segments import (
    MergePlan,
    Part,
    Segment,
    SegmentBuilder,
    build_segment,
    merge,
    merge_posting,
    plan_merge,
    segment_from_rows,
)
from musubi_engine.index.store import Block, PostingStore, Snapshot, alive_mask, delta_block
from musubi_engine.index.typed import Typed, read_typed

__all__ = [
    "EVERY",
    "Block",
    "DocumentTerms",
    "FacetCounts",
    "FacetGroup",
    "FieldWeights",
    "Hits",
    "IndexDocument",
    "MemoryStore",
    "MergePlan",
    "Order",
    "Part",
    "Posting",
    "PostingStore",
    "Query",
    "Scores",
    "Segment",
    "SegmentBuilder",
    "Snapshot",
    "Typed",
    "alive_mask",
    "analyse",
    "build_segment",
    "count_entries",
    "delta_block",
    "facet_counts",
    "facet_term",
    "merge",
    "merge_posting",
    "pack",
    "plan_merge",
    "read_typed",
    "scores_for",
    "search",
    "segment_from_rows",
    "unpack",
]
