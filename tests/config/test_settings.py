"""The settings as an installation gets them, each read in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .test_env import PRODUCTION

SHOW = """
import json
from musubi.config import settings as s
shown = {name: getattr(s, name) for name in dir(s) if name.isupper()}
print(json.dumps(shown, default=lambda value: type(value).__name__))
"""


def settings_with(folder: Path, **env: str) -> dict[str, Any]:
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")
    }
    result = subprocess.run(
        [sys.executable, "-c", SHOW],
        env={**kept, "MUSUBI_DATA_DIR": str(folder), **env},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def test_sqlite_queues_writers_and_keeps_foreign_keys(tmp_path: Path) -> None:
    database = settings_with(tmp_path)["DATABASES"]["default"]

    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "foreign_keys=ON" in database["OPTIONS"]["init_command"]


def test_the_demonstration_keeps_its_mail(tmp_path: Path) -> None:
    shown = settings_with(tmp_path)

    assert shown["EMAIL_BACKEND"] == "musubi.base.notify.mailbox.MailboxBackend"
    assert shown["SECOND_FACTOR_FOR_STAFF"] is False


def test_production_is_strict(tmp_path: Path) -> None:
    shown = settings_with(tmp_path, **PRODUCTION)

    assert shown["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert shown["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert shown["ALLOWED_HOSTS"] == ["musubi.example.jp", "www.example.jp"]
    assert all(
        shown[name] is True
        for name in (
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "SECURE_SSL_REDIRECT",
            "SECOND_FACTOR_FOR_STAFF",
        )
    )
    assert shown["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert shown["DEBUG"] is False


@pytest.mark.parametrize("mode", [{}, PRODUCTION])
def test_no_page_may_run_or_style_inline(tmp_path: Path, mode: dict[str, str]) -> None:
    directives = settings_with(tmp_path, **mode)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert directives["script-src"] == directives["style-src"] == directives["default-src"] == ["'self'"]


def test_outside_sign_in_is_configured_by_its_variables(tmp_path: Path) -> None:
    shown = settings_with(
        tmp_path,
        MUSUBI_OIDC_CLIENT_ID="a", MUSUBI_OIDC_CLIENT_SECRET="b", MUSUBI_OIDC_SERVER_URL="https://id.example.jp",
        MUSUBI_LINE_CLIENT_ID="c", MUSUBI_LINE_CLIENT_SECRET="d",
    )["SOCIALACCOUNT_PROVIDERS"]  # fmt: skip

    assert shown["openid_connect"]["APPS"][0]["settings"]["server_url"] == "https://id.example.jp"
    assert shown["line"]["APPS"][0]["client_id"] == "c"


OIDC = {
    "MUSUBI_OIDC_CLIENT_ID": "a",
    "MUSUBI_OIDC_CLIENT_SECRET": "b",
    "MUSUBI_OIDC_SERVER_URL": "https://ID.example.jp:8443/realms/city/",
}
LINE = {"MUSUBI_LINE_CLIENT_ID": "c", "MUSUBI_LINE_CLIENT_SECRET": "d"}


@pytest.mark.parametrize(
    ("env", "others"),
    [
        ({}, []),
        (OIDC, ["https://id.example.jp:8443"]),
        (LINE, ["https://access.line.me"]),
        (PRODUCTION | OIDC | LINE, ["https://id.example.jp:8443", "https://access.line.me"]),
    ],
)
def test_forms_lead_to_the_configured_sign_ins_and_nowhere_else(
    env: dict[str, str], others: list[str], tmp_path: Path
) -> None:
    directives = settings_with(tmp_path, **env)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert directives["form-action"] == ["'self'", *others]


@pytest.mark.parametrize("url", ["db://musubi_cache", "file:///tmp/musubi-cache"])
def test_the_cache_does_not_forget_limits(url: str, tmp_path: Path) -> None:
    cache = settings_with(tmp_path, CACHE_URL=url)["CACHES"]["default"]

    assert cache["OPTIONS"]["MAX_ENTRIES"] >= 100_000
    assert cache["OPTIONS"]["CULL_FREQUENCY"] >= 10


def test_the_documented_cache_is_the_one_in_use(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()

    assert "| `CACHE_URL` | `db://musubi_cache` |" in manual
    cache = settings_with(tmp_path)["CACHES"]["default"]
    assert cache["BACKEND"].endswith("DatabaseCache")
    assert cache["LOCATION"] == "musubi_cache"


def test_trusted_proxies_reach_the_limits_on_signing_in(tmp_path: Path) -> None:
    assert settings_with(tmp_path)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert settings_with(tmp_path, MUSUBI_TRUSTED_PROXIES="1")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
