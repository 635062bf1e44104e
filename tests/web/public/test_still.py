"""The page behind a reminder's link: two buttons, no sign-in, and nothing happens by merely opening it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.links import token_for
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Membership
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import ask_unconfirmed
from tests.factories import Town, make_listing, make_person
from tests.web.sound import is_sound

DAY = dt.timedelta(days=1)


@pytest.fixture
def listing(town: Town, now: dt.datetime) -> Listing:
    """Nobody has confirmed it for 100 days, and it ends in a week."""
    return make_listing(
        town.actor,
        title="集会所を貸してください",
        areas=[town.wards[0]],
        lines=[("place", "台所のある部屋", 30, "capacity")],
        confirmed_at=now - 100 * DAY,
        expires_on=timezone.localdate() + 7 * DAY,
    )


@pytest.fixture
def path(listing: Listing, now: dt.datetime) -> str:
    ask_unconfirmed(now=now)
    return Message.objects.get(kind="listing_unconfirmed").path


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    html = answer.content.decode()
    is_sound(html)
    return html


def test_opening_asks_and_does_nothing(listing: Listing, path: str) -> None:
    html = page(Client(), path)
    for words in (
        "集会所を貸してください",
        "はい、まだ続けています",
        "解決しました",
        "まで延ばします",
        "noindex",
    ):
        assert words in html
    Client().head(path)
    Client().post(path, {"act": "nothing"})
    before = (listing.confirmed_at, listing.expires_on)
    listing.refresh_from_db()
    assert (listing.confirmed_at, listing.expires_on, listing.times_asked) == (*before, 1)


def test_still_going_on(listing: Listing, path: str, town: Town) -> None:
    answer = Client().post(path, {"act": "still"}, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    html = answer.content.decode()
    is_sound(html)
    assert "「まだ続けています」と受け取りました" in html
    assert 'value="still"' not in html
    assert 'value="solved"' in html
    listing.refresh_from_db()
    until = timezone.localdate() + 180 * DAY
    assert (listing.state, listing.times_asked, listing.expires_on) == ("published", 0, until)
    assert Event.objects.get(verb="listing.confirm").by == f"user:{town.owner.pk}"


def test_solved(listing: Listing, path: str, town: Town) -> None:
    html = Client().post(path, {"act": "solved"}, follow=True).content.decode()
    is_sound(html)
    assert "「成立・解決」として受け取りました" in html
    assert '<form method="post"' not in html.split("<main")[1].split("</main")[0]
    listing.refresh_from_db()
    assert listing.state == "fulfilled"
    assert Event.objects.get(verb="listing.fulfil").by == f"user:{town.owner.pk}"


@pytest.mark.parametrize(("act", "status"), [("still", 403), ("solved", 409)])
def test_two_answers_at_once_the_second_is_told(act: str, status: int, listing: Listing, path: str) -> None:
    Client().post(path, {"act": "solved"})
    assert Client(raise_request_exception=False).post(path, {"act": act}).status_code == status
    assert "受け取りました" in page(Client(), path)


@pytest.mark.parametrize("state", ["withdrawn", "expired", "reserved"])
def test_what_is_no_longer_open_asks_nothing(state: str, listing: Listing, path: str) -> None:
    listing.state = state
    listing.withdraw_reason = "mistake" if state == "withdrawn" else ""
    listing.save()
    html = page(Client(), path)
    # What is being arranged is still read by everybody.
    assert "もう公開されていません" not in html
    assert "いまは、お答えいただくことはありません" in html
    assert f"いまは「{listing.get_state_display()}」です" in html
    assert 'name="act"' not in html


def test_the_link_of_somebody_who_may_not_answer_opens_nothing(
    listing: Listing, path: str, town: Town, sign_in: Any
) -> None:
    stranger = f"/still/{token_for('still', thing=listing.pk, person=town.citizen.pk)}/"
    gone = f"/still/{token_for('still', thing=10**6, person=town.owner.pk)}/"
    other_purpose = f"/still/{token_for('reply', thing=listing.pk, person=town.owner.pk)}/"
    for wrong in (stranger, gone, other_purpose, path[:-3] + "xx/", "/still/x/"):
        assert Client().get(wrong).status_code == 404
        assert sign_in(town.owner).post(wrong, {"act": "solved"}).status_code == 404
    Membership.objects.filter(user=town.owner).update(role="viewer")
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"act": "solved"}).status_code == 404


def test_each_of_several_editors_has_a_link_of_their_own(
    listing: Listing, town: Town, now: dt.datetime
) -> None:
    other = make_person()
    Membership.objects.create(actor=town.actor, user=other, role="editor", joined_at=now)
    ask_unconfirmed(now=now)
    paths = set(Message.objects.filter(kind="listing_unconfirmed").values_list("path", flat=True))
    assert len(paths) == 2
    for path in paths:
        page(Client(), path)
