"""What others see of a person is a name, never the mail address."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import RequestFactory

from musubi.base.accounts.models import User


@pytest.mark.django_db
def test_a_person_without_a_name_is_not_shown_by_the_address() -> None:
    nameless = User.objects.create_user("secret@example.jp")

    assert str(nameless) == "（お名前なし）"
    assert str(User.objects.create_user("other@example.jp", "結浜 花子")) == "結浜 花子"


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"sub": "1", "name": "結浜　花子"}, "結浜 花子"),
        ({"sub": "1", "family_name": "結浜", "given_name": "花子"}, "結浜 花子"),
        ({"sub": "1", "name": "長" * 200}, "長" * 60),
        ({"sub": "1"}, ""),
    ],
)
def test_an_outside_sign_in_brings_the_name(
    claims: dict[str, str], name: str, settings: SimpleNamespace, rf: RequestFactory
) -> None:
    login = login_with(claims | {"email": "hanako@example.jp"}, settings, rf)

    assert (login.user.name, login.user.email) == (name, "hanako@example.jp")
    assert get_adapter().get_signup_form_initial_data(login)["name"] == name


def login_with(claims: dict[str, Any], settings: SimpleNamespace, rf: RequestFactory) -> SocialLogin:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "staff",
                    "name": "職員認証",
                    "client_id": "1",
                    "secret": "2",
                    "settings": {"server_url": "https://login.example.jp/"},
                }
            ]
        }
    }
    request = rf.get("/")
    provider = get_adapter().get_provider(request, "staff")
    login = provider.sociallogin_from_response(request, {"userinfo": claims})
    assert isinstance(login.account, SocialAccount)
    return login
