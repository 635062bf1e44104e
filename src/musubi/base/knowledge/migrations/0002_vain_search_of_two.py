"""Words that one person alone has searched for are not kept; of the old ones nobody knows how many people asked."""

from typing import Any

from django.db import migrations, models


def forget_all(apps: Any, _schema: Any) -> None:
    apps.get_model("knowledge", "VainSearch").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.RunPython(forget_all, migrations.RunPython.noop),
        migrations.AddField(
            model_name="vainsearch",
            name="asked_by",
            field=models.CharField(
                blank=True,
                default="",
                help_text="a mark of the only one who has asked so far; empty once two have",
                max_length=3,
            ),
            preserve_default=False,
        ),
    ]
