"""What a device may keep: the server says so page by page, and nothing without its word."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from musubi.web.design.offline import rules
from musubi.web.design.offline.views import DESIGN, worker_script
from tests.factories import Town, make_listing
from tests.web.design.test_pages import is_sound

pytestmark = pytest.mark.django_db


def told(client: Client, path: str) -> tuple[str | None, bool]:
    response = client.get(path)
    return response.get("Musubi-Reader"), "Musubi-Keep" in response


def test_a_visitors_pages_are_nobodys(town: Town) -> None:
    assert told(Client(), "/help/") == ("-.ja.auto", True)
    assert told(Client(headers={"Accept-Language": "en"}), "/") == ("-.en.auto", True)
    listing = make_listing(town.actor)
    assert told(Client(), f"/listings/{listing.pk}/") == ("-.ja.auto", True)


def test_a_members_pages_are_ones_own(town: Town, sign_in: object) -> None:
    client = sign_in(town.owner)
    whose = f"{town.owner.pk}.ja.auto"
    assert told(client, "/workspace/") == (whose, True)
    assert told(client, "/help/") == (whose, True)
    assert told(client, "/search/?q=机") == (whose, True)


@pytest.mark.parametrize("who", ["coordinator", "officer"])
def test_nothing_that_staff_read_is_kept(town: Town, sign_in: object, who: str) -> None:
    client = sign_in(getattr(town, who))
    for path in ("/desk/", "/workspace/", "/help/", "/"):
        assert told(client, path)[1] is False


@pytest.mark.parametrize(
    "path",
    ["/search/?q=生活に困っている", "/accounts/login/", "/nothing/", "/design/", "/kept/", "/offline/"],
)
def test_what_is_nobodys_business_is_not_kept(town: Town, path: str) -> None:
    assert told(Client(), path)[1] is False


def test_reporting_leaves_no_trace_on_the_device(town: Town) -> None:
    listing = make_listing(town.actor)
    assert told(Client(), f"/report/listing/{listing.pk}/") == ("-.ja.auto", False)


def secret_arguments(resolver: URLResolver | None = None) -> set[str]:
    """The names of the words in addresses, as `<str:token>`."""
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        found |= {
            name
            for name, kind in entry.pattern.converters.items()
            if type(kind).__name__ == "StringConverter"
        }
        if isinstance(entry, URLResolver):
            found |= secret_arguments(entry)
        else:
            assert isinstance(entry, URLPattern)
    return found


def test_every_address_that_lets_somebody_in_is_known() -> None:
    harmless = {"kind", "key_b64", "uidb36", "provider_id", "code", "side", "name", "act", "what", "verb"}
    assert secret_arguments() - harmless == rules.SECRETS


def test_switched_off_nothing_is_said_and_workers_are_taken_away(town: Town, settings: object) -> None:
    settings.OFFLINE = False  # type: ignore[attr-defined]
    response = Client().get("/help/")
    assert "Musubi-Reader" not in response
    assert "Musubi-Keep" not in response
    assert 'data-worker="off"' in response.content.decode()
    assert "registration.unregister()" in Client().get("/service-worker.js").content.decode()
    assert "このサイトでは、読んだページは残りません。" in Client().get("/kept/").content.decode()


def test_a_reader_switches_it_off_and_on_again_without_script(town: Town) -> None:
    client = Client()
    assert 'data-worker="/service-worker.js"' in client.get("/kept/").content.decode()
    page = client.post("/kept/", {"keep": "off"}, follow=True).content.decode()
    assert "この端末には、もう何も残しません。" in page
    assert told(client, "/help/") == (None, False)
    client.post("/kept/", {"keep": "on"})
    assert told(client, "/help/") == ("-.ja.auto", True)


def test_the_worker_reaches_the_whole_site_and_knows_every_file_of_the_pages(town: Town) -> None:
    response = Client().get("/service-worker.js")
    script = response.content.decode()
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    page = Client().get("/help/").content.decode()
    used = set(re.findall(r'(?:href|src)="(/static/design/[^"#]+)', page))
    assert used
    assert {path for path in used if f'"{path}"' not in script} == set()
    assert "MOST = 50" in script


def test_other_files_are_another_worker(settings: object) -> None:
    before = worker_script()
    worker_script.cache_clear()
    settings.ACCENT = "#1d4f8f"  # type: ignore[attr-defined]
    try:
        assert re.findall('VERSION = "(.+)"', worker_script()) != re.findall('VERSION = "(.+)"', before)
    finally:
        worker_script.cache_clear()


def test_its_pages_are_sound_and_name_nobody(town: Town, sign_in: object) -> None:
    for path in ("/offline/", "/kept/"):
        is_sound(Client().get(path).content.decode())
    page = sign_in(town.owner).get("/offline/").content.decode()
    assert town.owner.name not in page
    assert "data-keep-owner" not in page


def test_what_waits_to_be_said_waits_for_a_page_that_is_read(town: Town) -> None:
    client = Client()
    client.post("/kept/", {"keep": "on"})
    client.get("/offline/")
    assert "これから読むページを、この端末に残します。" in client.get("/kept/").content.decode()


def test_the_privacy_page_tells_and_leads_there(town: Town) -> None:
    page = Client().get("/privacy/").content.decode()
    assert "三日のあいだ、あなたの端末の中だけに残ります" in page
    assert f'href="{reverse("offline:kept")}"' in page
    assert rules.OLDEST.days == 3


def test_the_home_page_sets_one_cookie_and_asks_nobody_else(town: Town, settings: object) -> None:
    client = Client()
    page = client.get("/").content.decode()
    assert set(client.cookies) == {settings.CSRF_COOKIE_NAME}  # type: ignore[attr-defined]
    assert [url for url in re.findall(r'(?:src|href|action)="([^"]+)"', page) if "//" in url] == []


def test_all_files_of_the_design_are_there() -> None:
    assert {"base.css", "offline.js", "mark.svg"} <= {path.name for path in DESIGN.iterdir()}
