"""The outbox: messages are written with what they tell of, and mailed after the commit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import DeliveryState, MessageKind


class Message(models.Model):
    """Something a person is told: shown in their list, and mailed where a Delivery stands beside it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    address = models.EmailField(blank=True, help_text="somebody who has not signed up yet: only mailed")
    kind = models.CharField(
        max_length=40, help_text="a MessageKind; not bound here, so that a new kind needs no migration"
    )
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True, help_text="local address of the page it is about")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notify_message_list"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notify_message_unread"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(recipient=None) & ~Q(address="")) | (~Q(recipient=None) & Q(address="")),
                name="notify_message_to_one",
                violation_error_message=_("通知の宛先は、登録した人かメールアドレスのどちらか一つです。"),
            ),
            models.CheckConstraint(
                condition=Q(path="") | (Q(path__startswith="/") & ~Q(path__startswith="//")),
                name="notify_message_local_path",
                violation_error_message=_("通知の行き先は、この場所の中のページに限ります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def kind_label(self) -> str:
        return str(MessageKind(self.kind).label)


class Delivery(models.Model):
    """The mail of a message, and the queue the worker takes it from."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery")
    mail_id = models.CharField(
        max_length=200, unique=True, help_text="the mail's own Message-ID: the same in every attempt"
    )
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=40, blank=True, help_text="the attempt that is under way")
    claimed_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("next_attempt_at", "pk")
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], condition=Q(state="pending"), name="notify_delivery_due"
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(state="sending"), name="notify_delivery_under_way"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="sending") & ~Q(claimed_at=None) & ~Q(claim=""))
                | (~Q(state="sending") & Q(claimed_at=None, claim="")),
                name="notify_delivery_claimed_while_sending",
                violation_error_message=_("送信中のメールには、送っている処理の記録が必要です。"),
            ),
            models.CheckConstraint(
                condition=(Q(state="sent") & ~Q(sent_at=None)) | (~Q(state="sent") & Q(sent_at=None)),
                name="notify_delivery_sent_has_time",
                violation_error_message=_("送信済みのメールには、送った時刻が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} ({self.state})"


class Preference(models.Model):
    """Whether a person also wants mail for a kind of message; without a row they do."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences"
    )
    kind = models.CharField(max_length=40)
    email = models.BooleanField(default=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notify_preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.email}"


class StoredMail(models.Model):
    """A mail of the demonstration: kept and shown instead of sent."""

    to = models.CharField(max_length=500)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    mail_id = models.CharField(max_length=200, blank=True, db_index=True, help_text="its Message-ID")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
