"""The engine's PostingStore on Django's database, and how its values become rows."""

from musubi.base.index.adapter.rows import (
    DeltaRows,
    delete_delta,
    delete_tombstones,
    digest_of,
    document_facets,
    kind_facet,
    load_delta,
    save_delta,
    save_segment,
    stream_postings,
)
from musubi.base.index.adapter.store import SqlStore

__all__ = [
    "DeltaRows",
    "SqlStore",
    "delete_delta",
    "delete_tombstones",
    "digest_of",
    "document_facets",
    "kind_facet",
    "load_delta",
    "save_delta",
    "save_segment",
    "stream_postings",
]
