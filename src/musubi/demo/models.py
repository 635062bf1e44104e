from django.conf import settings
from django.db import models


class Persona(models.Model):
    """Somebody of the demonstration town whom a visitor may be with one press; made only by `musubi demo`."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=60)
    story = models.CharField(max_length=200)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
