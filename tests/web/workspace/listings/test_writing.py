"""Writing a listing in the browser: nothing typed is lost, whatever is wrong with it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import ListingState, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import LineValue, WindowValue, content_of, create_draft, publish_listing
from tests import factories
from tests.factories import Town

from .posts import posted, text_of, url

SignIn = Callable[[object], Client]


@pytest.fixture
def draft(town: Town, now: dt.datetime) -> Listing:
    return create_draft(actor=town.actor, side=Side.NEED, template=Template.PLACE, by=town.owner, now=now)


@pytest.fixture
def client(town: Town, sign_in: SignIn) -> Client:
    return sign_in(town.owner)


def stored(listing: Listing) -> Listing:
    return Listing.objects.get(pk=listing.pk)


def test_a_card_begins_a_draft_with_what_is_already_known(town: Town, client: Client) -> None:
    page = text_of(client, "/workspace/listings/new/")
    assert "会場を探している" in page
    assert "協働メニューを載せる" not in text_of(client, "/workspace/listings/new/?side=offer")
    response = client.post("/workspace/listings/new/", {"actor": town.actor.pk, "choice": "need:place"})
    listing = Listing.objects.get()
    assert response.headers["Location"] == url(listing, "edit/")
    assert (listing.actor, listing.template, listing.state) == (town.actor, "place", ListingState.DRAFT)
    assert content_of(listing).area_ids == (town.wards[0].pk,)
    assert '<option value="place" selected>' in client.get(url(listing, "edit/")).content.decode()


def test_a_need_made_of_a_local_issue(town: Town, other_town: Town, client: Client) -> None:
    issue = factories.make_issue(town, title="階段の手すりがこわれています", area=town.town, fields=[9])
    path = f"/workspace/listings/new/?issue={issue.pk}"
    assert "階段の手すりがこわれています" in text_of(client, path)
    client.post(path, {"actor": town.actor.pk, "choice": "need:people"})
    listing = Listing.objects.get()
    assert (listing.issue, listing.title, listing.fields) == (issue, issue.title, [9])
    assert content_of(listing).area_ids == (town.wards[0].pk,)
    elsewhere = factories.make_issue(other_town)
    assert client.get(f"/workspace/listings/new/?issue={elsewhere.pk}").status_code == 404


def test_only_the_own_actors_of_this_town_are_offered(town: Town, other_town: Town, client: Client) -> None:
    response = client.post("/workspace/listings/new/", {"actor": other_town.actor.pk, "choice": "need:place"})
    assert response.status_code == 200
    assert not Listing.objects.exists()


def test_somebody_without_an_actor_is_led_to_register_one(town: Town, sign_in: SignIn) -> None:
    assert "登録が必要です" in text_of(sign_in(town.citizen), "/workspace/listings/new/")
    page = sign_in(town.citizen).get("/workspace/listings/new/?side=offer").content.decode()
    assert "?next=%2Fworkspace%2Flistings%2Fnew%2F%3Fside%3Doffer" in page


def test_a_department_writes_a_menu_item(town: Town, sign_in: SignIn) -> None:
    parks = factories.make_actor(
        town.municipality, town.officer, kind=ActorKind.DEPARTMENT, name="公園緑地課"
    )
    client = sign_in(town.officer)
    assert "協働メニューを載せる" in text_of(client, "/workspace/listings/new/?side=offer")
    client.post("/workspace/listings/new/?side=offer", {"actor": parks.pk, "choice": "offer:menu"})
    listing = Listing.objects.get()
    menu = {
        "can_do": "用具を貸します。",
        "cannot_do": "ごみは運べません。",
        "answered_by": "協働係",
        "answers_within_days": "5営業日",
    }
    response = client.post(url(listing, "edit/"), posted(town, **menu, act="check"))
    assert response.headers["Location"] == url(listing, "publish/?saved=1")
    item = stored(listing).menu_item
    assert (item.can_do, item.cannot_do, item.answered_by, item.answers_within_days) == (
        "用具を貸します。",
        "ごみは運べません。",
        "協働係",
        5,
    )


def test_saving_a_draft_demands_nothing(client: Client, town: Town, draft: Listing) -> None:
    empty = posted(
        town,
        title="",
        body="",
        areas=None,
        **{"lines-0-resource": "", "lines-0-what": "", "lines-0-amount": "", "lines-0-unit": ""},
    )
    response = client.post(url(draft, "edit/"), {**empty, "act": "save"})
    assert response.headers["Location"] == url(draft, "edit/?saved=1")
    assert (stored(draft).title, stored(draft).requirements.count()) == ("", 0)


def test_everything_typed_is_stored_as_people_type_it(client: Client, town: Town, draft: Listing) -> None:
    windows = {
        "windows-0-starts_on_year": "令和10",
        "windows-0-starts_on_month": "４",
        "windows-0-starts_on_day": "1",
        "windows-0-opens": "午後1時半",
        "windows-0-closes": "16:00",
    }
    client.post(
        url(draft, "edit/"), posted(town, conditions=["wheelchair_ok"], fields_=["13"], act="save", **windows)
    )
    content = content_of(stored(draft))
    assert content.lines == (LineValue(resource="place", what="台所のある部屋", amount=30, unit="capacity"),)
    assert content.windows == (
        WindowValue(
            starts_on=dt.date(2028, 4, 1), weekdays=(5, 6), opens=dt.time(13, 30), closes=dt.time(16, 0)
        ),
    )
    assert (content.conditions, content.fields) == (("wheelchair_ok",), (13,))


def test_enter_in_a_box_saves_the_draft(client: Client, town: Town, draft: Listing) -> None:
    client.post(url(draft, "edit/"), posted(town))
    assert (stored(draft).title, stored(draft).state) == (
        "こども食堂の会場を探しています",
        ListingState.DRAFT,
    )


@pytest.mark.parametrize(
    ("changes", "sentence", "kept"),
    [
        ({"lines-0-amount": "たくさん"}, "数は「30」や「30人」のように", "たくさん"),
        ({"lines-0-unit": ""}, "単位も選んでください", "３０人"),
        ({"windows-0-starts_on_year": "2027"}, "年・月・日の3つとも", "2027"),
        ({"windows-0-opens": "昼ごろ"}, "時刻は「13:30」", "昼ごろ"),
        ({"windows-0-opens": "15:00", "windows-0-closes": "14:00"}, "始まりの時刻より後", "14:00"),
        (
            {"expires_on_year": "2027", "expires_on_month": "13", "expires_on_day": "1"},
            "その日付はありません",
            "13",
        ),
        ({"title": "あ" * 81}, "80文字まで", "あ" * 81),
        ({"lines-0-resource": ""}, "「種類」を選んでください", "台所のある部屋"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_on_the_page(
    client: Client, town: Town, draft: Listing, changes: dict[str, str], sentence: str, kept: str
) -> None:
    response = client.post(url(draft, "edit/"), {**posted(town), **changes, "act": "save"})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert f'value="{kept}"' in page
    assert stored(draft).body.startswith("月に2回")


def test_publishing_what_is_not_complete_says_what_is_missing(
    client: Client, town: Town, draft: Listing
) -> None:
    lacking = posted(
        town,
        title="",
        areas=None,
        **{"lines-0-resource": "", "lines-0-what": "", "lines-0-amount": "", "lines-0-unit": ""},
    )
    response = client.post(url(draft, "edit/"), {**lacking, "act": "check"})
    page = response.content.decode()
    assert response.status_code == 422
    for sentence in ("題名を入れてください", "必要なものを1つ以上", "地域を1つ以上"):
        assert sentence in page
    assert "3か所" in page
    assert stored(draft).body.startswith("月に2回")


@pytest.mark.parametrize(("button", "rows"), [({"add_row": "lines"}, 3), ({"remove_row": "lines-1"}, 1)])
def test_rows_come_and_go_without_javascript_and_without_complaints(
    client: Client, town: Town, draft: Listing, button: dict[str, str], rows: int
) -> None:
    response = client.post(url(draft, "edit/"), {**posted(town, **{"lines-0-amount": "たくさん"}), **button})
    page = response.content.decode()
    assert response.status_code == 200
    assert len(set(re.findall(r'name="lines-(\d+)-what"', page))) == rows
    assert 'value="たくさん"' in page
    assert "のように入れてください。</p>" not in page
    assert 'role="alert"' not in page
    assert stored(draft).title == ""


def test_a_published_listing_changes_only_when_it_is_whole(
    client: Client, town: Town, draft: Listing, now: dt.datetime
) -> None:
    client.post(url(draft, "edit/"), posted(town))
    publish_listing(listing=draft, by=town.owner, now=now)
    assert "data-autosave=" not in client.get(url(draft, "edit/")).content.decode()
    response = client.post(url(draft, "edit/"), posted(town, title="", version="2"))
    assert response.status_code == 422
    assert stored(draft).title == "こども食堂の会場を探しています"
    response = client.post(url(draft, "edit/"), posted(town, title="会場がまだ要ります", version="2"))
    assert response.headers["Location"] == url(draft, "?saved=1")
    assert stored(draft).title == "会場がまだ要ります"


def test_the_second_of_two_editors_keeps_the_words_and_decides(
    client: Client, town: Town, draft: Listing
) -> None:
    client.post(url(draft, "edit/"), posted(town, title="先の人の題名", page="first"))
    response = client.post(url(draft, "edit/"), posted(town, title="後の人の題名", page="second"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "ほかの人が先に保存しました" in page
    assert 'value="後の人の題名"' in page
    assert stored(draft).title == "先の人の題名"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    client.post(url(draft, "edit/"), posted(town, title="後の人の題名", page="second", version=version[1]))
    assert stored(draft).title == "後の人の題名"


def test_a_page_does_not_collide_with_its_own_saving(client: Client, town: Town, draft: Listing) -> None:
    for title in ("一つ目", "二つ目"):
        assert client.post(url(draft, "autosave/"), posted(town, title=title)).status_code == 204
    response = client.post(url(draft, "edit/"), posted(town, title="三つ目", act="save"))
    assert response.status_code == 302
    assert stored(draft).title == "三つ目"


def test_autosave_keeps_what_can_be_understood(client: Client, town: Town, draft: Listing) -> None:
    response = client.post(url(draft, "autosave/"), posted(town, **{"windows-0-opens": "昼ごろ"}))
    assert response.status_code == 200
    assert "読み取れない欄を除いて" in response.json()["message"]
    content = content_of(stored(draft))
    assert (content.title, content.windows) == (
        "こども食堂の会場を探しています",
        (WindowValue(weekdays=(5, 6)),),
    )


def test_autosave_never_touches_what_others_read(
    client: Client, town: Town, draft: Listing, now: dt.datetime
) -> None:
    client.post(url(draft, "edit/"), posted(town))
    publish_listing(listing=draft, by=town.owner, now=now)
    response = client.post(url(draft, "autosave/"), posted(town, title="書きかけ", version="2"))
    assert response.status_code == 409
    assert "ボタンを押したときだけ" in response.json()["message"]
    assert stored(draft).title == "こども食堂の会場を探しています"


def test_another_editor_is_noticed_by_autosave(client: Client, town: Town, draft: Listing) -> None:
    client.post(url(draft, "autosave/"), posted(town, page="first"))
    response = client.post(url(draft, "autosave/"), posted(town, title="別の画面", page="second"))
    assert response.status_code == 409
    assert stored(draft).title == "こども食堂の会場を探しています"


def test_an_expired_sign_in_gives_back_what_was_typed(town: Town, draft: Listing) -> None:
    client = Client()
    assert client.post(url(draft, "autosave/"), posted(town), headers={"X-Autosave": "1"}).status_code == 401
    client.post(url(draft, "edit/"), posted(town, title="書いていた題名", **{"windows-0-opens": "昼ごろ"}))
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(url(draft, "edit/")).content.decode()
    assert "入力していた内容を戻しました" in page
    assert 'value="書いていた題名"' in page
    assert 'value="昼ごろ"' in page
    assert "時刻は「13:30」" not in page
    assert stored(draft).title == ""
    assert 'value="書いていた題名"' not in client.get(url(draft, "edit/")).content.decode()


def test_conditions_that_an_import_brought_are_not_lost(client: Client, town: Town, draft: Listing) -> None:
    Listing.objects.filter(pk=draft.pk).update(conditions=["no_food"])
    page = client.get(url(draft, "edit/")).content.decode()
    assert re.search(r'name="conditions" value="no_food"[^>]*checked', page)


def test_a_draft_is_thrown_away_after_a_question(client: Client, draft: Listing) -> None:
    assert "元に戻せません" in text_of(client, url(draft, "delete/"))
    client.post(url(draft, "delete/"))
    assert not Listing.objects.exists()


@pytest.mark.parametrize("sent", [None, ""])
@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.PUBLISHED])
def test_who_may_see_it_is_never_widened_by_omission(
    client: Client, town: Town, state: str, sent: str | None
) -> None:
    listing = factories.make_listing(
        town.actor, state=state, visibility="city_hall", areas=[town.wards[0]],
        lines=[("place", "部屋", 30, "capacity")],
    )  # fmt: skip
    response = client.post(url(listing, "edit/"), posted(town, title="直した題名", visibility=sent))
    assert response.status_code == 302
    assert (stored(listing).title, stored(listing).visibility) == ("直した題名", "city_hall")


def test_what_a_request_leaves_out_stays_as_it_is(client: Client, town: Town, draft: Listing) -> None:
    whole = posted(town) | {"town": "浜町一丁目"}
    client.post(url(draft, "edit/"), whole)
    part = {name: value for name, value in whole.items() if name not in ("title", "town")}
    client.post(url(draft, "edit/"), part | {"body": "直した本文", "version": "2"})
    row = stored(draft)
    assert (row.title, row.town, row.body) == (whole["title"], "浜町一丁目", "直した本文")
    client.post(url(draft, "edit/"), whole | {"town": "", "version": "3"})
    assert stored(draft).town == ""
