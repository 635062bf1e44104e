"""The vocabulary of each partition, made anew from its newest documents."""

from collections import Counter
from secrets import randbits

from django.db import transaction

from musubi.base.index.adapter import packed_words, words_in
from musubi.base.index.models import DocumentText, Vocabulary

NEWEST = 50_000  # documents whose words are counted: about a second
MOST_WORDS = 3000
_CHUNK = 2000


def refresh_words() -> int:
    """Count the words of every partition anew; returns how many words are kept. Killed in between, no harm is done."""
    kept = 0
    partitions = DocumentText.objects.order_by("partition").values_list("partition", flat=True).distinct()
    for partition in list(partitions):
        kept += _refresh(partition)
    Vocabulary.objects.exclude(partition__in=DocumentText.objects.order_by().values("partition")).delete()
    return kept


def _refresh(partition: int) -> int:
    rows = DocumentText.objects.filter(partition=partition).order_by("-key").values_list("data", flat=True)
    counts: Counter[str] = Counter()
    for data in rows[:NEWEST].iterator(chunk_size=_CHUNK):
        counts.update(words_in(data))
    words = packed_words(dict(counts.most_common(MOST_WORDS)))
    with transaction.atomic():
        Vocabulary.objects.update_or_create(
            partition=partition, defaults={"words": words, "token": randbits(63)}
        )
    return min(len(counts), MOST_WORDS)
