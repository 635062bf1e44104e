from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Mark, MeetingState
from .case import Case

USER = settings.AUTH_USER_MODEL


class PreMeeting(models.Model):
    """事前打ち合わせ: the parties meet before they agree; the date is found by a link without an account."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=20, choices=MeetingState.choices, default=MeetingState.FINDING)
    token = models.CharField(max_length=64, unique=True, help_text="the address by which people answer")
    answer_by = models.DateField(_("いつまでに答えてほしいか"), null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("長さ（分）"), default=60)
    place = models.CharField(_("場所"), max_length=200, blank=True)
    online_url = models.URLField(_("オンラインの住所"), blank=True)
    agenda = models.TextField(_("話すこと"), max_length=4000, blank=True)
    notes = models.TextField(_("記録"), max_length=8000, blank=True)
    called_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    called_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ("-called_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="cases_premeeting_fixed_has_time",
                condition=~Q(state__in=["fixed", "held"]) | Q(starts_at__isnull=False),
                violation_error_message=_("日時を選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("「%(case)s」の打ち合わせ") % {"case": self.case})


class DateOption(models.Model):
    """候補日: one date that is asked about."""

    meeting = models.ForeignKey(PreMeeting, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [models.UniqueConstraint(fields=["meeting", "starts_at"], name="cases_dateoption_once")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class DateAnswer(models.Model):
    """日程の返事: somebody, with or without an account, says which dates suit; `key` lets them change it."""

    meeting = models.ForeignKey(PreMeeting, on_delete=models.CASCADE, related_name="answers")
    name = models.CharField(_("お名前"), max_length=60)
    actor = models.ForeignKey(
        "actors.Actor", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(_("ひとこと"), max_length=200, blank=True)
    key = models.CharField(max_length=64, unique=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("answered_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="cases_dateanswer_once_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.meeting})"


class DateMark(models.Model):
    """One answer about one date."""

    answer = models.ForeignKey(DateAnswer, on_delete=models.CASCADE, related_name="marks")
    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=10, choices=Mark.choices)

    class Meta:
        ordering = ("option__starts_at", "pk")
        constraints = [models.UniqueConstraint(fields=["answer", "option"], name="cases_datemark_once")]

    def __str__(self) -> str:
        return f"{self.option}: {self.mark}"


class MeetingAction(models.Model):
    """決めたこと: what somebody does after a meeting, until when."""

    meeting = models.ForeignKey(PreMeeting, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("すること"), max_length=200)
    actor = models.ForeignKey(
        "actors.Actor",
        verbose_name=_("だれが"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="None: the coordinator",
    )
    due_on = models.DateField(_("いつまでに"))
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.what
