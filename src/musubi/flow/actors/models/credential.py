import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.choices import ChoicesSaid
from musubi.base.common.joining import bracketed

from ..enums import CredentialKind
from .actor import Actor


class Credential(ChoicesSaid):
    """信用の裏付け: a dated statement by an issuer about an actor."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(_("種類"), max_length=20, choices=CredentialKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    issuer = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="issued_credentials"
    )
    issuer_name = models.CharField(_("出した機関"), max_length=120)
    valid_from = models.DateField(_("始まりの日"))
    valid_until = models.DateField(_("終わりの日"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-valid_from", "-pk")
        indexes = [models.Index(fields=["kind", "valid_from"], name="actors_credential_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="actors_credential_ends_after_start",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("終わりの日は、始まりの日より後にしてください。"),
            ),
            models.CheckConstraint(
                name="actors_credential_revoked_has_reason",
                condition=Q(revoked_at=None, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                violation_error_message=_("取り消すときは、理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return bracketed(self.title, self.issuer_name)

    def is_valid_on(self, day: dt.date) -> bool:
        return (
            self.revoked_at is None
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )
