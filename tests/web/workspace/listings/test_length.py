"""How long a need takes on end is chosen in plain words, kept, and never asked of an offer."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from musubi.flow.listings.enums import MET_IN_PERSON, USUAL_LENGTH, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import WindowValue, content_of, create_draft
from musubi_engine.feasibility.time import LEAST_MINUTES, PRESENT
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


def refused(client: Client, draft: Listing, typed: dict[str, str], field: str) -> str:
    """The page that comes back with a sentence at this field."""
    response = client.post(url(draft, "edit/"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}"' in page
    return page


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
    assert sentence in refused(client, draft, posted(town, act="save", **changes), FIELD)
    assert windows_of(draft)[0].least_minutes is None


def test_what_was_chosen_survives_an_error_elsewhere_and_one_row_more(
    client: Client, town: Town, draft: Listing
) -> None:
    typed = posted(town, **{FIELD: "180", "windows-0-opens": "昼ごろ"})
    for act in ({"act": "save"}, {"add_row": "windows"}):
        assert chosen(client.post(url(draft, "edit/"), {**typed, **act}).content.decode()) == ["180"]


def test_a_row_left_empty_is_no_window(client: Client, town: Town, draft: Listing) -> None:
    client.post(url(draft, "edit/"), posted(town, act="save", **{"windows-0-weekdays": None, FIELD: ""}))
    assert windows_of(draft) == ()


def test_a_length_alone_is_no_window_and_is_asked_for_its_day(
    client: Client, town: Town, draft: Listing
) -> None:
    """Beside another row it would be a window at any time, and widen the need."""
    more = {"windows-TOTAL_FORMS": "2", "windows-1-least_minutes": "480"}
    page = refused(client, draft, posted(town, act="save", **more), "windows-1-least_minutes")
    assert "この行には長さしか入っていません。" in page
    assert windows_of(draft) == (WindowValue(weekdays=(5, 6)),)


def test_a_time_that_cannot_be_read_is_not_taken_for_none(client: Client, town: Town, draft: Listing) -> None:
    changes = {"windows-0-weekdays": None, "windows-0-opens": "昼ごろ", FIELD: "60"}
    page = refused(client, draft, posted(town, act="save", **changes), "windows-0-opens")
    assert "この行には長さしか入っていません。" not in page


def test_the_form_and_matching_agree_on_a_length_that_was_not_chosen_and_on_what_takes_time() -> None:
    assert USUAL_LENGTH == LEAST_MINUTES
    assert set(MET_IN_PERSON) == set(PRESENT)


@pytest.mark.parametrize(
    ("closes", "sentence"),
    [
        ("10:30", "が30分しかありません。長さを選ばないと1時間以上としてさがす"),
        ("10:59", "30分のように収まる長さを選ぶか、時刻の幅を広げてください。"),
        ("10:20", "が20分しかありません。30分以上になるように、時刻の幅を広げてください。"),
    ],
)
def test_less_than_an_hour_asks_for_a_length(
    client: Client, town: Town, draft: Listing, closes: str, sentence: str
) -> None:
    """Unset, the length is an hour: every offer with times would be ruled out in silence."""
    typed = posted(town, act="save", **{"windows-0-opens": "10:00", "windows-0-closes": closes, FIELD: ""})
    page = refused(client, draft, typed, FIELD)
    assert sentence in page
    assert f'value="{closes}"' in page
    assert typed["body"] in page


@pytest.mark.parametrize(("closes", "typed"), [("10:30", "30"), ("11:00", "")])
def test_what_fits_is_taken(client: Client, town: Town, draft: Listing, closes: str, typed: str) -> None:
    times = {"windows-0-opens": "10:00", "windows-0-closes": closes, FIELD: typed}
    assert client.post(url(draft, "edit/"), posted(town, act="save", **times)).status_code == 302


def test_who_asks_for_things_alone_may_be_short(client: Client, town: Town, draft: Listing) -> None:
    """They are handed over: matching asks for no hour together."""
    times = {"windows-0-opens": "10:00", "windows-0-closes": "10:15", FIELD: "", "lines-0-resource": "goods"}
    typed = posted(town, act="save", **times, **{"lines-0-amount": "", "lines-0-unit": ""})
    assert client.post(url(draft, "edit/"), typed).status_code == 302


def test_an_offer_may_be_short(client: Client, town: Town, now: dt.datetime) -> None:
    offer = create_draft(actor=town.actor, side=Side.OFFER, template=Template.PLACE, by=town.owner, now=now)
    times = {"windows-0-opens": "10:00", "windows-0-closes": "10:30"}
    assert client.post(url(offer, "edit/"), posted(town, act="save", **times)).status_code == 302


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
