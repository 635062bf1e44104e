"""A listing's poster: what a passer-by needs on one page, and nothing that not everybody may read."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from musubi.flow.actors.models import Actor
from musubi.flow.listings.models import Availability, Listing
from tests.factories import Town, make_listing
from tests.paper import Paper, needs_font, read_paper

pytestmark = pytest.mark.django_db


def poster(listing: Listing) -> Paper:
    answer = Client().get(reverse("public:listing_poster", args=[listing.pk]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=300"
    return read_paper(answer.content)


def make(town: Town, side: str = "need", **fields: Any) -> Listing:
    fields.setdefault("lines", [("place", "台所のある部屋", 30, "capacity")])
    return make_listing(town.actor, side, areas=[town.wards[0]], **fields)


@needs_font
def test_a_need_says_what_when_where_until_when_and_whom_to_ask(town: Town) -> None:
    town.actor.phone, town.actor.email = "044-000-0001", "himitsu@example.jp"
    town.actor.item_visibility = {"phone": "public", "email": "registered"}
    town.actor.save()
    town.municipality.contact = "結浜市民協働センター 電話 0000-21-0555"
    town.municipality.save()
    day = timezone.localdate() + dt.timedelta(days=10)
    need = make(
        town, title="月曜の夜だけ「こどもの食卓」", body="**大人**が要ります。\n\n- 夕方から", expires_on=day
    )
    Availability.objects.create(listing=need, weekdays=[0], opens=dt.time(16, 30), closes=dt.time(19, 0))
    paper = poster(need)
    assert paper.title == "月曜の夜だけ「こどもの食卓」"
    assert paper.author == "結浜市"
    for words in (
        "結浜市", "さがしています", "月曜の夜だけ「こどもの食卓」", "大人が要ります。夕方から",
        "場所 台所のある部屋（30席）", "毎週月 16:30〜19:00", town.wards[0].name, f"{day.month}月{day.day}日",
        town.actor.name, "044-000-0001", "結浜市民協働センター 電話 0000-21-0555",
    ):  # fmt: skip
        assert words in paper.text
    assert "himitsu" not in paper.text
    assert paper.links == {f"http://testserver/listings/{need.pk}/"}
    assert f"http://testserver/listings/{need.pk}/" in paper.text


@needs_font
def test_an_offer_says_that_it_is_one(town: Town) -> None:
    paper = poster(make(town, "offer", title="いすを貸します"))
    assert "お役に立てます" in paper.text
    assert "渡せるもの" in paper.text
    assert "さがしています" not in paper.text


@needs_font
def test_the_longest_listing_is_one_page_within_its_margins(town: Town) -> None:
    town.municipality.contact = "結浜市民協働センター" * 20
    town.municipality.save()
    lines = [("goods", f"長い名前の道具{number}" * 12, 100, "items") for number in range(9)]
    need = make(town, title="とても長い題名" * 11, body="とても長い説明です。" * 400, lines=lines)
    for number in range(9):
        Availability.objects.create(listing=need, weekdays=[0, 2, 4], opens=dt.time(8 + number))
    Actor.objects.filter(pk=town.actor.pk).update(name="とても長い団体の名前" * 9)
    paper = poster(need)
    assert len(paper.pages) == 1
    assert min(paper.margins[0]) > 12
    assert paper.text.count("ほか3件") == 2
    assert paper.links == {f"http://testserver/listings/{need.pk}/"}


@needs_font
def test_a_change_is_on_the_next_poster(town: Town) -> None:
    need = make(town, title="はじめの題名")
    assert "はじめの題名" in poster(need).text
    Listing.objects.filter(pk=need.pk).update(title="あとの題名")
    assert "あとの題名" in poster(need).text


def test_the_page_offers_it_and_its_own_people_read_why_not(town: Town, sign_in: Any) -> None:
    public, registered = make(town), make(town, visibility="registered")
    address = reverse("public:listing_poster", args=[public.pk])
    assert address in Client().get(reverse("public:listing", args=[public.pk])).content.decode()
    page = sign_in(town.owner).get(reverse("public:listing", args=[registered.pk])).content.decode()
    assert "だれでも読めるもの（公開）だけ、ポスターにできます" in page
    assert "poster" not in page
    assert (
        "ポスター"
        not in sign_in(town.citizen).get(reverse("public:listing", args=[registered.pk])).content.decode()
    )
