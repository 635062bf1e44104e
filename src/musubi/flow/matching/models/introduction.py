from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.listings.enums import Side

from ..enums import Answer, DeclineReason, Initiative, IntroductionState
from .proposal import Proposal

USER = settings.AUTH_USER_MODEL


class Introduction(models.Model):
    """紹介: the actors of a need and of an offer are brought to each other's notice."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="introductions")
    offer = models.ForeignKey(
        "listings.Listing", on_delete=models.PROTECT, related_name="introductions_as_offer"
    )
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reasons = models.JSONField(
        default=list,
        help_text='[{"sentence", "parts"}], the proposal\'s as they were then; until 2026 bare sentences',
    )
    initiative = models.CharField(max_length=20, choices=Initiative.choices)
    introduced_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField(_("ひとこと"), max_length=1000, blank=True)
    state = models.CharField(
        max_length=20, choices=IntroductionState.choices, default=IntroductionState.PROPOSED
    )
    introduced_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True, help_text="when it was no longer awaited")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-introduced_at", "-pk")
        indexes = [
            models.Index(
                fields=["municipality", "state", "introduced_at"], name="matching_introduction_open"
            ),
            models.Index(fields=["need", "state"], name="matching_introduction_of_need"),
            models.Index(fields=["offer", "state"], name="matching_introduction_of_offer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=Q(state__in=["proposed", "connected", "declined", "parted"]),
                name="matching_introduction_pair_once",
                violation_error_message=_("この二者は、もう紹介しています。"),
            ),
            models.CheckConstraint(name="matching_introduction_two_listings", condition=~Q(need=F("offer"))),
            models.CheckConstraint(
                name="matching_introduction_settled_iff_not_awaited",
                condition=Q(state="proposed", settled_at=None)
                | (~Q(state="proposed") & Q(settled_at__isnull=False)),
                violation_error_message=_("返事のそろった日時の記録が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} – {self.offer}"


class Reply(models.Model):
    """返事: what one side of an introduction says to it; without an answer it is awaited."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="replies")
    side = models.CharField(max_length=10, choices=Side.choices)
    actor = models.ForeignKey(
        "actors.Actor",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who is asked: its listing's actor at that time, so that how soon it answers is found at once",
    )
    answer = models.CharField(_("返事"), max_length=10, choices=Answer.choices, blank=True)
    reason = models.CharField(_("見送る理由"), max_length=20, choices=DeclineReason.choices, blank=True)
    words = models.CharField(_("ひとこと"), max_length=500, blank=True)
    said_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["introduction", "side"], name="matching_reply_once_a_side"),
            models.CheckConstraint(
                name="matching_reply_dated_iff_answered",
                condition=Q(answer="", said_at=None) | (~Q(answer="") & Q(said_at__isnull=False)),
                violation_error_message=_("返事には日時の記録が必要です。"),
            ),
            models.CheckConstraint(
                name="matching_reply_declined_iff_reason",
                condition=(Q(answer="no") & ~Q(reason="")) | (~Q(answer="no") & Q(reason="")),
                violation_error_message=_("見送るときは、理由を選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction}: {self.get_answer_display() or '…'}"
