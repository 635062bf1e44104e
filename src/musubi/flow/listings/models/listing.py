from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.choices import ChoicesSaid
from musubi.base.common.enums import Source, Visibility

from ..enums import ListingState, Side, Template, WithdrawReason

USER = settings.AUTH_USER_MODEL


class Listing(ChoicesSaid):
    """ニーズ / 提供: what an actor needs or can give."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    template = models.CharField(max_length=20, choices=Template.choices, default=Template.FREE)
    actor = models.ForeignKey("actors.Actor", on_delete=models.PROTECT, related_name="listings")
    title = models.CharField(_("題名"), max_length=80, blank=True)
    body = models.TextField(_("くわしく"), max_length=4000, blank=True)
    fields = models.JSONField(_("分野"), default=list, blank=True, help_text="numbers 1..20 of Field")
    areas = models.ManyToManyField("places.Area", verbose_name=_("地域"), blank=True, related_name="+")
    town = models.CharField(_("町名"), max_length=60, blank=True)
    conditions = models.JSONField(_("条件"), default=list, blank=True, help_text="values of Condition")
    wanted_kinds = models.JSONField(
        _("どんな相手と"), default=list, blank=True, help_text="values of ActorKind"
    )
    concepts = models.JSONField(
        null=True,
        blank=True,
        help_text="names of concepts, as found at the last saving and corrected; null: not read yet",
    )
    concepts_in_title = models.JSONField(
        null=True, blank=True, help_text="of them, those that the title names; null: not read yet"
    )
    concepts_added = models.JSONField(
        _("足したことがら"), default=list, blank=True, help_text="by a person, whatever the words say"
    )
    concepts_removed = models.JSONField(
        _("外したことがら"), default=list, blank=True, help_text="by a person, whatever the words say"
    )
    issue = models.ForeignKey(
        "issues.Issue", null=True, blank=True, on_delete=models.SET_NULL, related_name="listings"
    )
    visibility = models.CharField(
        _("だれに見せるか"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    state = models.CharField(max_length=20, choices=ListingState.choices, default=ListingState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(_("いつまで載せるか"), null=True, blank=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="last confirmed by a member as still true"
    )
    times_asked = models.PositiveSmallIntegerField(
        default=0, help_text="how often its people were asked, since then, whether it is still true"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=30, choices=WithdrawReason.choices, blank=True)
    closing_note = models.CharField(max_length=500, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)
    created_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    entered_by = models.ForeignKey(
        USER,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="staff who typed it in",
    )
    external_ref = models.CharField(max_length=80, blank=True, help_text="its id in the file it came from")
    version = models.PositiveIntegerField(
        default=1, help_text="grows with each save: two editors notice each other"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = [
            models.Index(
                fields=["municipality", "state", "side", "-published_at"], name="listings_listing_newest"
            ),
            models.Index(fields=["municipality", "side", "state", "hidden_at"], name="listings_listing_pool"),
            models.Index(
                fields=["municipality", "template", "state", "-published_at"],
                name="listings_listing_template",
            ),
            models.Index(fields=["actor", "state"], name="listings_listing_of_actor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_ref"],
                condition=~Q(external_ref=""),
                name="listings_listing_imported_once",
            ),
            models.CheckConstraint(
                name="listings_listing_published_at_unless_draft",
                condition=Q(state="draft") | Q(published_at__isnull=False),
                violation_error_message=_("公開した日がありません。"),
            ),
            models.CheckConstraint(
                name="listings_listing_titled_unless_draft",
                condition=Q(state="draft") | ~Q(title=""),
                violation_error_message=_("公開するには題名を入れてください。"),
            ),
            models.CheckConstraint(
                name="listings_listing_withdrawn_iff_reason",
                condition=(Q(state="withdrawn") & ~Q(withdraw_reason=""))
                | (~Q(state="withdrawn") & Q(withdraw_reason="")),
                violation_error_message=_("取り下げるときは、理由を選んでください。"),
            ),
            models.CheckConstraint(
                name="listings_listing_hidden_has_reason",
                condition=Q(hidden_at=None, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                violation_error_message=_("非表示にするときは、理由を書いてください。"),
            ),
            models.CheckConstraint(
                name="listings_listing_menu_is_an_offer",
                condition=~Q(template="menu") | Q(side="offer"),
                violation_error_message=_("協働メニューは「提供」として載せてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("（題名なし）"))

    @property
    def is_need(self) -> bool:
        return self.side == Side.NEED

    @property
    def lines(self) -> Any:
        """The manager of a need's requirements or of an offer's provisions."""
        return self.requirements if self.is_need else self.provisions
