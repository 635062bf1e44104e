"""Home, the lists and the pages of one thing: who sees what, sound HTML, constant queries."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.flow.actors.models import Credential
from musubi.flow.issues.models import Support
from musubi.flow.moderation.services import hide
from tests.factories import Town, make_actor, make_issue, make_listing, make_person
from tests.web.counting import asked_for_many
from tests.web.public.rows import MENU
from tests.web.public.rows import listing as indexed
from tests.web.sound import is_sound

EXPLAINING = ("about", "accessibility", "help", "roadmap", "privacy", "glossary", "towns")
LEVELS = ("public", "registered", "intermediaries", "city_hall")


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def give_credential(town: Town, now: dt.datetime, title: str = "登録団体", **fields: Any) -> Credential:
    today = timezone.localdate()
    fields.setdefault("valid_from", today - dt.timedelta(days=30))
    return Credential.objects.create(
        actor=fields.pop("actor", town.actor),
        kind="registration",
        title=title,
        issuer_name="結浜市市民協働課",
        given_at=now,
        **fields,
    )


def full_listing(town: Town, side: str = "need", **fields: Any) -> Any:
    fields.setdefault("title", "会場を探しています")
    return make_listing(
        town.actor,
        side,
        areas=[town.wards[0]],
        lines=[
            ("place", "台所のある部屋", 30, "capacity"),
            ("money", "材料代", 12000, "yen"),
            ("people", "手伝い", None, None),
        ],
        windows=[
            {
                "starts_on": dt.date(2027, 1, 9),
                "ends_on": dt.date(2027, 3, 27),
                "weekdays": [5, 6],
                "opens": dt.time(9, 0),
                "least_minutes": 180,
            }
        ],
        conditions=["no_food"],
        wanted_kinds=["company"],
        **fields,
    )


# Explaining pages


@pytest.mark.parametrize("name", EXPLAINING)
def test_pages_that_explain(name: str, town: Town) -> None:
    html = text_of(Client(), reverse(f"public:{name}"))
    is_sound(html)


def test_no_link_leads_nowhere(town: Town, sign_in: Any) -> None:
    """Every link of the pages that explain, of home, header and footer, opens for somebody signed in."""
    full_listing(town)
    make_issue(town)
    client, seen = sign_in(town.owner), set()
    for name in (*EXPLAINING, "home", "search", "issues", "actors", "menu", "register"):
        tree = html5lib.parse(text_of(client, reverse(f"public:{name}")), namespaceHTMLElements=False)
        seen |= {a.get("href").partition("#")[0] for a in tree.iter("a") if a.get("href").startswith("/")}
    seen.discard("")
    dead = {
        href: status for href in sorted(seen) if (status := client.get(href, follow=True).status_code) != 200
    }
    assert dead == {}


def test_the_glossary_explains_the_words_of_collaboration(town: Town) -> None:
    html = text_of(Client(), "/glossary/").replace("\n", "").replace("  ", "")
    for word in ("協働", "共催", "後援", "補助", "委託", "協定", "事業協力", "指定管理"):
        assert f">{word}とは</h3>" in html
    for word in ("ニーズ", "提供", "協働メニュー", "裏付け"):
        assert f"<dt>{word}</dt>" in html


# Home and lists


def test_home_shows_what_is_alive_and_nothing_else(town: Town, other_town: Town, now: dt.datetime) -> None:
    full_listing(town, title="生きたニーズ")
    full_listing(town, "offer", title="生きた提供")
    indexed(town.actor, "offer", title="生きたメニュー", template="menu", menu=MENU)
    indexed(town.actor, "offer", title="見えないもの", template="menu", menu=MENU, visibility="registered")
    indexed(town.actor, "offer", title="見えないもの", template="menu", menu=MENU, state="reserved")
    indexed(other_town.actor, "offer", title="見えないもの", template="menu", menu=MENU)
    make_issue(town, title="生きた困りごと")
    for state in ("draft", "withdrawn", "expired", "reserved", "fulfilled"):
        make_listing(town.actor, title="見えないもの", state=state)
    make_listing(town.actor, title="見えないもの", visibility="registered")
    make_listing(town.actor, title="見えないもの", hidden_at=now, hidden_reason="理由")
    make_listing(make_actor(town.municipality, state="draft"), title="見えないもの")
    make_listing(make_actor(town.municipality, hidden_at=now, hidden_reason="理由"), title="見えないもの")
    make_listing(other_town.actor, title="見えないもの")
    make_issue(town, title="見えないもの", hidden_at=now, hidden_reason="理由")
    make_issue(town, title="見えないもの", state="resolved")
    make_issue(other_town, title="見えないもの")
    html = text_of(Client(), "/")
    is_sound(html)
    for title in ("生きたニーズ", "生きた提供", "生きたメニュー", "生きた困りごと"):
        assert title in html
    assert "見えないもの" not in html


def test_home_of_an_empty_town_says_what_to_do(town: Town) -> None:
    html = text_of(Client(), "/")
    is_sound(html)
    assert "最初のニーズを書く" in html


def test_home_counts_what_this_week_brought(town: Town, now: dt.datetime) -> None:
    full_listing(town, published_at=now - dt.timedelta(days=6))
    full_listing(town, published_at=now - dt.timedelta(days=8))
    full_listing(town, "offer", published_at=now - dt.timedelta(days=8))
    make_issue(town)
    assert "ニーズ1件、提供0件、困りごと1件が新しく載りました。" in text_of(Client(), "/")


def test_home_leads_each_role_to_what_waits(town: Town, sign_in: Any) -> None:
    def led(client: Client) -> list[bool]:
        main = text_of(client, "/").partition("<main")[2]
        return [f'href="{path}"' in main for path in ("/workspace/", "/desk/", "/office/")]

    assert led(Client()) == [False, False, False]
    assert led(sign_in(town.citizen)) == [True, False, False]
    assert led(sign_in(town.coordinator))[:2] == [True, True]
    assert led(sign_in(town.officer))[2]


def test_home_before_there_is_a_town(db: None) -> None:
    html = text_of(Client(), "/")
    is_sound(html)
    assert "musubi init" in html


def fill_home(town: Town, number: int) -> None:
    full_listing(town)
    full_listing(town, "offer")
    indexed(town.actor, "offer", template="menu", menu=MENU, areas=[town.wards[0]])
    actor = make_actor(town.municipality, area=town.wards[0], summary="町の会です。")
    give_credential(town, timezone.now(), actor=actor)
    issue = make_issue(town, area=town.town)
    Support.objects.create(issue=issue, user=make_person(), created_at=timezone.now())


def test_as_many_queries_for_one_row_as_for_many(town: Town, sign_in: Any) -> None:
    paths = ("/", "/issues/", "/actors/", "/register/", "/menu/", f"/actors/{town.actor.pk}/")
    assert asked_for_many([Client(), sign_in(town.owner)], paths, partial(fill_home, town)) <= 20


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/issues/", lambda town, n: make_issue(town, title=f"困りごと{n}")),
        ("/actors/", lambda town, n: make_actor(town.municipality, name=f"会{n}")),
        (
            "/menu/",
            lambda town, n: make_listing(
                town.actor, "offer", title=f"メニュー{n}", template="menu", menu=MENU
            ),
        ),
        ("/register/", lambda town, n: give_credential(town, timezone.now(), title=f"登録{n}")),
    ],
)
def test_lists_go_page_by_page(path: str, make: Callable[[Town, int], Any], town: Town) -> None:
    for number in range(45):
        make(town, number)
    client, seen, params = Client(), [], {"page": "1"}
    while True:
        answer = client.get(path, params)
        is_sound(answer.content.decode())
        page = answer.context["page"]
        seen += [row.pk for row in page.items]
        if not page.has_next:
            break
        params = {"page": str(page.number + 1)}
    assert len(seen) == len(set(seen)) >= 45


def test_lists_narrow_and_nonsense_narrows_nothing(town: Town, now: dt.datetime) -> None:
    make_actor(town.municipality, name="結浜商店", kind="company")
    make_issue(town, title="古い話", state="resolved")
    make_issue(town, title="新しい話")
    give_credential(town, now, title="登録団体")
    client = Client()
    assert "浜町町内会" not in text_of(client, "/actors/?kind=company")
    assert "浜町町内会" in text_of(client, "/actors/?kind=xx&page=０")
    assert "新しい話" not in text_of(client, "/issues/?state=resolved")
    assert {"古い話", "新しい話"} <= set(
        text_of(client, "/issues/?state=withdrawn").replace("<", ">").split(">")
    )
    assert "登録団体" not in text_of(client, "/register/?kind=agreement")
    assert "登録団体" in text_of(client, "/register/?kind=xx")


def test_the_register_says_who_vouches_and_until_when(town: Town, now: dt.datetime) -> None:
    today = timezone.localdate()
    give_credential(town, now, "いまの登録", valid_until=today + dt.timedelta(days=30))
    give_credential(
        town,
        now,
        "過ぎた登録",
        valid_from=today - dt.timedelta(days=60),
        valid_until=today - dt.timedelta(days=1),
    )
    give_credential(town, now, "取り消した登録", revoked_at=now, revoked_reason="解散")
    give_credential(
        town, now, "隠れた登録", actor=make_actor(town.municipality, hidden_at=now, hidden_reason="理由")
    )
    html = text_of(Client(), "/register/")
    is_sound(html)
    rows = {row.split("</tr>")[0] for row in html.split("<tr>")[2:]}
    standing = {
        title: next(word for word in ("有効", "取り消し</", "期間外") if word in row)
        for title in ("いまの登録", "過ぎた登録", "取り消した登録")
        for row in rows
        if title in row
    }
    assert standing == {"いまの登録": "有効", "過ぎた登録": "期間外", "取り消した登録": "取り消し</"}
    assert "隠れた登録" not in html


# One thing


def test_a_listing_says_what_who_vouches_and_what_next(town: Town, now: dt.datetime) -> None:
    give_credential(town, now, "町内会連合会登録")
    give_credential(town, now, "古い登録", revoked_at=now, revoked_reason="解散")
    issue = make_issue(town, title="もとの困りごと")
    listing = full_listing(town, issue=issue, source="paper", entered_by=town.officer)
    html = text_of(Client(), f"/listings/{listing.pk}/")
    is_sound(html)
    for words in (
        "台所のある部屋",
        "30人が入れる広さ",
        "12,000円",
        "土・日",
        "9:00",
        "（続けて3時間）",
        "飲食不可",
        "企業",
        "港区",
        town.actor.name,
        "町内会連合会登録",
        "もとの困りごと",
        "代わりに入力",
        "市民協働課 0000-00-0000",
        f"/report/listing/{listing.pk}/",
    ):
        assert words in html, words
    assert "古い登録" not in html
    assert "合いそうな提供" not in html


def test_a_menu_item_says_who_answers_by_when(town: Town) -> None:
    item = make_listing(town.actor, "offer", template="menu", menu=MENU)
    vague = make_listing(town.actor, "offer", template="menu", menu=MENU | {"answers_within_days": None})
    for path in (f"/listings/{item.pk}/", "/menu/"):
        html = text_of(Client(), path)
        is_sound(html)
        for words in ("会場の手配", "資金の提供", "協働係", "5営業日以内"):
            assert words in html
        assert "None" not in html
    assert "None" not in text_of(Client(), f"/listings/{vague.pk}/")


@pytest.mark.parametrize(
    ("who", "levels"),
    [
        ("visitor", LEVELS[:1]),
        ("stranger", LEVELS[:1]),
        ("citizen", LEVELS[:2]),
        ("coordinator", LEVELS[:3]),
        ("officer", LEVELS),
        ("other officer", LEVELS[:1]),
        ("other coordinator", LEVELS[:1]),
    ],
)
@pytest.mark.parametrize("kind", ["listing", "issue"])
def test_four_levels(kind: str, who: str, levels: Any, town: Town, other_town: Town, sign_in: Any) -> None:
    client = Client()
    if who == "stranger":
        client = sign_in(make_person())
    elif who.startswith("other "):
        client = sign_in(getattr(other_town, who.removeprefix("other ")))
    elif who != "visitor":
        client = sign_in(getattr(town, who))
    for level in LEVELS:
        if kind == "listing":
            path = f"/listings/{make_listing(town.actor, visibility=level).pk}/"
        else:
            path = f"/issues/{make_issue(town, by=town.owner, visibility=level).pk}/"
        answer = client.get(path)
        assert answer.status_code == (200 if level in levels else 404)
        if answer.status_code == 200:
            is_sound(answer.content.decode())


def test_what_is_not_for_others_is_404_and_its_own_see_why(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    rows = {
        "listings": full_listing(town),
        "issues": make_issue(town, by=town.owner),
        "actors": make_actor(town.municipality, town.owner),
    }
    for kind, row in rows.items():
        hide(subject=row, reason="電話番号が載っています。", by=town.officer, now=now)
        path = f"/{kind}/{row.pk}/"
        assert Client().get(path).status_code == sign_in(town.citizen).get(path).status_code == 404
        for person in (town.owner, town.officer):
            html = text_of(sign_in(person), path)
            is_sound(html)
            assert "電話番号が載っています。" in html
    draft = make_listing(town.actor, state="draft", title="")
    assert Client().get(f"/listings/{draft.pk}/").status_code == 404
    is_sound(text_of(sign_in(town.owner), f"/listings/{draft.pk}/"))


def test_an_actor_shows_each_item_to_whom_it_is_meant(town: Town, sign_in: Any) -> None:
    actor = make_actor(
        town.municipality,
        name="見守りの会",
        representative="公開太郎",
        email="touroku@example.jp",
        phone="0000-11-2222",
        address="庁内町1-1",
        url="https://example.jp/",
        item_visibility={
            "representative": "public",
            "email": "registered",
            "phone": "intermediaries",
            "address": "city_hall",
            "url": "public",
        },
    )
    items = ("公開太郎", "touroku@example.jp", "0000-11-2222", "庁内町1-1")
    path = f"/actors/{actor.pk}/"
    for client, count in (
        (Client(), 1),
        (sign_in(town.citizen), 2),
        (sign_in(town.coordinator), 3),
        (sign_in(town.officer), 4),
    ):
        html = text_of(client, path)
        is_sound(html)
        assert [item in html for item in items] == [n < count for n in range(4)]
    assert Event.objects.filter(verb="personal_data.view").count() == 3


def test_who_fits_is_shown_to_those_it_concerns(town: Town, sign_in: Any, now: dt.datetime) -> None:
    from musubi.flow.listings.services import index_listing
    from musubi.flow.matching.services import propose_for_need

    giver = make_actor(town.municipality, make_person(), name="集会所の会")
    need = make_listing(
        town.actor, title="会議の部屋を探す", lines=[("place", "会議室", 20, "capacity")], areas=[town.city]
    )
    offer = make_listing(
        giver,
        "offer",
        title="会議室を貸します",
        lines=[("place", "会議室", 30, "capacity")],
        areas=[town.city],
    )
    for row in (need, offer):
        index_listing(row)
    propose_for_need(need=need, now=now)
    path = f"/listings/{need.pk}/"
    assert "会議室を貸します" not in text_of(Client(), path)
    for person in (town.owner, town.coordinator):
        html = text_of(sign_in(person), path)
        is_sound(html)
        assert "会議室を貸します" in html


# Towns


def test_choosing_a_town_lasts(town: Town, other_town: Town) -> None:
    make_listing(town.actor, title="結浜の掲示")
    make_listing(other_town.actor, title="汐見の掲示")
    client = Client()
    is_sound(text_of(client, "/towns/"))
    answer = client.post("/towns/", {"town": other_town.municipality.pk, "next": "/menu/"})
    assert (answer.status_code, answer["Location"]) == (302, "/menu/")
    html = text_of(client, "/")
    assert ("汐見の掲示" in html, "結浜の掲示" in html) == (True, False)


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_choosing_a_town_leads_nowhere_else(target: str, town: Town) -> None:
    answer = Client().post("/towns/", {"town": town.municipality.pk, "next": target})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("number", ["", "0", "x", "²", "99999", "9" * 40])
def test_a_town_that_is_none(number: str, town: Town) -> None:
    assert Client().post("/towns/", {"town": number}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/listings/999/", "/actors/999/", "/issues/999/", "/report/listing/999/", "/report/town/1/"]
)
def test_what_is_not_there(path: str, town: Town) -> None:
    assert Client().get(path).status_code == 404
