from django.db import models


class ExposureDay(models.Model):
    """見られた数: how often a listing was shown, opened and contacted on one day; never by whom."""

    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="exposure_days")
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0, help_text="in a list that somebody else read")
    opened = models.PositiveIntegerField(default=0, help_text="its page, also by a direct link")
    contacted = models.PositiveIntegerField(default=0, help_text="introductions in which it was asked")

    class Meta:
        ordering = ("-day", "listing")
        indexes = [models.Index(fields=["day"], name="matching_exposure_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["listing", "day"], name="matching_exposure_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.day}"
