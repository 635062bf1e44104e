from django.db import models
from django.db.models import F, Q

from ..enums import Fit, fit_of
from ..words import Said, said
from .rule import MatchingRule


class Proposal(models.Model):
    """候補: the engine's suggestion that an offer answers a need, with its reasons."""

    need = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="proposals_as_need")
    offer = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="proposals_as_offer")
    score = models.FloatField()
    reasons = models.JSONField(help_text='[{"signal", "sentence", "parts", "value", "weight"}]')
    engine_version = models.CharField(max_length=20)
    rule = models.ForeignKey(
        MatchingRule,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the town's weights it was made with; empty: the engine's own",
    )
    proposed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(
        null=True, blank=True, help_text="kept, so that any past proposal can be explained"
    )

    fairness = Said()
    """Why the fair order moved it, where it was read in that order (`queries.fairly`); kept nowhere."""

    class Meta:
        ordering = ("-score", "pk")
        indexes = [models.Index(fields=["need", "superseded_at", "-score"], name="matching_proposal_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=Q(superseded_at=None),
                name="matching_proposal_current_once",
            ),
            models.CheckConstraint(
                name="matching_proposal_score_is_a_share", condition=Q(score__gte=0, score__lte=1)
            ),
            models.CheckConstraint(name="matching_proposal_two_listings", condition=~Q(need=F("offer"))),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} – {self.offer_id}: {self.score:.2f}"

    @property
    def told(self) -> list[Said]:
        """Its reasons and cautions in the reader's language."""
        return [said(reason) for reason in self.reasons]

    @property
    def fit(self) -> Fit:
        """The score in words."""
        return fit_of(self.score)
