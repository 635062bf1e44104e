from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Visibility
from musubi.flow.listings.enums import Resource, Unit

from ..enums import AllotmentState, TaskState
from .project import Partner, Project

USER = settings.AUTH_USER_MODEL


class Task(models.Model):
    """やること: what one of the team does, until when."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    what = models.CharField(_("やること"), max_length=200)
    partner = models.ForeignKey(
        Partner, verbose_name=_("だれが"), on_delete=models.CASCADE, related_name="tasks"
    )
    due_on = models.DateField(_("いつまでに"))
    state = models.CharField(max_length=20, choices=TaskState.choices, default=TaskState.OPEN)
    given_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("due_on", "pk")
        indexes = [models.Index(fields=["partner", "state", "due_on"], name="projects_task_of_partner")]
        constraints = [
            models.CheckConstraint(
                name="projects_task_settled_iff_not_open",
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                violation_error_message=_("すんだ日時の記録が必要です。"),
            )
        ]

    def __str__(self) -> str:
        return self.what


class Update(models.Model):
    """近況: how the work goes, with pictures."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="updates")
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="None: the coordinator",
    )
    author = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("近況"), max_length=2000)
    visibility = models.CharField(
        _("だれに見せるか"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ("-posted_at", "-pk")

    def __str__(self) -> str:
        return f"{self.project}: {self.text[:20]}"


class UpdatePicture(models.Model):
    """A picture of an update, with words for those who do not see it."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("写真の説明"), max_length=200)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.alt


class Allotment(models.Model):
    """割り当て: what of an offer a project uses; returned or used up in the end (40 of 100 chairs)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="allotments")
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="allotments")
    resource = models.CharField(_("種類"), max_length=20, choices=Resource.choices)
    what = models.CharField(_("なにを"), max_length=120, blank=True)
    amount = models.PositiveBigIntegerField(_("どれだけ"), null=True, blank=True, help_text="None: all of it")
    unit = models.CharField(_("単位"), max_length=10, choices=Unit.choices, blank=True)
    state = models.CharField(max_length=20, choices=AllotmentState.choices, default=AllotmentState.IN_USE)
    taken_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="projects_allotment_settled_iff_not_in_use",
                condition=Q(state="in_use", settled_at=None)
                | (~Q(state="in_use") & Q(settled_at__isnull=False)),
                violation_error_message=_("返した日時の記録が必要です。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.what} {self.amount or ''}"
