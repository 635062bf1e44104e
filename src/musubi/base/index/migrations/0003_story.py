from django.db import migrations, models

KINDS = [('listing', 'Listing'), ('actor', 'Actor'), ('issue', 'Issue'), ('story', 'Story')]


class Migration(migrations.Migration):

    dependencies = [
        ('index', '0002_tombstone_object'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=16),
        ),
        migrations.AlterField(
            model_name='tombstone',
            name='kind',
            field=models.CharField(choices=KINDS, default='', max_length=16),
        ),
    ]
