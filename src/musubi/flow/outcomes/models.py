from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.said import Said

from .enums import Continuation, Counterfactual, EvaluationState, VoiceRelation

USER = settings.AUTH_USER_MODEL


class Evaluation(models.Model):
    """成果評価: indicators before and after, the partners' view of each other, the voices of those concerned."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="evaluations")
    number = models.PositiveSmallIntegerField(
        default=1, help_text="a project that goes on is looked at again"
    )
    state = models.CharField(max_length=20, choices=EvaluationState.choices, default=EvaluationState.OPEN)
    token = models.CharField(
        max_length=64, unique=True, help_text="the address by which those concerned answer"
    )
    opened_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    summary = models.TextField(_("まとめ"), max_length=2000, blank=True)
    decision = models.CharField(_("これから"), max_length=20, choices=Continuation.choices, blank=True)
    next_year = models.TextField(_("来年に必要なもの"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="outcomes_evaluation_once"),
            models.CheckConstraint(
                name="outcomes_evaluation_closed_has_decision",
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(decision=""))
                | (Q(state="open", closed_at=None)),
                violation_error_message=_("続けるか、もう一度行うか、終えるかを選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("「%(project)s」の振り返り") % {"project": self.project})


class Indicator(models.Model):
    """指標の値: what was named at the agreement, before and after."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("なにを数えるか"), max_length=120)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    before = models.DecimalField(_("始める前"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("目標"), max_digits=14, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(_("終わったあと"), max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("ひとこと"), max_length=200, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class PartnerReview(Said):
    """仲間からの評価: ten answers of one partner; the others' are seen only after one's own."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="reviews")
    partner = models.ForeignKey("projects.Partner", on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(help_text="PartnerQuestion -> 1..5")
    learnt = models.TextField(_("学んだこと"), max_length=1000, blank=True)
    without_musubi = models.CharField(
        _("Musubi がなければ、どうしていましたか"), max_length=20, choices=Counterfactual.choices
    )
    without_words = models.CharField(_("くわしく"), max_length=500, blank=True)
    decision = models.CharField(_("これから、どうしたいですか"), max_length=20, choices=Continuation.choices)
    next_year = models.TextField(_("来年に必要なもの"), max_length=1000, blank=True)

    class Meta:
        ordering = ("said_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "partner"], name="outcomes_partnerreview_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.evaluation}"


class Voice(models.Model):
    """当事者の声: three answers of somebody concerned; without a name."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="voices")
    relation = models.CharField(_("この活動との関わり"), max_length=20, choices=VoiceRelation.choices)
    answers = models.JSONField(help_text="VoiceQuestion -> 1..5")
    words = models.TextField(_("ひとこと"), max_length=1000, blank=True)
    given_at = models.DateTimeField()
    giver_mark = models.CharField(
        max_length=64, blank=True, help_text="keyed hash of the address: only to limit floods"
    )
    typed_by = models.ForeignKey(
        USER,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who typed it in from paper",
    )

    class Meta:
        ordering = ("-given_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_relation_display()}: {self.words[:20]}"
