from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.choices import ChoicesSaid
from musubi.base.common.enums import Source, Visibility

from .enums import IssueState

USER = settings.AUTH_USER_MODEL


class Issue(ChoicesSaid):
    """地域課題: what troubles a place, whoever says it."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("困っていること"), max_length=80)
    body = models.TextField(_("くわしく"), max_length=2000)
    area = models.ForeignKey(
        "places.Area", verbose_name=_("区・町"), on_delete=models.PROTECT, related_name="+"
    )
    place_note = models.CharField(_("場所の目印"), max_length=120, blank=True)
    fields = models.JSONField(default=list, blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC)
    state = models.CharField(max_length=20, choices=IssueState.choices, default=IssueState.OPEN)
    reported_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reporter_name = models.CharField(
        max_length=80, blank=True, help_text="proxy entry: whose words these are; never public"
    )
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)
    entered_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    external_ref = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["municipality", "state", "-created_at"], name="issues_issue_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_ref"],
                condition=~Q(external_ref=""),
                name="issues_issue_imported_once",
            ),
            models.CheckConstraint(
                name="issues_issue_hidden_has_reason",
                condition=Q(hidden_at=None, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                violation_error_message=_("非表示にするときは、理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """「私も」: somebody is troubled by the same thing."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [models.UniqueConstraint(fields=["issue", "user"], name="issues_support_once")]

    def __str__(self) -> str:
        return f"{self.user} → {self.issue}"
