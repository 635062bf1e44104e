"""Exact BM25 over posting lists that live in somebody else's table."""

from musubi_engine.index.best import Best, best_for
from musubi_engine.index.candidates import CandidateQuery, Candidates, admitted, candidates
from musubi_engine.index.counting import count_each
from musubi_engine.index.documents import (
    EVERY,
    DocumentTerms,
    FieldWeights,
    IndexDocument,
    analyse,
    facet_term,
)
from musubi_engine.index.facet_counts import FacetCounts, FacetGroup, facet_counts
from musubi_engine.index.likeness import shares_of
from musubi_engine.index.meant import Lexicon, Word, completions_of, meant_by
from musubi_engine.index.memory import MemoryStore
from musubi_engine.index.packing import Posting, count_entries, pack, unpack, unpack_mask
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
from musubi_engine.index.store import (
    Block,
    PostingStore,
    Snapshot,
    alive_mask,
    both,
    delta_block,
    short,
)
from musubi_engine.index.typed import Typed, read_typed
from musubi_engine.index.unfinished import unfinished_parts

__all__ = [
    "EVERY",
    "Best",
    "Block",
    "CandidateQuery",
    "Candidates",
    "DocumentTerms",
    "FacetCounts",
    "FacetGroup",
    "FieldWeights",
    "Hits",
    "IndexDocument",
    "Lexicon",
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
    "Word",
    "admitted",
    "alive_mask",
    "analyse",
    "best_for",
    "both",
    "build_segment",
    "candidates",
    "completions_of",
    "count_each",
    "count_entries",
    "delta_block",
    "facet_counts",
    "facet_term",
    "meant_by",
    "merge",
    "merge_posting",
    "pack",
    "plan_merge",
    "read_typed",
    "scores_for",
    "search",
    "segment_from_rows",
    "shares_of",
    "short",
    "unfinished_parts",
    "unpack",
    "unpack_mask",
]
