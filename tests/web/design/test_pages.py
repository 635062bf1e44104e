"""Whole pages made of the components: the gallery, the sign-in pages, the error pages."""

import re
from collections.abc import Callable
from pathlib import Path

import allauth
import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import Town, make_person
from tests.web.design.test_fields import rows_posted
from tests.web.sound import is_sound

GALLERY = "/design/"
TEMPLATES = Path(__file__).parents[3] / "src/musubi/web/design/templates"


@pytest.fixture
def page(town: Town) -> Client:
    return Client()


def test_the_gallery_is_sound_fresh_and_after_mistakes(page: Client) -> None:
    is_sound(page.get(GALLERY).content.decode())
    answer = page.post(GALLERY, {"example-title": "", "rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"})
    html = answer.content.decode()
    assert "次の7か所を直してください" in html
    is_sound(html)


def test_rows_of_the_gallery_grow_without_script(page: Client) -> None:
    data = {**rows_posted("机").dict(), "add_row": "rows", "example-title": "途中の題名"}
    html = page.post(GALLERY, data).content.decode()
    assert "もの 2" in html
    assert 'value="途中の題名"' in html
    assert 'id="id_example-title_error"' not in html


def test_the_page_that_asks_before_acting(page: Client) -> None:
    html = page.get(f"{GALLERY}confirm/").content.decode()
    assert "取り下げますか" in html
    assert "button-danger" in html
    is_sound(html)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/accounts/login/", "入る（ログイン）"),
        ("/accounts/signup/", "登録する"),
        ("/accounts/login/code/", "番号を送ってもらう"),
    ],
)
def test_sign_in_pages_are_ours(page: Client, path: str, heading: str) -> None:
    html = page.get(path).content.decode()
    assert re.search(rf"<h1>\s*{heading}\s*</h1>", html)
    is_sound(html)


def test_signing_in_with_a_code_through_our_pages(page: Client) -> None:
    person = make_person("山田花子", "hana@example.jp")
    mistake = page.post("/accounts/login/", {"login": ""}).content.decode()
    assert "「メールアドレス」を入れてください。" in mistake
    is_sound(mistake)
    asked = page.post("/accounts/login/", {"login": person.email}, follow=True)
    html = asked.content.decode()
    assert 'autocomplete="one-time-code"' in html
    assert "<strong>hana@example.jp</strong>" in html
    is_sound(html)
    code = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))[-1]
    page.post("/accounts/login/code/confirm/", {"code": code.lower().replace("-", "")})
    assert page.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/2fa/", "/accounts/2fa/webauthn/add/", "/accounts/logout/"]
)
def test_pages_about_signing_in_are_sound(town: Town, sign_in: Callable[[object], Client], path: str) -> None:
    answer = sign_in(town.citizen).get(path, follow=True)
    assert answer.status_code == 200
    is_sound(answer.content.decode())


def test_a_page_that_is_not_there(page: Client) -> None:
    answer = page.get("/design/nowhere/")
    assert answer.status_code == 404
    assert "ページが見つかりません" in answer.content.decode()


def test_the_page_for_mishaps_needs_nothing() -> None:
    html = render_to_string("500.html")
    assert "うまく動きませんでした" in html
    is_sound(html)


def test_a_refusal_is_shown_with_its_sentence(page: Client) -> None:
    request = page.get(GALLERY).wsgi_request
    html = render_to_string("403.html", {"reason": "担当者だけが承認できます。"}, request=request)
    assert "担当者だけが承認できます。" in html
    is_sound(html)


def test_each_override_replaces_a_template_that_exists() -> None:
    theirs = Path(allauth.__file__).parent / "templates"
    ours = [
        path.relative_to(TEMPLATES)
        for folder in ("account", "mfa", "allauth")
        for path in (TEMPLATES / folder).rglob("*.html")
    ]
    own_parts = {Path("mfa/webauthn/snippets/needs_script.html")}
    assert {path for path in ours if not (theirs / path).exists()} == own_parts
