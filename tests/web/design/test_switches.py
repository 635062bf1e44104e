"""The language and the look are switched beside a half-filled form, without script, and nothing typed is lost."""

import html
import re

import pytest
from django.template import Context, Template
from django.test import Client
from playwright.sync_api import Browser, expect

from musubi.flow.issues.models import Issue
from tests.factories import Town, make_listing
from tests.web.design.test_offline_browser import Phone
from tests.web.design.test_pages import is_sound

pytestmark = pytest.mark.django_db
NEW_ISSUE = "/workspace/issues/new/"
TYPED = {"title": "街灯が切れています", "body": "夜、駅からの道が暗い"}


def switches(page: str) -> dict[str, str]:
    """Where each switch posts the half-filled form to: by the switch's value, `look` for the footer's."""
    found = {}
    for button in re.findall(r"<button[^<>]*\bformaction=[^<>]*>", page):
        assert 'form="writing"' in button
        value = re.search(r'value="([^"]+)"', button)
        found[value.group(1) if value else "look"] = html.unescape(
            re.search(r'formaction="([^"]+)"', button).group(1)  # type: ignore[union-attr]
        )
    return found


def test_another_language_keeps_what_was_typed(town: Town, sign_in: object) -> None:
    client = sign_in(town.owner)
    page = client.get(NEW_ISSUE).content.decode()
    is_sound(page)
    assert page.count('id="writing"') == 1
    answer = client.post(switches(page)["en"], {**TYPED, "language": "en"})
    assert answer["Location"] == NEW_ISSUE
    page = client.get(NEW_ISSUE).content.decode()
    assert '<html lang="en"' in page
    assert 'value="街灯が切れています"' in page
    assert "夜、駅からの道が暗い" in page
    assert 'id="id_body_error"' not in page
    assert Issue.objects.count() == 0
    assert 'value="街灯が切れています"' not in client.get(NEW_ISSUE).content.decode()  # given back once


def test_another_look_keeps_what_was_typed(town: Town, sign_in: object) -> None:
    client = sign_in(town.owner)
    asked = client.post(switches(client.get(NEW_ISSUE).content.decode())["look"], TYPED)["Location"]
    assert asked == "/design/look/?next=%2Fworkspace%2Fissues%2Fnew%2F"
    assert f'name="next" value="{NEW_ISSUE}"' in client.get(asked).content.decode()
    assert client.post("/design/look/", {"look": "dark", "next": NEW_ISSUE})["Location"] == NEW_ISSUE
    page = client.get(NEW_ISSUE).content.decode()
    assert 'data-look="dark"' in page
    assert 'value="街灯が切れています"' in page


def test_a_visitors_report_is_kept_too(town: Town) -> None:
    client = Client()
    path = f"/report/listing/{make_listing(town.actor).pk}/"
    switch = switches(client.get(path).content.decode())["ja-easy"]
    client.post(switch, {"reason": "other", "words": "電話番号が載っています", "language": "ja-easy"})
    assert "電話番号が載っています" in client.get(path).content.decode()


def test_a_page_without_a_form_has_plain_switches(town: Town) -> None:
    page = Client().get("/help/").content.decode()
    assert switches(page) == {}
    assert 'href="/design/look/?next=/help/"' in page


def test_the_way_back_is_said_once(town: Town) -> None:
    client = Client()
    page = client.get("/design/look/?next=/help/").content.decode()
    assert 'href="/design/look/?next=/help/"' in page


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ('<form method="post">', ("writing", "")),
        ('<form id="own" method="post">', ("own", "")),
        ('<form method="post" action="/letter/" data-keep="case-1">', ("writing", "/letter/")),
        ('<form method="post" action="/act/">', None),
        ('<form method="get">', None),
        ('<form method="post" action="/act/"></form><form method="post">', ("writing", "")),
    ],
)
def test_which_form_is_taken_along(form: str, expected: tuple[str, str] | None) -> None:
    source = (
        "{% load design %}{% page_part as main %}FORM</form>{% endpage_part %}"
        "{{ writing.form }}|{{ writing.page }}|{{ main }}"
    )
    shown = Template(source.replace("FORM", form)).render(Context({"writing": {}})).split("|", 2)
    assert (shown[0], shown[1]) == (expected or ("", ""))
    assert (expected is not None) == ((f'id="{expected[0]}"' in shown[2]) if expected else False)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_script_in_a_real_browser(browser: Browser, live_server: object, town: Town) -> None:
    context = browser.new_context(java_script_enabled=False)
    phone = Phone(context, str(live_server))
    phone.sign_in(town.owner)
    page = phone.open(NEW_ISSUE)
    page.locator("#id_title").fill(TYPED["title"])
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#id_title")).to_have_value(TYPED["title"])
    page.locator(".footer-button").click()
    page.locator("#look-dark").check()
    page.locator("main button").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    expect(page.locator("#id_title")).to_have_value(TYPED["title"])
    # Going back and forth loses nothing either.
    page.locator("#id_body").fill(TYPED["body"])
    page.locator("footer a").first.click()
    page.go_back()
    expect(page.locator("#id_body")).to_have_value(TYPED["body"])
    context.close()
