from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import CaseCloseReason, CaseState

USER = settings.AUTH_USER_MODEL


class Case(models.Model):
    """案件: a coordinator's work on a need, from the search for partners to their agreement."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(_("題名"), max_length=80)
    coordinator = models.ForeignKey(
        USER, verbose_name=_("担当"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.OPEN)
    opened_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="when something last happened: what stands still stands out")
    next_step = models.CharField(_("次にすること"), max_length=200, blank=True)
    next_step_on = models.DateField(_("いつまでに"), null=True, blank=True)
    close_reason = models.CharField(
        _("終了の理由"), max_length=20, choices=CaseCloseReason.choices, blank=True
    )
    close_note = models.CharField(_("くわしく"), max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-moved_at", "-pk")
        indexes = [
            models.Index(fields=["municipality", "state", "moved_at"], name="cases_case_board"),
            models.Index(fields=["coordinator", "state", "moved_at"], name="cases_case_of_coordinator"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(state__in=["open", "talking", "agreed"]),
                name="cases_case_one_open_a_need",
                violation_error_message=_("このニーズの案件は、もう開いています。"),
            ),
            models.CheckConstraint(
                name="cases_case_closed_iff_reason",
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(close_reason=""))
                | (~Q(state="closed") & Q(closed_at=None, close_reason="")),
                violation_error_message=_("案件を終えるときは、理由を選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """当事者: an actor that takes part in a case, with the listing it came with."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    actor = models.ForeignKey("actors.Actor", on_delete=models.PROTECT, related_name="parties")
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="+")
    introduction = models.ForeignKey(
        "matching.Introduction", null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("joined_at", "pk")
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "actor"], condition=Q(left_at=None), name="cases_party_once_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} – {self.case}"


class CaseIntroduction(models.Model):
    """An introduction that is made within a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="introductions")
    introduction = models.OneToOneField(
        "matching.Introduction", on_delete=models.CASCADE, related_name="in_case"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.introduction} ({self.case})"


class Letter(models.Model):
    """やりとり: what the parties of a case write to each other through Musubi; addresses stay hidden.

    With an introduction it is between its two sides and staff, before both have said yes; without,
    it is for everybody who takes part.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    introduction = models.ForeignKey(
        "matching.Introduction", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    actor = models.ForeignKey(
        "actors.Actor",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="for whom it is written; None for the coordinator",
    )
    author = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("本文"), max_length=4000)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("sent_at", "pk")
        indexes = [models.Index(fields=["case", "introduction", "sent_at"], name="cases_letter_thread")]

    def __str__(self) -> str:
        return f"{self.case}: {self.text[:20]}"
