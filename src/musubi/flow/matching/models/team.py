from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..words import Said, said


class TeamProposal(models.Model):
    """編成案: offers that together cover the requirements of a need, with what each brings and what is missing."""

    need = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="team_proposals")
    position = models.PositiveSmallIntegerField(help_text="1 is the best")
    score = models.FloatField(help_text="the sum of its members' scores")
    sentences = models.JSONField(
        help_text='[{"sentence", "parts"}], what they reach together; until 2026 bare sentences'
    )
    missing = models.JSONField(default=list, help_text='[{"line", "lacking", "sentence", "parts"}]')
    is_exact = models.BooleanField(help_text="whether the search proved that nothing better exists")
    engine_version = models.CharField(max_length=20)
    proposed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(
        null=True, blank=True, help_text="kept, so that any past proposal can be explained"
    )

    class Meta:
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["need", "superseded_at", "position"], name="matching_team_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "position"],
                condition=Q(superseded_at=None),
                name="matching_team_current_place_once",
            ),
            models.CheckConstraint(
                name="matching_team_numbers_make_sense", condition=Q(position__gte=1, score__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} #{self.position}: {self.score:.2f}"

    @property
    def told(self) -> list[Said]:
        """What they reach together, in the reader's language; what is missing is told apart."""
        missing = {row["sentence"] for row in self.missing}
        rows = (row if isinstance(row, dict) else {"sentence": row} for row in self.sentences)
        return [said(row) for row in rows if row["sentence"] not in missing]

    @property
    def told_missing(self) -> list[Said]:
        """What nobody of them gives, in the reader's language."""
        return [said(row) for row in self.missing]

    @property
    def is_complete(self) -> bool:
        """Whether it covers every requirement."""
        return not self.missing


class TeamMember(models.Model):
    """編成案の顔ぶれ: one offer of a team; an actor may bring several."""

    team = models.ForeignKey(TeamProposal, on_delete=models.CASCADE, related_name="members")
    offer = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="team_memberships")
    position = models.PositiveSmallIntegerField()
    covers = models.JSONField(
        help_text='[{"line", "what", "unit", "amount", "sure"}]: requirements by position, from 0'
    )
    sentence = models.TextField(blank=True, help_text="on an actor's first offer: all that the actor brings")
    parts = models.JSONField(default=list, help_text="what the sentence is made of, as of a reason")
    reasons = models.JSONField(default=list, help_text="the offer's own reasons, as of a proposal")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "offer"],
                name="matching_team_member_once",
                violation_error_message=_("同じ提供が、編成案に二度入っています。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.offer_id}"
