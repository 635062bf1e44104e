"""How allauth meets Musubi: safe redirects, and an outside sign-in that fails says so."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in by e-mail code."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect and LINE."""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        messages.error(
            request,
            _(
                "外部の認証サービスで入れませんでした。時間をおいてもう一度試すか、メールの番号で入ってください。"
            ),
        )
        raise ImmediateHttpResponse(redirect("account_login"))
