"""The log of every write, and of who saw personal data."""

from django.db import models


class Event(models.Model):
    """Who did what to which object, for whom, when. No foreign keys: the log outlives its subjects."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, db_index=True, help_text="user:12, or system")
    on_behalf_of = models.CharField(max_length=80, blank=True, help_text="proxy entry: for whom")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    municipality_ref = models.CharField(max_length=20, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["subject_type", "subject_ref"], name="audit_event_subject"),
            models.Index(fields=["municipality_ref", "-at"], name="audit_event_municipality"),
            models.Index(fields=["by", "verb", "at"], name="audit_event_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.subject_type}:{self.subject_ref}"
