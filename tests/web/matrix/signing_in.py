"""The addresses of signing in, and of the second factor, which here the staff have and nobody else."""

import re
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from fido2 import cbor
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from musubi.base.accounts.models import User
from tests.factories import Town

from .people import EVERYBODY, SIGNED_IN, Case, L, W, row


def a_passkey(person: User) -> Authenticator:
    """A key as a browser would have made it."""
    public = cbor.encode({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    data = AttestedCredentialData(b"\0" * 16 + b"\0\4" + b"key1" + public)
    made = AttestationObject.create(
        "none", AuthenticatorData.create(sha256(b"testserver"), 0x41, 0, data), {}
    )
    credential = {
        "id": websafe_encode(b"key1"),
        "rawId": websafe_encode(b"key1"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(
                b'{"type":"webauthn.create","challenge":"eA","origin":"http://testserver"}'
            ),
            "attestationObject": websafe_encode(made),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(
        user=person, type=kind, data={"name": "電話", "credential": credential}
    )


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """Staff prove themselves twice."""
    for person in (town.coordinator, town.officer):
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)
    a_passkey(town.coordinator)
    return {"key": a_passkey(town.officer), "member": town.owner, "staff": town.officer}


def _asks_for_a_code(client: Client, things: dict[str, Any]) -> None:
    client.post("/accounts/login/", {"login": things["member"].email})


def _signs_up(client: Client, things: dict[str, Any]) -> None:
    client.post("/accounts/signup/", {"email": "new@example.jp", "name": "新田 一"})


def _has_sent_the_code(client: Client, things: dict[str, Any]) -> None:
    asked = client.post("/accounts/login/", {"login": things["staff"].email})
    code = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))[-1]
    client.post(asked["Location"], {"code": code})


BEFORE: dict[str, Callable[[Client, dict[str, Any]], None]] = {
    "account_confirm_login_code": _asks_for_a_code,
    "account_email_verification_sent": _signs_up,
    "mfa_authenticate": _has_sent_the_code,
}
"""Pages in the middle of signing in: what a visitor has done before."""

#                  visitor citizen member owner coordinator officer other_owner other_officer
VISITORS = row("ok", *[W] * 7)
PROVED_AGAIN = row(L, "403", "403", "403", "ok", "ok", "403", "403")
STAFF_PROVED = row(L, "404", "404", "404", "ok", "ok", "404", "404")
OWN_KEY = row(L, "404", "404", "404", "404", "ok", "404", "404")

CASES: list[Case] = [
    *[
        ("GET", name, "", VISITORS)
        for name in (
            "account_login",
            "account_request_login_code",
            "account_confirm_login_code",
            "account_signup",
            "mfa_authenticate",
        )
    ],
    *[
        ("GET", name, "", SIGNED_IN)
        for name in (
            "account_email",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_generate_recovery_codes",
            "socialaccount_connections",
        )
    ],
    *[
        ("GET", name, "", EVERYBODY)
        for name in (
            "account_logout",
            "account_inactive",
            "account_email_verification_sent",
            "socialaccount_login_cancelled",
        )
    ],
    *[
        ("GET", name, "", PROVED_AGAIN)
        for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
    ],
    # only script asks it
    ("GET", "mfa_login_webauthn", "", row(L, *[W] * 7)),
    ("GET", "socialaccount_login_error", "", row(*["401"] * 8)),
    # nobody comes from a sign-in service here
    ("GET", "socialaccount_signup", "", row(*[L] * 8)),
    ("GET", "mfa_deactivate_totp", "", STAFF_PROVED),
    ("GET", "mfa_view_recovery_codes", "", STAFF_PROVED),
    ("GET", "mfa_download_recovery_codes", "", STAFF_PROVED),
    ("GET", "mfa_edit_webauthn", "key", OWN_KEY),
    ("GET", "mfa_remove_webauthn", "key", OWN_KEY),
]
