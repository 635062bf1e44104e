"""What holds by how pages are made: purpose of fields, help in one place, nothing to drag, nothing that plays or runs out."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import Town, make_listing

pytestmark = pytest.mark.django_db
SOURCES = Path(__file__).parents[3] / "src/musubi"
SCRIPTS = sorted((SOURCES / "web/design/static").rglob("*.js"))
STYLES = sorted((SOURCES / "web/design/static").rglob("*.css"))
TEMPLATES = sorted(SOURCES.rglob("templates/**/*.html"))


def page(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def control(html: str, name: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)\b[^>]*\bname="{name}"[^>]*>', html)
    assert found, name
    return found.group()


def test_fields_about_oneself_say_their_purpose(client: Client, town: Town, sign_in: object) -> None:
    """WCAG 1.3.5: a browser can fill in what it knows of its owner."""
    login, signup = page(client, "/accounts/login/"), page(client, "/accounts/signup/")
    assert 'autocomplete="email"' in control(login, "login")
    assert 'autocomplete="email"' in control(signup, "email")
    assert 'autocomplete="name"' in control(signup, "name")
    member = sign_in(town.owner)  # type: ignore[operator]
    assert 'autocomplete="name"' in control(page(member, "/workspace/preferences/"), "name")


def test_signing_in_asks_for_nothing_to_remember_or_solve(client: Client, town: Town) -> None:
    """WCAG 3.3.8: a code that may be pasted, filled in by the device, in any spelling; a passkey beside it."""
    client.post("/accounts/login/", {"login": town.owner.email})
    code = control(page(client, "/accounts/login/code/confirm/"), "code")
    assert 'autocomplete="one-time-code"' in code
    assert 'type="password"' not in code
    assert "maxlength" not in code
    assert "passkey_login" in page(Client(), "/accounts/login/")


def test_no_script_listens_to_pasting_dragging_or_moving() -> None:
    """WCAG 2.1.4, 2.5.1, 2.5.2, 2.5.4, 2.5.7 and 3.3.8: clicks, typing and Escape are all that scripts heed."""
    heard = {
        name
        for path in SCRIPTS
        for name in re.findall(r"addEventListener\(\s*\"([\w.]+)\"", path.read_text())
    }
    assert (
        heard & {"paste", "copy", "drag", "dragstart", "drop", "devicemotion", "deviceorientation"} == set()
    )
    assert (
        heard & {"mousedown", "mousemove", "pointerdown", "pointermove", "touchstart", "touchmove"} == set()
    )
    keys = {key for path in SCRIPTS for key in re.findall(r"\.key [!=]== \"(\w+)\"", path.read_text())}
    assert keys <= {"Escape", "Enter"}
    assert [str(p) for p in TEMPLATES if re.search(r"accesskey|draggable", p.read_text())] == []


def test_nothing_plays_blinks_reloads_or_locks() -> None:
    """WCAG 1.2, 1.3.4, 1.4.2, 1.4.4, 2.2.1, 2.2.2, 2.3.1: no sound, film or frame; no refresh; no locked screen or size."""
    forbidden = r"<(audio|video|iframe|object|embed|canvas|marquee|blink)\b|http-equiv=\"refresh\"|user-scalable|maximum-scale"
    assert [str(p) for p in TEMPLATES if re.search(forbidden, p.read_text())] == []
    assert [str(p) for p in STYLES if re.search(r"orientation:|infinite(?! alternate)", p.read_text())] == []


def test_nothing_opens_or_sends_itself_while_one_chooses() -> None:
    """WCAG 3.2.1 and 3.2.2: no script sends a form or leaves the page because something was chosen."""
    for path in SCRIPTS:
        assert not re.search(
            r"\.submit\(\)|requestSubmit|location\.(href\s*=[^=]|assign)|window\.open", path.read_text()
        ), path
    assert [str(p) for p in TEMPLATES if "autofocus" in p.read_text()] == []
    opening = [line for p in TEMPLATES for line in p.read_text().splitlines() if 'target="_blank"' in line]
    assert [line for line in opening if "新しい画面で開きます" not in line] == []


PAGES = (
    "/",
    "/search/",
    "/issues/",
    "/help/",
    "/accounts/login/",
    "/accessibility/",
    "/workspace/",
    "/desk/",
    "/office/",
)


def test_help_and_navigation_stand_in_the_same_place_everywhere(town: Town, sign_in: object) -> None:
    """WCAG 3.2.3, 3.2.4 and 3.2.6."""
    make_listing(town.actor)
    people = {"/workspace/": town.owner, "/desk/": town.coordinator, "/office/": town.officer}
    footers, menus = set(), set()
    for path in PAGES:
        client = sign_in(people[path]) if path in people else Client()  # type: ignore[operator]
        html = page(client, path)
        links = re.compile(r"<a[^>]*href=\"([^\"?]*)[^>]*>")
        footers.add(tuple(links.findall(html[html.index('<footer class="footer">') :])))
        menu = html[html.index('id="site-menu"') : html.index("</nav>", html.index('id="site-menu"'))]
        menus.add(tuple(links.findall(menu)))
    [footer] = footers
    assert footer[:2] == ("/about/", "/help/")
    assert "/accessibility/" in footer
    assert len(menus) == 1


def test_what_was_entered_is_not_asked_for_again(client: Client, town: Town) -> None:
    """WCAG 3.3.7: the mail address of the first step is shown in the second; somebody signed in is not asked who they are."""
    client.post("/accounts/login/", {"login": town.owner.email})
    confirm = page(client, "/accounts/login/code/confirm/")
    assert town.owner.email in confirm
    fields = re.findall(r'<input\b(?![^>]*type="hidden")[^>]*\bname="(\w+)"', confirm.partition("<main")[2])
    assert fields == ["code"]


def test_there_is_more_than_one_way_to_a_page(client: Client, town: Town) -> None:
    """WCAG 2.4.5: search, lists, and the way one came."""
    listing = make_listing(town.actor, title="机を二十脚")
    ways = (page(client, "/search/?q=机"), page(client, "/"), page(client, f"/actors/{town.actor.pk}/"))
    assert [f'href="/listings/{listing.pk}/' in html for html in ways] == [True, True, True]
    assert 'class="breadcrumb"' in page(client, f"/listings/{listing.pk}/")
