"""How long a need takes on end is chosen in plain words, kept, and never asked of an offer."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from musubi.flow.listings.enums import Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import WindowValue, content_of, create_draft
from tests import factories
from tests.factories import Town

from .posts import posted, text_of, url

SignIn = Callable[[object], Client]
FIELD = "windows-0-least_minutes"
MORNING = {"windows-0-opens": "9:00", "windows-0-closes": "12:00"}


@pytest.fixture
def draft(town: Town, now: dt.datetime) -> Listing:
    return create_draft(actor=town.actor, side=Side.NEED, template=Template.PLACE, by=town.owner, now=now)


@pytest.fixture
def client(town: Town, sign_in: SignIn) -> Client:
    return sign_in(town.owner)


def windows_of(listing: Listing) -> tuple[WindowValue, ...]:
    return content_of(Listing.objects.get(pk=listing.pk)).windows


def chosen(html: str) -> list[str]:
    """The values of the length's list that are selected."""
    (options,) = re.findall(rf'<select[^>]*name="{FIELD}".*?</select>', html, flags=re.DOTALL)
    return re.findall(r'<option value="([^"]*)"[^>]*selected', options)


@pytest.mark.parametrize(("typed", "minutes"), [("180", 180), ("", None)])
def test_a_need_says_how_long_it_takes(
    client: Client, town: Town, draft: Listing, typed: str, minutes: int | None
) -> None:
    response = client.post(url(draft, "edit/"), posted(town, act="save", **MORNING, **{FIELD: typed}))
    assert response.status_code == 302
    morning = WindowValue(weekdays=(5, 6), opens=dt.time(9), closes=dt.time(12), least_minutes=minutes)
    assert windows_of(draft) == (morning,)
    assert chosen(client.get(url(draft, "edit/")).content.decode()) == [typed]


def test_the_length_is_told_before_publishing(client: Client, town: Town, draft: Listing) -> None:
    client.post(url(draft, "edit/"), posted(town, act="save", **MORNING, **{FIELD: "90"}))
    assert "毎週土・日 09:00〜12:00（続けて1時間30分）" in text_of(client, url(draft, "publish/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({**MORNING, FIELD: "240"}, "「何時から」から「何時まで」が3時間しかありません。"),
        ({"windows-0-opens": "17:00", FIELD: "480"}, "「何時から」から「何時まで」が7時間しかありません。"),
        ({FIELD: "14"}, "選んだものが一覧にありません。"),
        ({FIELD: "1441"}, "選んだものが一覧にありません。"),
        ({FIELD: "半日"}, "選んだものが一覧にありません。"),
        ({FIELD: "9" * 5000}, "選んだものが一覧にありません。"),
    ],
)
def test_a_length_that_cannot_be_gets_a_sentence_at_its_field(
    client: Client, town: Town, draft: Listing, changes: dict[str, str], sentence: str
) -> None:
    response = client.post(url(draft, "edit/"), posted(town, act="save", **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{FIELD}"' in page
    assert sentence in page
    assert windows_of(draft)[0].least_minutes is None


def test_what_was_chosen_survives_an_error_elsewhere_and_one_row_more(
    client: Client, town: Town, draft: Listing
) -> None:
    typed = posted(town, **{FIELD: "180", "windows-0-opens": "昼ごろ"})
    for act in ({"act": "save"}, {"add_row": "windows"}):
        assert chosen(client.post(url(draft, "edit/"), {**typed, **act}).content.decode()) == ["180"]


def test_an_empty_row_stays_empty_and_a_length_alone_is_kept(
    client: Client, town: Town, draft: Listing
) -> None:
    none = {"windows-0-weekdays": None}
    client.post(url(draft, "edit/"), posted(town, act="save", **none, **{FIELD: ""}))
    assert windows_of(draft) == ()
    client.post(url(draft, "edit/"), posted(town, act="save", version="2", **none, **{FIELD: "120"}))
    assert windows_of(draft) == (WindowValue(least_minutes=120),)


def test_a_length_that_a_file_brought_stays(client: Client, town: Town) -> None:
    brought = factories.make_listing(
        town.actor, Side.NEED, windows=[{"weekdays": [5], "least_minutes": 100}], areas=[town.wards[0]]
    )
    page = client.get(url(brought, "edit/")).content.decode()
    assert chosen(page) == ["100"]
    assert "1時間40分" in page
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    client.post(url(brought, "edit/"), posted(town, act="save", version=version, **{FIELD: "100"}))
    assert windows_of(brought) == (WindowValue(weekdays=(5, 6), least_minutes=100),)


def test_an_offer_is_not_asked_for_a_length(client: Client, town: Town, now: dt.datetime) -> None:
    offer = create_draft(actor=town.actor, side=Side.OFFER, template=Template.PLACE, by=town.owner, now=now)
    assert FIELD not in client.get(url(offer, "edit/")).content.decode()
    client.post(url(offer, "edit/"), posted(town, act="save", **{FIELD: "180"}))
    assert windows_of(offer) == (WindowValue(weekdays=(5, 6)),)
