from django.db import models

from .enums import LeaverKind


class Farewell(models.Model):
    """退会の記録: that somebody left, without who: figures stay true after people have gone."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LeaverKind.choices)
    left_on = models.DateField()
    months = models.PositiveSmallIntegerField(help_text="whole months since it was registered")
    listings = models.PositiveIntegerField(default=0, help_text="how many it had published")
    projects = models.PositiveIntegerField(default=0, help_text="how many it took part in")

    class Meta:
        ordering = ("-left_on", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.left_on}"
