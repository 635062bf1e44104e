from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.listings.enums import Resource

from ..enums import AT_A_TIME, OutreachState
from .introduction import Introduction

USER = settings.AUTH_USER_MODEL
MOST_AT_A_TIME = 20
MOST_ENOUGH = 50


class Outreach(models.Model):
    """声かけ: offers that are introduced to a need a few at a time, until enough are interested."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="outreaches")
    resource = models.CharField(
        _("必要なもの"),
        max_length=20,
        choices=Resource.choices,
        help_text="for which of the need's resources: a room and hands are looked for in queues of their own",
    )
    begun_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(_("ひとこと"), max_length=1000, blank=True)
    at_a_time = models.PositiveSmallIntegerField(
        _("一度に声をかける数"),
        default=AT_A_TIME,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_A_TIME)],
    )
    enough = models.PositiveSmallIntegerField(
        _("何人が関心を示したら止めるか"), validators=[MinValueValidator(1), MaxValueValidator(MOST_ENOUGH)]
    )
    need_agrees = models.CharField(
        _("求めている方の了解"),
        max_length=20,
        choices=[choice for choice in Source.choices if choice[0] not in (Source.WEB, Source.IMPORT)],
        blank=True,
        help_text="how staff heard that the need's people want to talk with whoever is interested",
    )
    state = models.CharField(max_length=20, choices=OutreachState.choices, default=OutreachState.RUNNING)
    begun_at = models.DateTimeField()
    next_on = models.DateField(help_text="the first day on which the next ones may be asked")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-begun_at", "-pk")
        verbose_name_plural = "outreaches"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "resource"],
                condition=Q(state="running"),
                name="matching_outreach_one_running",
                violation_error_message=_("このニーズのこの必要なものでは、もう順番に声をかけています。"),
            ),
            models.CheckConstraint(
                name="matching_outreach_ended_iff_not_running",
                condition=Q(state="running", ended_at=None)
                | (~Q(state="running") & Q(ended_at__isnull=False)),
                violation_error_message=_("終えた日時の記録が必要です。"),
            ),
            models.CheckConstraint(
                name="matching_outreach_numbers_make_sense",
                condition=Q(
                    at_a_time__gte=1, at_a_time__lte=MOST_AT_A_TIME, enough__gte=1, enough__lte=MOST_ENOUGH
                ),
                violation_error_message=_("人数は1以上にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} ({self.get_state_display()})"


class Invitee(models.Model):
    """One offer of an outreach in its order: introduced, passed over with the reason, or still to come."""

    outreach = models.ForeignKey(Outreach, on_delete=models.CASCADE, related_name="invitees")
    offer = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    introduction = models.OneToOneField(
        Introduction, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitee"
    )
    taken_up_at = models.DateTimeField(null=True, blank=True, help_text="when it was its turn")
    passed_over = models.CharField(max_length=300, blank=True, help_text="why it was not introduced")

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["outreach", "offer"], name="matching_invitee_once"),
            models.UniqueConstraint(fields=["outreach", "position"], name="matching_invitee_one_a_place"),
            models.CheckConstraint(
                name="matching_invitee_dated_iff_taken_up",
                condition=Q(taken_up_at__isnull=False) | Q(introduction=None, passed_over=""),
                violation_error_message=_("声をかけた日時の記録が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.offer}"
