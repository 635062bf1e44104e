"""Verbs of the index. Each is complete when its transaction is: no process has to be told."""

from musubi.base.index.services.documents import IndexRow, index_object, remove_object
from musubi.base.index.services.merging import merge_due, merge_partition
from musubi.base.index.services.statistics import refresh_statistics
from musubi.base.index.services.vectors import learn_vectors
from musubi.base.index.services.whole import bulk_index, clear, rebuild
from musubi.base.index.services.words import refresh_words
from musubi_engine.settling import give_back, settle

__all__ = [
    "IndexRow",
    "bulk_index",
    "clear",
    "give_back",
    "index_object",
    "learn_vectors",
    "merge_due",
    "merge_partition",
    "rebuild",
    "refresh_statistics",
    "refresh_words",
    "remove_object",
    "settle",
]
