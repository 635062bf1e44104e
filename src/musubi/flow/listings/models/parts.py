from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import LONGEST, SHORTEST, Resource, Unit
from ..words import amount_at_length, amount_words
from .listing import Listing


class ResourceLine(models.Model):
    """One resource: which kind, what exactly, how much."""

    position = models.PositiveSmallIntegerField(default=0)
    resource = models.CharField(_("種類"), max_length=20, choices=Resource.choices)
    what = models.CharField(_("なにを"), max_length=120, blank=True)
    amount = models.PositiveBigIntegerField(_("どれだけ"), null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=10, choices=Unit.choices, blank=True)

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        amount = f" {amount_words(self.amount, self.unit)}" if self.amount is not None else ""
        return f"{self.get_resource_display()} {self.what}{amount}"

    @property
    def amount_said(self) -> str:
        """「100個」, 「30人が入れる広さ」; nothing where it is not counted."""
        return amount_at_length(self.amount, self.unit)


class Requirement(ResourceLine):
    """必要なもの: one resource a need asks for."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="requirements")

    class Meta(ResourceLine.Meta):
        constraints = [
            models.CheckConstraint(
                name="listings_requirement_amount_has_unit",
                condition=Q(amount=None) | ~Q(unit=""),
                violation_error_message=_("数を入れたら、単位も選んでください。"),
            )
        ]


class Provision(ResourceLine):
    """できること・渡せるもの: one resource an offer gives."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="provisions")
    taken = models.PositiveBigIntegerField(
        default=0, help_text="how much of the amount is in use or used up: 40 of 100 chairs"
    )

    class Meta(ResourceLine.Meta):
        constraints = [
            models.CheckConstraint(
                name="listings_provision_taken_within_amount",
                condition=Q(taken=0) | Q(amount__gte=F("taken")),
                violation_error_message=_("使っている数より少なくはできません。"),
            ),
            models.CheckConstraint(
                name="listings_provision_amount_has_unit",
                condition=Q(amount=None) | ~Q(unit=""),
                violation_error_message=_("数を入れたら、単位も選んでください。"),
            ),
        ]

    @property
    def whole_said(self) -> str:
        """「100個」, beside how much of it is in use."""
        return amount_words(self.amount or 0, self.unit)

    @property
    def taken_said(self) -> str:
        """「40個」."""
        return amount_words(self.taken, self.unit)


class Availability(models.Model):
    """日時: a span of days, on some weekdays, between two times; what is empty is open. A need may say for how long."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="availabilities")
    starts_on = models.DateField(_("いつから"), null=True, blank=True)
    ends_on = models.DateField(_("いつまで"), null=True, blank=True)
    weekdays = models.JSONField(
        _("曜日"), default=list, blank=True, help_text="0 Monday .. 6 Sunday; empty: any"
    )
    opens = models.TimeField(_("何時から"), null=True, blank=True)
    closes = models.TimeField(_("何時まで"), null=True, blank=True)
    least_minutes = models.PositiveSmallIntegerField(
        _("続けて必要な長さ"), null=True, blank=True, help_text="of a need, in minutes; null: an hour will do"
    )

    class Meta:
        ordering = ("starts_on", "pk")
        verbose_name_plural = "availabilities"
        constraints = [
            models.CheckConstraint(
                name="listings_availability_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("終わりの日は、始まりの日と同じか、それより後にしてください。"),
            ),
            models.CheckConstraint(
                name="listings_availability_closes_after_open",
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=F("opens")),
                violation_error_message=_("終わりの時刻は、始まりの時刻より後にしてください。"),
            ),
            models.CheckConstraint(
                name="listings_availability_length_within_a_day",
                condition=Q(least_minutes=None) | Q(least_minutes__range=(SHORTEST, LONGEST)),
                violation_error_message=_("続けて必要な長さは、15分から24時間までにしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"


class MenuItem(models.Model):
    """協働メニュー: what a department or an intermediary can do, what it cannot, who answers, by when."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="menu_item")
    can_do = models.TextField(_("できること"), max_length=2000, blank=True)
    cannot_do = models.TextField(_("できないこと"), max_length=2000, blank=True)
    answered_by = models.CharField(_("答える係"), max_length=80, blank=True)
    answers_within_days = models.PositiveSmallIntegerField(
        _("何営業日以内に答えるか"), null=True, blank=True, help_text="business days"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.listing}"
