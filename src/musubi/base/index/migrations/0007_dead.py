import numpy as np
from django.db import migrations, models


def bury_again(apps, schema_editor):
    """The dead become tombstones again."""
    tombstones = apps.get_model('index', 'Tombstone').objects
    for segment in apps.get_model('index', 'Segment').objects.exclude(dead_token=0).order_by('pk'):
        dead = np.unpackbits(np.frombuffer(bytes(segment.dead), np.uint8), count=segment.size)
        keys = np.frombuffer(bytes(segment.keys), '<i8')[dead == 1]
        tombstones.bulk_create(
            (tombstones.model(key=key, partition=segment.partition) for key in keys.tolist()),
            batch_size=500, ignore_conflicts=True,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0006_blocks'),
    ]

    operations = [
        migrations.AddField(
            model_name='segment',
            name='dead',
            field=models.BinaryField(default=b'', help_text='one bit a document, the first in the highest; empty: nobody'),
        ),
        migrations.AddField(
            model_name='segment',
            name='dead_token',
            field=models.BigIntegerField(default=0, help_text='names that in caches; 0: nobody is dead'),
        ),
        migrations.AlterField(
            model_name='segment',
            name='partition',
            field=models.BigIntegerField(),
        ),
        migrations.AddIndex(
            model_name='segment',
            index=models.Index(fields=['partition', 'token', 'size', 'dead_token'], name='index_segment_state'),
        ),
        migrations.RunPython(migrations.RunPython.noop, bury_again),
    ]
