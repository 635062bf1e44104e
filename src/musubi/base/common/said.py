"""Who said something for an actor, when, and how it came to us."""

from django.conf import settings
from django.db import models

from .enums import Source


class Said(models.Model):
    """What an actor says: pressed by one of its people, or typed in by staff who were told (`source`)."""

    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField()
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)

    class Meta:
        abstract = True
