import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the one before: PostgreSQL changes no table while checks of rows written to it are pending."""

    dependencies = [
        ('matching', '0007_who_is_asked'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reply',
            name='actor',
            field=models.ForeignKey(help_text="who is asked: its listing's actor at that time, so that how soon it answers is found at once", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor'),
        ),
    ]
