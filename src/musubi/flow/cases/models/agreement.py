from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.said import Said
from musubi.flow.listings.enums import Resource, Unit

from ..enums import AgreementForm, AgreementState
from .case import Case

USER = settings.AUTH_USER_MODEL


class Agreement(models.Model):
    """合意書: what the parties of a case agree on; its words are in its versions."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="agreement")
    state = models.CharField(max_length=20, choices=AgreementState.choices, default=AgreementState.DRAFT)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ("-moved_at", "-pk")

    def __str__(self) -> str:
        return str(_("「%(case)s」の合意書") % {"case": self.case})


class AgreementVersion(models.Model):
    """合意書の版: frozen once it is shown to the parties; a change makes the next one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    saves = models.PositiveIntegerField(default=1, help_text="two who write at once notice each other")
    form = models.CharField(_("協働の形"), max_length=20, choices=AgreementForm.choices, blank=True)
    aim = models.TextField(_("いっしょに目指すこと"), max_length=2000, blank=True)
    cost = models.TextField(_("お金の分担"), max_length=2000, blank=True)
    risk = models.TextField(_("もしものときと保険"), max_length=2000, blank=True)
    publicity = models.TextField(_("広報のしかた"), max_length=2000, blank=True)
    other = models.TextField(_("そのほか"), max_length=2000, blank=True)
    starts_on = models.DateField(_("始まりの日"), null=True, blank=True)
    ends_on = models.DateField(_("終わりの日"), null=True, blank=True)
    review_on = models.DateField(_("見直しの日"), null=True, blank=True)
    written_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="cases_agreementversion_once"),
            models.CheckConstraint(
                name="cases_agreementversion_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("終わりの日は、始まりの日と同じか、それより後にしてください。"),
            ),
            models.CheckConstraint(
                name="cases_agreementversion_complete_when_proposed",
                condition=Q(proposed_at=None)
                | (
                    ~Q(form="")
                    & ~Q(aim="")
                    & Q(starts_on__isnull=False, ends_on__isnull=False, review_on__isnull=False)
                ),
                violation_error_message=_("協働の形、目指すこと、期間、見直しの日を入れてください。"),
            ),
            models.CheckConstraint(
                name="cases_agreementversion_agreed_after_proposed",
                condition=Q(agreed_at=None) | Q(proposed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(agreement)s 第%(number)d版") % {"agreement": self.agreement, "number": self.number})


class AgreementPart(models.Model):
    """分担: what one party does, can and cannot do."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="parts")
    actor = models.ForeignKey("actors.Actor", on_delete=models.PROTECT, related_name="+")
    does = models.TextField(_("すること"), max_length=1000, blank=True)
    can = models.TextField(_("できること"), max_length=1000, blank=True)
    cannot = models.TextField(_("できないこと"), max_length=1000, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["version", "actor"], name="cases_agreementpart_once")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.does[:20]}"


class AgreementUse(models.Model):
    """使うもの: what of an offer is used, and how much: 40 of 100 chairs."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="uses")
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="+")
    resource = models.CharField(_("種類"), max_length=20, choices=Resource.choices)
    what = models.CharField(_("なにを"), max_length=120, blank=True)
    amount = models.PositiveBigIntegerField(_("どれだけ"), null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=10, choices=Unit.choices, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["version", "listing", "resource", "what", "unit"], name="cases_agreementuse_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_resource_display()} {self.what} {self.amount or ''}"


class AgreementIndicator(models.Model):
    """指標: by what the parties will see whether it went well."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("なにを数えるか"), max_length=120)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    before = models.DecimalField(_("始める前"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("目標"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Confirmation(Said):
    """確認: a party says yes to exactly this version."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="confirmations")
    actor = models.ForeignKey("actors.Actor", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("said_at", "pk")
        constraints = [models.UniqueConstraint(fields=["version", "actor"], name="cases_confirmation_once")]

    def __str__(self) -> str:
        return f"{self.actor} ✓ {self.version}"
