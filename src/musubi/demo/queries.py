"""The demonstration's people."""

from django.db.models import QuerySet

from .models import Persona


def personas() -> QuerySet[Persona]:
    return Persona.objects.select_related("user")
