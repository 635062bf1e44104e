from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import HidingState, ReportReason, ReportState

USER = settings.AUTH_USER_MODEL

ONE_SUBJECT = (
    Q(listing__isnull=False, issue=None, actor=None)
    | Q(listing=None, issue__isnull=False, actor=None)
    | Q(listing=None, issue=None, actor__isnull=False)
)


class AboutOneThing(models.Model):
    """A listing, a local issue or an actor: exactly one of them."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(
        "listings.Listing", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    issue = models.ForeignKey(
        "issues.Issue", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    actor = models.ForeignKey(
        "actors.Actor", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> models.Model:
        subject = self.listing or self.issue or self.actor
        assert subject is not None  # the database's ONE_SUBJECT constraint
        return subject


class Hiding(AboutOneThing):
    """The office hid something, with a reason; its author may answer once."""

    reason = models.CharField(_("非表示にする理由"), max_length=500)
    hidden_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    hidden_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=HidingState.choices, default=HidingState.IN_FORCE)
    answer = models.TextField(_("返事"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-hidden_at", "-pk")
        constraints = [
            models.CheckConstraint(name="moderation_hiding_about_one_thing", condition=ONE_SUBJECT),
            models.CheckConstraint(
                name="moderation_hiding_answered_has_words",
                condition=~Q(state="answered") | ~Q(answer=""),
                violation_error_message=_("返事を書いてください。"),
            ),
            models.UniqueConstraint(
                fields=["listing"],
                condition=~Q(state="lifted") & Q(listing__isnull=False),
                name="moderation_listing_hidden_once",
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=~Q(state="lifted") & Q(issue__isnull=False),
                name="moderation_issue_hidden_once",
            ),
            models.UniqueConstraint(
                fields=["actor"],
                condition=~Q(state="lifted") & Q(actor__isnull=False),
                name="moderation_actor_hidden_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class Report(AboutOneThing):
    """A reader says that something is wrong with a listing, an issue or an actor."""

    reason = models.CharField(_("どんな問題ですか"), max_length=20, choices=ReportReason.choices)
    words = models.TextField(_("くわしく"), max_length=1000, blank=True)
    reporter = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reporter_mark = models.CharField(
        max_length=64, blank=True, help_text="keyed hash of the address: only to limit floods"
    )
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.OPEN)
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    hiding = models.ForeignKey(
        Hiding, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )

    class Meta:
        ordering = ("-reported_at", "-pk")
        indexes = [
            models.Index(fields=["municipality", "state", "reported_at"], name="moderation_report_queue")
        ]
        constraints = [
            models.CheckConstraint(name="moderation_report_about_one_thing", condition=ONE_SUBJECT),
            models.CheckConstraint(
                name="moderation_report_decided_iff_closed",
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                violation_error_message=_("判断した日時の記録が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_reason_display()}"
