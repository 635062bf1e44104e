from django.db import models
from django.db.models import F, Q


class Tie(models.Model):
    """つながり: two actors have worked together; written by the stage that saw them finish it."""

    one = models.ForeignKey("actors.Actor", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("actors.Actor", on_delete=models.CASCADE, related_name="+")
    last_on = models.DateField(help_text="the day of the latest work they finished together")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="actors_tie_once_a_pair"),
            models.CheckConstraint(name="actors_tie_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"
