"""Signing in without a password, end to end, and the second factor of staff."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from musubi.base.accounts.models import User
from musubi.config.env import read_env
from tests.factories import make_person

CODE = re.compile(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b")


def text_of(response):
    return response.content.decode()


def last_code():
    return CODE.search(mail.outbox[-1].body)[1]


def ask_for_code(client, email, target=""):
    data = {"email": email} | ({"next": target} if target else {})
    return client.post("/accounts/login/code/", data)


def test_a_code_by_mail_signs_in_and_leads_back(town):
    client = Client()
    target = f"/workspace/actors/{town.actor.pk}/"
    assert client.get(target).url == f"/accounts/login/?next={target}"
    page = text_of(client.get(f"/accounts/login/?next={target}"))
    assert f'value="{target}"' in page
    response = client.post("/accounts/login/", {"login": town.owner.email, "next": target})
    assert response.status_code == 302
    assert mail.outbox[-1].to == [town.owner.email]
    done = client.post(response.url, {"code": last_code()})
    assert done.url == target
    assert client.get(target).status_code == 200


def test_without_a_target_it_leads_to_the_welcome(town):
    client = Client()
    ask_for_code(client, town.citizen.email)
    done = client.post("/accounts/login/code/confirm/", {"code": last_code().lower()})
    assert done.url == "/workspace/welcome/"
    assert client.get(done.url).url == "/workspace/"


def test_a_wrong_code_is_refused_three_times_at_most(town):
    client = Client()
    ask_for_code(client, town.citizen.email)
    right = last_code()
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "0000-0000"})
    client.post("/accounts/login/code/confirm/", {"code": right})
    assert "_auth_user_id" not in client.session


def test_somebody_new_signs_up_with_a_name_and_registers(town):
    client = Client()
    target = "/workspace/actors/new/"
    assert "お名前" in text_of(client.get(f"/accounts/signup/?next={target}"))
    missing = client.post("/accounts/signup/", {"email": "new@example.jp", "name": ""})
    assert "お名前を入れてください" in text_of(missing)
    response = client.post(
        "/accounts/signup/", {"email": "New@example.jp", "name": " 新田 一 ", "next": target}
    )
    user = User.objects.get(email="new@example.jp")
    assert (user.name, user.has_usable_password()) == ("新田 一", False)
    done = client.post(response.url, {"code": last_code()})
    assert done.url == target
    assert client.get(target).url == "/workspace/welcome/?next=%2Fworkspace%2Factors%2Fnew%2F"


def test_an_unknown_address_is_answered_alike_and_invited_to_sign_up(town):
    known, unknown = Client(), Client()
    first = ask_for_code(known, town.citizen.email)
    second = ask_for_code(unknown, "nobody@example.jp")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert mail.outbox[-1].to == ["nobody@example.jp"]
    assert "/accounts/signup/" in mail.outbox[-1].body
    assert "/accounts/signup/" in text_of(Client().get("/accounts/login/"))


def test_codes_are_not_asked_for_without_end(town):
    statuses = [ask_for_code(Client(), town.citizen.email).status_code for _ in range(6)]
    assert statuses[0] == 302
    assert statuses[-1] == 429 or len(mail.outbox) < 6


def test_the_way_back_never_leads_elsewhere(town):
    client = Client()
    ask_for_code(client, town.citizen.email, "https://evil.example/")
    done = client.post("/accounts/login/code/confirm/", {"code": last_code()})
    assert done.url == "/workspace/welcome/"


def test_signing_out_asks_first_and_leads_home(town, sign_in):
    client = sign_in(town.citizen)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/accounts/2fa/", "/accounts/email/", "/accounts/2fa/webauthn/"])
def test_passkeys_factors_and_address_are_managed(path, town):
    client = Client()
    ask_for_code(client, town.citizen.email)
    client.post("/accounts/login/code/confirm/", {"code": last_code()})
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("who", "led"), [("officer", True), ("coordinator", True), ("owner", False), ("citizen", False)]
)
def test_staff_set_up_a_second_factor_outside_the_demonstration(who, led, town, sign_in, settings):
    client = sign_in(getattr(town, who))
    assert client.get("/workspace/").status_code == 200
    settings.SECOND_FACTOR_FOR_STAFF = True
    response = client.get("/workspace/")
    assert (response.status_code, getattr(response, "url", "")) == (
        (302, "/accounts/2fa/") if led else (200, "")
    )
    # The way to set it up, and the way out, stay open.
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/accounts/logout/").status_code == 200


def test_staff_with_a_second_factor_come_in(town, sign_in, settings):
    settings.SECOND_FACTOR_FOR_STAFF = True
    TOTP.activate(town.officer, generate_totp_secret())
    assert sign_in(town.officer).get("/office/").status_code == 200


def test_outside_sign_ins_are_configured_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("MUSUBI_DATA_DIR", str(tmp_path))
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.setenv(f"MUSUBI_LINE_{name}", f"line-{name}")
        monkeypatch.setenv(f"MUSUBI_OIDC_{name}", f"oidc-{name}")
    monkeypatch.setenv("MUSUBI_OIDC_SERVER_URL", "https://login.example.jp/")
    env = read_env()
    assert (env.line.client_id, env.line.secret) == ("line-CLIENT_ID", "line-CLIENT_SECRET")
    assert (env.openid_connect.server_url, env.openid_connect.name) == (
        "https://login.example.jp/",
        "職員認証",
    )
    monkeypatch.delenv("MUSUBI_OIDC_SERVER_URL")
    with pytest.raises(SystemExit):
        read_env()


def test_the_sign_in_page_offers_what_is_configured(town, settings):
    page = text_of(Client().get("/accounts/login/"))
    assert "/accounts/line/login/" not in page
    settings.SOCIALACCOUNT_PROVIDERS = {
        "line": {"APPS": [{"client_id": "1", "secret": "2"}], "SCOPE": ["profile", "openid", "email"]},
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
        },
    }
    page = text_of(Client().get("/accounts/login/"))
    assert "/accounts/line/login/" in page
    assert "/accounts/oidc/staff/login/" in page
    assert "職員認証" in page
    # LINE's own page comes next; nothing of ours but the address of the way back goes there.
    away = Client().post("/accounts/line/login/")
    assert away.status_code == 302
    assert away.url.startswith("https://access.line.me/")


def test_an_inactive_person_does_not_come_in(town):
    person = make_person()
    User.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    ask_for_code(client, person.email)
    found = CODE.search(mail.outbox[-1].body) if mail.outbox else None
    if found:
        client.post("/accounts/login/code/confirm/", {"code": found[1]})
    assert "_auth_user_id" not in client.session
