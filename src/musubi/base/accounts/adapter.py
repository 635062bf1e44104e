"""How allauth meets Musubi: safe redirects, and an outside sign-in that fails says so."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import NAME_LENGTH, User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in by e-mail code."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "番号がちがいます。いちばん新しいメールの番号を入れてください。届かないときは、はじめからやり直すと新しい番号が届きます。"
        ),
        "too_many_login_attempts": gettext_lazy(
            "何度も試されています。5分ほど待ってから、もう一度お願いします。"
        ),
        "rate_limited": gettext_lazy("短い間に何度も試されています。少し待ってから、もう一度お願いします。"),
        "email_taken": gettext_lazy(
            "このメールアドレスは、もう登録されています。「入る（ログイン）」から入ってください。"
        ),
        "duplicate_email": gettext_lazy("このメールアドレスは、もう足してあります。"),
        "cannot_remove_primary_email": gettext_lazy(
            "いつも使うメールアドレスは消せません。先に、ほかのアドレスを「いつも使うもの」にしてください。"
        ),
        "unverified_primary_email": gettext_lazy(
            "先に、いまのメールアドレスを確かめてください。確かめるメールは、このページから送れます。"
        ),
        "max_email_addresses": gettext_lazy("メールアドレスは%d個までです。使わないものを消してください。"),
        "account_inactive": gettext_lazy("この登録は止められています。市の窓口に声をかけてください。"),
    }

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody signed up with it; allauth's own speaks of passwords."""
        self.send_mail("account/email/account_already_exists", email, {})


class MFAAdapter(DefaultMFAAdapter):
    """The second check when one signs in."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("番号がちがいます。いま出ている番号を入れてください。"),
        "unverified_email": gettext_lazy("先に、メールアドレスを確かめてください。そのあとで始められます。"),
        "add_email_blocked": gettext_lazy(
            "入るときの確認を二つにしているあいだは、メールアドレスを足せません。"
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "この確かめ方は、やめられません。先に、ほかの確かめ方を足してください。"
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "予備の番号は、認証アプリかパスキーを使いはじめてから作れます。"
        ),
    }


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect and LINE."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """What the provider says of a new person: the address, and the name that others will see."""
        user: User = super().populate_user(request, sociallogin, data)
        name = data.get("name") or " ".join(filter(None, (data.get("last_name"), data.get("first_name"))))
        user.name = " ".join(name.split())[:NAME_LENGTH]
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        """Where the provider did not give everything, its name stands in the form already."""
        return {**super().get_signup_form_initial_data(sociallogin), "name": sociallogin.user.name}

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
