from django.db import migrations, models
from django.db.models import Max

from musubi.base.index.adapter import RULES


def newest_there_is(apps, schema_editor):
    """Of which listings a basis was learnt is known no more exactly: what is there now counts as learnt from."""
    newest = apps.get_model('index', 'DocumentVector').objects.aggregate(newest=Max('pk'))['newest'] or 0
    apps.get_model('index', 'VectorBasis').objects.update(newest_vector=newest)


def say_what_an_empty_index_is_built_with(apps, schema_editor):
    """One that holds documents stands in the old order: it is told to be built anew."""
    if not apps.get_model('index', 'Document').objects.exists():
        apps.get_model('index', 'BuiltWith').objects.update_or_create(pk=1, defaults={'rules': RULES})


def number_on(apps, schema_editor):
    """Backwards: who numbers documents again begins behind those there are."""
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(
            "SELECT setval(pg_get_serial_sequence('index_document', 'key'), MAX(key)) FROM index_document HAVING COUNT(*) > 0"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0007_dead'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, number_on),  # backwards the last
        migrations.AlterField(
            model_name='document',
            name='key',
            field=models.BigIntegerField(help_text='tells the order: see services.keys', primary_key=True, serialize=False),
        ),
        migrations.RenameField(
            model_name='builtwith',
            old_name='text_version',
            new_name='rules',
        ),
        migrations.RenameField(
            model_name='vectorbasis',
            old_name='newest_key',
            new_name='newest_vector',
        ),
        migrations.AlterField(
            model_name='vectorbasis',
            name='newest_vector',
            field=models.BigIntegerField(default=0, help_text='when it became current: rows with a higher id are of listings saved since'),
        ),
        migrations.RunPython(newest_there_is, migrations.RunPython.noop),
        migrations.RunPython(say_what_an_empty_index_is_built_with, migrations.RunPython.noop),
    ]
