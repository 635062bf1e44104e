from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.choices import ChoicesSaid
from musubi.base.common.enums import Source, Visibility
from musubi.flow.cases.enums import AgreementForm

from ..enums import PartnerRole, ProjectState, StopReason

USER = settings.AUTH_USER_MODEL


class Project(ChoicesSaid):
    """協働プロジェクト: the team and its work; without a case it was born elsewhere and entered afterwards."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(
        "cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="project"
    )
    title = models.CharField(_("名前"), max_length=120)
    aim = models.TextField(_("目指すこと"), max_length=2000)
    form = models.CharField(_("協働の形"), max_length=20, choices=AgreementForm.choices)
    fields = models.JSONField(_("分野"), default=list, blank=True, help_text="numbers 1..20 of Field")
    areas = models.ManyToManyField("places.Area", verbose_name=_("地域"), blank=True, related_name="+")
    town = models.CharField(_("町名"), max_length=60, blank=True)
    visibility = models.CharField(
        _("だれに見せるか"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    coordinator = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=20, choices=ProjectState.choices, default=ProjectState.PREPARING)
    starts_on = models.DateField(_("始まりの日"), null=True, blank=True)
    ends_on = models.DateField(_("終わりの日"), null=True, blank=True)
    review_on = models.DateField(_("見直しの日"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True, help_text="when the team last looked back")
    review_reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(_("中止の理由"), max_length=20, choices=StopReason.choices, blank=True)
    result = models.TextField(
        _("結果"), max_length=2000, blank=True, help_text="in a few sentences, when it has ended"
    )
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)
    entered_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    external_ref = models.CharField(max_length=80, blank=True, help_text="its key in the file it came from")
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ("-moved_at", "-pk")
        indexes = [models.Index(fields=["municipality", "state", "-moved_at"], name="projects_project_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_ref"],
                condition=~Q(external_ref=""),
                name="projects_project_imported_once",
            ),
            models.CheckConstraint(
                name="projects_project_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("終わりの日は、始まりの日と同じか、それより後にしてください。"),
            ),
            models.CheckConstraint(
                name="projects_project_ended_iff_dated",
                condition=Q(state__in=["achieved", "stopped"], ended_at__isnull=False)
                | (~Q(state__in=["achieved", "stopped"]) & Q(ended_at=None)),
                violation_error_message=_("終わった日時の記録が必要です。"),
            ),
            models.CheckConstraint(
                name="projects_project_stopped_iff_reason",
                condition=(Q(state="stopped") & ~Q(stop_reason=""))
                | (~Q(state="stopped") & Q(stop_reason="")),
                violation_error_message=_("中止するときは、理由を選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def was_born_elsewhere(self) -> bool:
        return self.case_id is None


class Partner(ChoicesSaid):
    """チームの一員: an actor, or somebody known by name only, who takes part in a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    actor = models.ForeignKey(
        "actors.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="partnerships"
    )
    name = models.CharField(_("名前"), max_length=120, blank=True, help_text="of one who is not in Musubi")
    role = models.CharField(
        _("役割"), max_length=20, choices=PartnerRole.choices, default=PartnerRole.PARTNER
    )
    does = models.TextField(_("すること"), max_length=1000, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_note = models.CharField(_("抜ける理由"), max_length=500, blank=True)

    class Meta:
        ordering = ("joined_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="projects_partner_actor_or_name",
                condition=Q(actor__isnull=False, name="") | (Q(actor=None) & ~Q(name="")),
                violation_error_message=_("団体を選ぶか、名前を入れてください。"),
            ),
            models.UniqueConstraint(
                fields=["project", "actor"],
                condition=Q(left_on=None, actor__isnull=False),
                name="projects_partner_once",
                violation_error_message=_("この団体は、もうチームに入っています。"),
            ),
        ]

    def __str__(self) -> str:
        return self.actor.name if self.actor is not None else self.name
