"""Large segments from before are told in blocks, and answer as they did."""

from importlib import import_module

import numpy as np
import pytest
from django.apps import apps

from musubi.base.index.models import Posting, Segment
from musubi_engine.index import count_entries, unpack

pytestmark = pytest.mark.django_db

SIZES = (65_536, 65_537, 131_072, 200_000)


def test_lists_of_before_are_told_in_blocks_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("musubi.base.index.migrations.0006_blocks")
    monkeypatch.setattr(migration, "BATCH", 2)
    (step,) = migration.Migration.operations
    wanted, before = {}, {}
    for size in SIZES:
        segment = Segment.objects.create(token=size, partition=1, size=size, total_length=0)
        blocks = -(-size // 65_536)
        for number in (1, 2 * blocks, 2 * blocks + 1, size // 3, size):
            positions = np.sort(np.random.default_rng(number).choice(size, number, replace=False))
            counts = (positions % 255 + 1).astype("u1")
            data = positions.astype("<u2" if size <= 65_536 else "<i4").tobytes() + counts.tobytes()
            row = Posting.objects.create(segment=segment, term=number, size=number, data=data)
            wanted[row.pk], before[row.pk] = (size, positions, counts), data
    for _ in range(2):  # what is told in blocks already, as a rebuild by this version makes it, stays
        step.code(apps, None)
    for pk, data in Posting.objects.values_list("pk", "data"):
        size, positions, counts = wanted[pk]
        found = unpack(bytes(data), size)
        assert np.array_equal(found.positions, positions)
        assert np.array_equal(found.counts, counts)
        assert count_entries(bytes(data), size) == len(positions)
    for _ in range(2):
        step.reverse_code(apps, None)
    assert {pk: bytes(data) for pk, data in Posting.objects.values_list("pk", "data")} == before
