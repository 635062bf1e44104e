"""Who signs in. What a person may do stands in flow.actors."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", **extra: Any) -> "User":
        """A person known by a mail address; there is no password to set."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a mail address. Without a password: codes by mail, passkeys, or an outside sign-in."""

    email = models.EmailField(_("メールアドレス"), unique=True)
    name = models.CharField(_("お名前"), max_length=NAME_LENGTH, blank=True)
    language = models.CharField(
        max_length=20,
        blank=True,
        help_text="the code of common.languages in which the person reads pages and mail; empty until chosen",
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or gettext("（お名前なし）")

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
