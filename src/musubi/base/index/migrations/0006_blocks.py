from itertools import islice

import numpy as np
from django.db import migrations

BLOCK = 1 << 16
BATCH = 500


def in_blocks(data, size):
    """A list of a segment of more than 65,536 documents as it is told from now on."""
    blocks, entries = blocks_of(size), len(data) // 5
    positions = np.frombuffer(data, '<i4', entries)
    each = np.diff(np.searchsorted(positions, np.arange(blocks + 1) * BLOCK)).astype('<i4')
    return each.tobytes() + (positions & (BLOCK - 1)).astype('<u2').tobytes() + data[4 * entries:]


def as_whole(data, size):
    """The inverse."""
    blocks = blocks_of(size)
    entries = (len(data) - 4 * blocks) // 3
    each = np.frombuffer(data, '<i4', blocks)
    within = np.frombuffer(data, '<u2', entries, 4 * blocks)
    positions = np.repeat(np.arange(blocks, dtype='<i4') * BLOCK, each) + within
    return positions.astype('<i4').tobytes() + data[4 * blocks + 2 * entries:]


def blocks_of(size):
    return (size - 1) // BLOCK + 1


def told_anew(how, length_before):
    """Each list of large segments that is long enough for blocks, and is not told so already, as its length says."""

    def tell(apps, schema_editor):
        postings = apps.get_model('index', 'Posting').objects.order_by('pk')
        segments = apps.get_model('index', 'Segment').objects.filter(size__gt=BLOCK)
        for segment, size in list(segments.order_by('pk').values_list('pk', 'size')):
            blocks = blocks_of(size)
            long = postings.filter(segment=segment, size__gt=2 * blocks).values_list('pk', flat=True)
            ids = iter(list(long))
            while batch := list(islice(ids, BATCH)):
                rows = [
                    row for row in postings.filter(pk__in=batch)
                    if len(row.data) == length_before(row.size, blocks)
                ]
                for row in rows:
                    row.data = how(bytes(row.data), size)
                postings.bulk_update(rows, ['data'])

    return tell


class Migration(migrations.Migration):
    """Positions in large segments take two bytes, not four: see the engine's `packing` of this time."""

    dependencies = [
        ('index', '0005_vectors'),
    ]

    operations = [
        migrations.RunPython(
            told_anew(in_blocks, lambda entries, blocks: 5 * entries),
            told_anew(as_whole, lambda entries, blocks: 3 * entries + 4 * blocks),
        ),
    ]
