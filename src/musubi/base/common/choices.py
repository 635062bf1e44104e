"""What a choice is called, without naming all the others."""

from typing import Any

from django.db import models
from django.utils.encoding import force_str


class ChoicesSaid(models.Model):
    """A model whose `get_…_display` translates the label that it says, and no other.

    Django's own makes a dictionary of every label each time; on a list of fifty rows this was a tenth of the page.
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 - Django's name
        value = getattr(self, field.attname)
        label = next((label for known, label in field.flatchoices if known == value), value)
        return force_str(label, strings_only=True)
