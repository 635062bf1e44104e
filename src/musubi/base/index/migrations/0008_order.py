from django.db import migrations, models
from django.db.models import Max


def newest_there_is(apps, schema_editor):
    """Of which listings a basis was learnt is known no more exactly: what is there now counts as learnt from."""
    newest = apps.get_model('index', 'DocumentVector').objects.aggregate(newest=Max('pk'))['newest'] or 0
    apps.get_model('index', 'VectorBasis').objects.update(newest_vector=newest)


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0007_dead'),
    ]

    operations = [
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
    ]
