"""Words that one person alone has searched for are told to nobody; of the open ones nobody knows how many asked.

What the office has settled stays, so that it does not come back.
"""

from typing import Any

from django.db import migrations, models


def forget_open(apps: Any, _schema: Any) -> None:
    apps.get_model("knowledge", "VainSearch").objects.filter(settled="").delete()


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.RunPython(forget_open, migrations.RunPython.noop),
        migrations.AddField(
            model_name="vainsearch",
            name="asked_by",
            field=models.CharField(
                blank=True,
                default="",
                help_text="a mark of the only one who has asked so far; empty once two have",
                max_length=1,
            ),
            preserve_default=False,
        ),
    ]
