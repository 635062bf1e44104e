"""Exact BM25 over posting lists that live in somebody else's table."""

from musubi_engine.index.candidates import CandidateQuery, Candidates, admitted, candidates
from musubi_engine.index.documents import (
    EVERY,
    DocumentTerms,
    FieldWeights,
    IndexDocument,
    analyse,
    facet_term,
)
from musubi_engine.index.likeness import shares_of
from musubi_engine.index.memory import MemoryStore
from musubi_engine.index.packing import Posting, count_entries, pack, unpack
from musubi_engine.index.query import Order, Query
from musubi_engine.index.search import Hits, Scores, best_for, scores_for, search
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
from musubi_engine.index.store import Block, PostingStore, Snapshot, alive_mask, delta_block, mask_of

__all__ = [
    "EVERY",
    "Block",
    "CandidateQuery",
    "Candidates",
    "DocumentTerms",
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
    "admitted",
    "alive_mask",
    "analyse",
    "best_for",
    "build_segment",
    "candidates",
    "count_entries",
    "delta_block",
    "facet_term",
    "mask_of",
    "merge",
    "merge_posting",
    "pack",
    "plan_merge",
    "scores_for",
    "search",
    "segment_from_rows",
    "shares_of",
    "unpack",
]
