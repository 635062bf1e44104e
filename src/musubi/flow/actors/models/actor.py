from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.choices import ChoicesSaid
from musubi.base.common.enums import Source, Visibility

from ..enums import ActorKind, ActorState, CloseReason, DisclosureLevel, ProfileItem


class Actor(ChoicesSaid):
    """主体: whoever can need or give, a person or an organisation."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("種類"), max_length=30, choices=ActorKind.choices)
    name = models.CharField(_("名前"), max_length=120)
    kana = models.CharField(_("ふりがな"), max_length=200, blank=True)
    summary = models.CharField(_("ひとこと紹介"), max_length=200, blank=True)
    description = models.TextField(_("活動の内容"), max_length=4000, blank=True)
    area = models.ForeignKey(
        "places.Area",
        verbose_name=_("活動している区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    town = models.CharField(_("町名"), max_length=60, blank=True)
    fields = models.JSONField(_("活動分野"), default=list, blank=True, help_text="numbers 1..20 of Field")
    founded_on = models.DateField(_("設立"), null=True, blank=True)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    representative = models.CharField(_("代表者の名前"), max_length=80, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    phone = models.CharField(_("電話番号"), max_length=30, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    url = models.URLField(_("ホームページ"), blank=True)
    item_visibility = models.JSONField(default=dict, blank=True, help_text="ProfileItem -> Visibility")

    state = models.CharField(max_length=20, choices=ActorState.choices, default=ActorState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="since when it waits for the city")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_reason = models.CharField(max_length=500, blank=True)
    closed_reason = models.CharField(_("終了の理由"), max_length=20, choices=CloseReason.choices, blank=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="last confirmed by a member as still true"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    external_ref = models.CharField(max_length=80, blank=True, help_text="its key in the file it came from")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("kana", "name", "pk")
        indexes = [models.Index(fields=["municipality", "state", "kind"], name="actors_actor_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_ref"],
                condition=~Q(external_ref=""),
                name="actors_actor_imported_once",
            ),
            models.CheckConstraint(
                name="actors_actor_verified_has_date",
                condition=~Q(state="verified") | Q(verified_at__isnull=False),
                violation_error_message=_("確認済みの団体には確認した日が必要です。"),
            ),
            models.CheckConstraint(
                name="actors_actor_returned_has_reason",
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                violation_error_message=_("確認をお願いするときは、理由を書いてください。"),
            ),
            models.CheckConstraint(
                name="actors_actor_pending_has_date",
                condition=~Q(state="pending") | Q(submitted_at__isnull=False),
                violation_error_message=_("確認待ちの団体には、申し込んだ日が必要です。"),
            ),
            models.CheckConstraint(
                name="actors_actor_closed_iff_reason",
                condition=(Q(state="closed") & ~Q(closed_reason=""))
                | (~Q(state="closed") & Q(closed_reason="")),
                violation_error_message=_("活動を終えるときは、理由を選んでください。"),
            ),
            models.CheckConstraint(
                name="actors_actor_hidden_has_reason",
                condition=Q(hidden_at=None, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                violation_error_message=_("非表示にするときは、理由を書いてください。"),
            ),
            models.CheckConstraint(
                name="actors_actor_corporate_number_13_digits",
                condition=Q(corporate_number="") | Q(corporate_number__regex=r"^[0-9]{13}$"),
                violation_error_message=_("法人番号は13けたの数字で入れてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def visibility_of(self, item: str) -> str:
        """Who may read this item; what was never decided stays with the city hall."""
        return self.item_visibility.get(item, Visibility.CITY_HALL)

    @property
    def disclosure_level(self) -> DisclosureLevel:
        """Computed from what everybody may read."""
        shown = {
            i for i in ProfileItem.values if getattr(self, i) and self.visibility_of(i) == Visibility.PUBLIC
        }
        reachable = bool(shown & {ProfileItem.EMAIL, ProfileItem.PHONE, ProfileItem.URL})
        if reachable and {ProfileItem.REPRESENTATIVE, ProfileItem.ADDRESS} <= shown:
            return DisclosureLevel.OPEN
        if reachable and ProfileItem.REPRESENTATIVE in shown:
            return DisclosureLevel.ACCOUNTABLE
        return DisclosureLevel.REACHABLE if reachable else DisclosureLevel.NAME_ONLY
