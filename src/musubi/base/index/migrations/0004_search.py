from django.db import migrations, models

from musubi_engine.text import TEXT_VERSION


def say_what_an_empty_index_is_built_with(apps, schema_editor):
    """One that holds documents was built by earlier rules: it has no row until it is built anew."""
    if not apps.get_model('index', 'Document').objects.exists():
        apps.get_model('index', 'BuiltWith').objects.create(pk=1, text_version=TEXT_VERSION)


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0003_story'),
    ]

    operations = [
        migrations.CreateModel(
            name='Vocabulary',
            fields=[
                ('partition', models.BigIntegerField(primary_key=True, serialize=False)),
                ('token', models.BigIntegerField(help_text='names the content in caches', unique=True)),
                ('words', models.TextField(blank=True, help_text='a line a word: surface, reading, number of documents')),
            ],
            options={
                'ordering': ('partition',),
            },
        ),
        migrations.CreateModel(
            name='BuiltWith',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('text_version', models.CharField(max_length=16)),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='index_built_with_one_row')],
            },
        ),
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('partition', models.BigIntegerField()),
                ('data', models.BinaryField(help_text='see adapter.texts')),
            ],
            options={
                'ordering': ('key',),
                'indexes': [models.Index(fields=['partition', '-key'], name='index_text_newest')],
            },
        ),
        migrations.RunPython(say_what_an_empty_index_is_built_with, migrations.RunPython.noop),
    ]
