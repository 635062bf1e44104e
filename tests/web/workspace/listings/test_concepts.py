"""Tags of a listing: shown as found, taken off and put on, kept."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import create_draft
from tests.factories import Town
from tests.flow.listings.samples import hall_needed
from tests.web.sound import is_sound

from .posts import posted, text_of, url

SignIn = Callable[[object], Client]


@pytest.fixture
def draft(town: Town, now: dt.datetime) -> Listing:
    return create_draft(
        actor=town.actor, side="need", template="place", content=hall_needed(town), by=town.owner, now=now
    )


@pytest.fixture
def client(town: Town, sign_in: SignIn) -> Client:
    return sign_in(town.owner)


def stored(listing: Listing) -> Listing:
    return Listing.objects.get(pk=listing.pk)


def shown(client: Client, listing: Listing) -> dict[str, bool]:
    """The tags beside the words: which are ticked."""
    page = client.get(url(listing, "edit/")).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="concepts" value="([^"]+)"([^>]*)>', page)
    return {name: "checked" in rest for name, rest in boxes}


def send(client: Client, town: Town, listing: Listing, ticked: list[str], **changes: object) -> None:
    data = posted(town, version=str(stored(listing).version), act="save", **changes)
    data |= {"concepts_sent": "1", "concepts_shown": list(shown(client, listing)), "concepts": ticked}
    response = client.post(url(listing, "edit/"), data)
    assert response.status_code == 302


def test_what_was_found_stands_ticked_and_the_others_are_offered_by_kind(
    client: Client, draft: Listing
) -> None:
    assert shown(client, draft) == dict.fromkeys(stored(draft).concepts, True)
    page = client.get(url(draft, "edit/")).content.decode()
    others = re.findall(r'<input type="checkbox" name="more_concepts" value="([^"]+)"', page)
    assert len(others) > 80
    assert not set(others) & set(stored(draft).concepts)
    assert "場所・設備" in page


def test_the_page_with_its_tags_is_sound(client: Client, draft: Listing) -> None:
    is_sound(client.get(url(draft, "edit/")).content.decode())


def test_a_tag_taken_off_stays_off_and_may_be_put_on_again(
    client: Client, town: Town, draft: Listing
) -> None:
    found = [name for name in shown(client, draft) if name != "調理場"]
    send(client, town, draft, found)
    assert "調理場" not in stored(draft).concepts
    assert shown(client, draft)["調理場"] is False
    send(client, town, draft, [name for name, on in shown(client, draft).items() if on], title="台所を探す")
    assert "調理場" not in stored(draft).concepts
    send(client, town, draft, list(shown(client, draft)))
    assert "調理場" in stored(draft).concepts
    assert (stored(draft).concepts_added, stored(draft).concepts_removed) == ([], [])


def test_a_tag_put_on_stays_until_it_is_taken_off(client: Client, town: Town, draft: Listing) -> None:
    send(client, town, draft, list(shown(client, draft)), more_concepts=["囲碁・将棋・茶華道"])
    assert stored(draft).concepts_added == ["囲碁・将棋・茶華道"]
    assert shown(client, draft)["囲碁・将棋・茶華道"] is True
    send(client, town, draft, list(shown(client, draft)))
    assert "囲碁・将棋・茶華道" in stored(draft).concepts
    send(client, town, draft, [name for name in shown(client, draft) if name != "囲碁・将棋・茶華道"])
    assert "囲碁・将棋・茶華道" not in stored(draft).concepts
    assert (stored(draft).concepts_added, stored(draft).concepts_removed) == ([], [])


def test_what_is_newly_written_is_found_beside_the_corrections(
    client: Client, town: Town, draft: Listing
) -> None:
    others = [name for name in shown(client, draft) if name != "調理場"]
    send(client, town, draft, others, body="台所のある部屋を貸してください。囲碁もします。")
    assert "囲碁・将棋・茶華道" in stored(draft).concepts
    assert "調理場" not in stored(draft).concepts


def test_a_request_without_the_tags_leaves_them(client: Client, town: Town, draft: Listing) -> None:
    send(client, town, draft, [name for name in shown(client, draft) if name != "調理場"])
    data = posted(town, version=str(stored(draft).version), act="save", title="台所をまた探しています")
    client.post(url(draft, "edit/"), data)
    assert stored(draft).title == "台所をまた探しています"
    assert stored(draft).concepts_removed == ["調理場"]


def test_an_unknown_tag_is_refused_with_a_sentence(client: Client, town: Town, draft: Listing) -> None:
    data = posted(town, concepts_sent="1", concepts_shown=["調理場"], concepts=["ありもしない"], act="save")
    response = client.post(url(draft, "edit/"), data)
    assert response.status_code == 422
    assert "もう一度選んでください" in response.content.decode()
    assert stored(draft).concepts_removed == []


def test_a_row_more_keeps_what_was_ticked(client: Client, town: Town, draft: Listing) -> None:
    data = posted(
        town, concepts_sent="1", concepts_shown=["調理場", "子ども"], concepts=["子ども"], add_row="lines"
    )
    data["more_concepts"] = ["防災"]
    page = client.post(url(draft, "edit/"), data).content.decode()
    assert re.search(r'name="concepts" value="子ども"[^>]*checked', page)
    assert not re.search(r'name="concepts" value="調理場"[^>]*checked', page)
    assert re.search(r'name="more_concepts" value="防災"[^>]*checked', page)


def test_the_page_before_publishing_shows_them(client: Client, draft: Listing) -> None:
    assert "、".join(stored(draft).concepts) in text_of(client, url(draft, "publish/"))
