"""Where things are, and which city owns a row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AreaLevel(models.TextChoices):
    PREFECTURE = "prefecture", _("都道府県")
    CITY = "city", _("市区町村")
    WARD = "ward", _("区")
    TOWN = "town", _("町・丁目")


class Area(models.Model):
    """A prefecture, city, ward or town; a path of ids from the top makes "lies within" one prefix."""

    level = models.CharField(max_length=10, choices=AreaLevel.choices)
    code = models.CharField(
        max_length=6, blank=True, help_text="全国地方公共団体コード: 6 digits with check digit"
    )
    name = models.CharField(max_length=60)
    kana = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(
        max_length=80, db_index=True, help_text="ids from the prefecture down: /1/23/456/"
    )
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("code", "parent_id", "kana", "name", "pk")
        indexes = [
            models.Index(fields=["name"], name="places_area_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="places_area_code_once"),
            models.UniqueConstraint(
                fields=["parent", "name"], condition=Q(level="town"), name="places_town_once_in_its_area"
            ),
            models.CheckConstraint(
                condition=Q(level="town", code="") | (~Q(level="town") & ~Q(code="")),
                name="places_area_code_unless_town",
                violation_error_message=_("都道府県・市区町村・区には全国地方公共団体コードが必要です。"),
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lng=None) | Q(lat__range=(20, 46), lng__range=(122, 154)),
                name="places_area_point_in_japan",
                violation_error_message=_("緯度は20〜46、経度は122〜154の範囲で入れてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """The owner of an installation's rows; one installation may serve many."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="municipality")
    name = models.CharField(max_length=60)
    host = models.CharField(
        max_length=253,
        blank=True,
        help_text="the host name that shows this town first; empty: chosen by the reader",
    )
    contact = models.CharField(
        max_length=200, blank=True, help_text="where a citizen may ask: desk, telephone, mail"
    )
    is_demonstration = models.BooleanField(default=False)
    readings_version = models.PositiveIntegerField(
        default=0, help_text="grows when the office changes how words are read: every process notices"
    )

    class Meta:
        ordering = ("area__code", "pk")
        verbose_name_plural = "municipalities"
        constraints = [
            models.UniqueConstraint(
                fields=["host"], condition=~Q(host=""), name="places_municipality_host_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
