"""The engine's PostingStore on Django's database, and how its values become rows."""

from musubi.base.index.adapter.rows import (
    RULES,
    DeltaRows,
    delete_delta,
    delete_tombstones,
    digest_of,
    document_facets,
    kind_facet,
    living_of,
    load_delta,
    save_delta,
    save_living,
    save_segment,
    stream_postings,
)
from musubi.base.index.adapter.store import SqlStore
from musubi.base.index.adapter.texts import keys_that_hold, pack_texts, words_in
from musubi.base.index.adapter.words import lexicon_of, packed_words

__all__ = [
    "RULES",
    "DeltaRows",
    "SqlStore",
    "delete_delta",
    "delete_tombstones",
    "digest_of",
    "document_facets",
    "keys_that_hold",
    "kind_facet",
    "lexicon_of",
    "living_of",
    "load_delta",
    "pack_texts",
    "packed_words",
    "save_delta",
    "save_living",
    "save_segment",
    "stream_postings",
    "words_in",
]
