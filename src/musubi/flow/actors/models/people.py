from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import MandateRole, MembershipRole
from .actor import Actor

USER = settings.AUTH_USER_MODEL


class Registrant(models.Model):
    """登録者: a person who registered in a town; reads what is open to 登録者 there."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["municipality", "user"], name="actors_registrant_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.municipality}"


class Membership(models.Model):
    """A person acts for an actor."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=MembershipRole.choices)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ("joined_at", "pk")
        constraints = [models.UniqueConstraint(fields=["actor", "user"], name="actors_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.actor}"


class Invitation(models.Model):
    """An actor's owner asks somebody by mail to join."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("メールアドレス"))
    role = models.CharField(_("できること"), max_length=10, choices=MembershipRole.choices)
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="actors_invitation_open_once",
                violation_error_message=_("この方にはもう招待を送っています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.actor}"


class Mandate(models.Model):
    """What the city entrusts to a person: coordinating (in areas; none named means the whole city) or its office."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=20, choices=MandateRole.choices)
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates")
    areas = models.ManyToManyField("places.Area", blank=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = [
            models.CheckConstraint(
                name="actors_mandate_ends_after_start",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("終わりの日は、始まりの日より後にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
