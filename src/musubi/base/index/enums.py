"""What is indexed."""

from django.db import models

# The engine's hash of the term that every document has. Stands in a partial index, so as a number.
EVERY = -704582889778984455


class DocumentKind(models.TextChoices):
    LISTING = "listing"
    ACTOR = "actor"
    ISSUE = "issue"
    STORY = "story"
