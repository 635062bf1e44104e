"""Searching: every spelling, every kind, nothing that the reader may not see, and what to do when nothing is found."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from musubi.base.index.services import refresh_words
from musubi.base.knowledge.models import VainSearch
from musubi.flow.listings.services import index_listing
from musubi.flow.moderation.services import hide
from musubi.web.public.search.finding import FEW
from musubi.web.public.search.snippets import excerpt_of, marked
from tests.factories import Town, make_listing, make_person
from tests.web.counting import asked_for_many
from tests.web.public import rows
from tests.web.sound import is_sound

LEVELS = ("public", "registered", "intermediaries", "city_hall")


def titles(client: Client, **params: Any) -> set[str]:
    page = client.get("/search/", params).context["page"]
    assert page.total == len(page.items)
    return {str(found.row) for found in page.items}


@pytest.mark.parametrize(
    "asked", ["こども食堂", "子ども食堂", "子供食堂", "コドモ食堂", "子ども　食堂", "食堂"]
)
def test_every_spelling_finds_every_spelling(asked: str, town: Town) -> None:
    rows.listing(town.actor, title="こども食堂の会場")
    rows.listing(town.actor, "offer", title="米を寄付します", body="子ども食堂に使ってください。")
    rows.actor(town, name="子供食堂みなと")
    rows.issue(town, title="子ども食堂が遠い")
    rows.listing(town.actor, title="囲碁の相手")
    assert titles(Client(), q=asked) == {
        "こども食堂の会場",
        "米を寄付します",
        "子供食堂みなと",
        "子ども食堂が遠い",
    }


@pytest.mark.parametrize(
    ("asked", "found"), [("企業", 2), ("漢詩", 1), ("企", 2), ("企業 港", 1), ("ＮＰＯ", 1), ("npo", 1)]
)
def test_short_words_and_widths(asked: str, found: int, town: Town) -> None:
    rows.listing(town.actor, title="企業の協力を求めます", body="港の清掃です。")
    rows.actor(town, name="結浜商店", kind="company", summary="地元の小さな店です。")
    rows.actor(town, name="漢詩を読む会", kind="npo")
    assert len(titles(Client(), q=asked)) == found


def test_kinds_are_tabs_that_keep_the_words(town: Town) -> None:
    for title, side in (("祭りの手伝い", "need"), ("祭りの太鼓", "offer")):
        rows.listing(town.actor, side, title=title)
    rows.actor(town, name="祭り保存会")
    rows.issue(town, title="祭りの音が大きい")
    client = Client()
    found = {kind: titles(client, q="祭り", kind=kind) for kind in ("need", "offer", "actor", "issue")}
    assert found == {
        "need": {"祭りの手伝い"},
        "offer": {"祭りの太鼓"},
        "actor": {"祭り保存会"},
        "issue": {"祭りの音が大きい"},
    }
    answer = client.get(
        "/search/", {"q": "祭り", "kind": "need", "area": town.wards[0].pk, "resource": "people"}
    )
    urls = [url for _, url, _ in answer.context["tabs"]]
    words = "q=%E7%A5%AD%E3%82%8A"
    area = f"area={town.wards[0].pk}"
    assert urls == [
        f"/search/?{words}&{area}&resource=people",
        f"/search/?{words}&kind=need&{area}&resource=people",
        f"/search/?{words}&kind=offer&{area}&resource=people",
        f"/search/?{words}&kind=actor&{area}",
        f"/search/?{words}&kind=issue&{area}",
        f"/search/?{words}&kind=story&{area}",
    ]
    for url in urls:
        assert f'href="{url.replace("&", "&amp;")}"' in answer.content.decode()


def test_area_and_resource_narrow(town: Town) -> None:
    here, there = town.wards
    rows.listing(town.actor, title="港の集会室", areas=[here], lines=[("place", "集会室", 20, "capacity")])
    rows.listing(town.actor, title="港の手伝い", areas=[here], lines=[("people", "手伝い", 3, "people")])
    rows.listing(town.actor, title="川辺の集会室", areas=[there], lines=[("place", "集会室", 20, "capacity")])
    rows.issue(town, title="浜の街灯", area=town.town)
    client = Client()
    assert titles(client, area=here.pk) == {"港の集会室", "港の手伝い", "浜の街灯"}
    assert titles(client, area=here.pk, resource="place") == {"港の集会室"}
    assert titles(client, resource="place") == {"港の集会室", "川辺の集会室"}
    assert titles(client, resource="place", kind="issue") == {"浜の街灯"}
    html = client.get("/search/", {"q": "港", "area": here.pk}).content.decode()
    assert "港区を名指ししたものだけです" in html
    assert 'href="/search/?q=%E6%B8%AF"' in html


def test_without_words_the_newest_come_first(town: Town) -> None:
    for number in range(3):
        rows.listing(town.actor, title=f"掲示{number}")
    page = Client().get("/search/", {"kind": "need"}).context["page"]
    assert [str(found.row) for found in page.items] == ["掲示2", "掲示1", "掲示0"]


def test_what_is_over_is_found_when_asked_for(town: Town) -> None:
    for state in ("draft", "published", "reserved", "fulfilled", "withdrawn", "expired"):
        rows.listing(town.actor, title=state, body="町内の椅子の話", state=state)
    for state in ("open", "taken_up", "resolved", "withdrawn"):
        rows.issue(town, title=state, body="町内の椅子の話", state=state)
    now_on = {"published", "reserved", "open", "taken_up"}
    assert titles(Client(), q="椅子") == now_on
    assert titles(Client(), q="椅子", over="1") == now_on | {"fulfilled", "resolved"}


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
def test_four_levels(who: str, levels: tuple[str, ...], town: Town, other_town: Town, sign_in: Any) -> None:
    for level in LEVELS:
        rows.listing(town.actor, title=level, body="回覧の板", visibility=level)
    client = Client()
    if who == "stranger":
        client = sign_in(make_person())
    elif who.startswith("other "):
        client = sign_in(getattr(other_town, who.removeprefix("other ")))
    elif who != "visitor":
        client = sign_in(getattr(town, who))
    assert titles(client, q="回覧") == set(levels)


def test_hidden_is_found_by_nobody(town: Town, sign_in: Any, now: dt.datetime) -> None:
    need = rows.listing(town.actor, title="隠れる掲示")
    problem = rows.issue(town, title="隠れる困りごと")
    group = rows.actor(town, name="隠れる会")
    rows.listing(group, title="隠れる会の掲示")
    assert len(titles(Client(), q="隠れる")) == 4
    for subject in (need, problem, group):
        hide(subject=subject, reason="理由", by=town.officer, now=now)
    for client in (Client(), sign_in(town.owner), sign_in(town.officer)):
        assert titles(client, q="隠れる") == set()


def test_a_row_that_vanished_is_left_out(town: Town) -> None:
    """The index may be a moment behind what a reader may see."""
    gone = rows.listing(town.actor, title="消えた椅子")
    rows.listing(town.actor, title="残る椅子")
    type(gone).objects.filter(pk=gone.pk).update(visibility="city_hall")
    page = Client().get("/search/", {"q": "椅子"}).context["page"]
    assert [str(found.row) for found in page.items] == ["残る椅子"]


def test_pages_with_exact_totals(town: Town) -> None:
    for number in range(45):
        rows.listing(town.actor, title=f"机その{number}")
    seen = []
    for number, (size, more) in enumerate([(20, True), (20, True), (5, False), (0, False)], start=1):
        page = Client().get("/search/", {"q": "机", "page": number}).context["page"]
        assert (len(page.items), page.has_next, page.total) == (size, more, 45)
        seen += [found.row.pk for found in page.items]
    assert len(set(seen)) == 45
    assert "このページには、もうありません" in Client().get("/search/?q=机&page=9").content.decode()


def test_a_full_last_page_has_no_next(town: Town) -> None:
    for number in range(20):
        rows.listing(town.actor, title=f"机その{number}")
    page = Client().get("/search/", {"q": "机"}).context["page"]
    assert (len(page.items), page.has_next) == (20, False)


def test_other_towns_only_when_asked_and_only_what_is_public(
    town: Town, other_town: Town, sign_in: Any, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [".testserver"]
    rows.listing(town.actor, title="結浜の舞台")
    for level in LEVELS:
        rows.listing(other_town.actor, title=f"汐見の舞台{level}", visibility=level)
    client = sign_in(town.officer)
    assert titles(client, q="舞台") == {"結浜の舞台"}
    assert titles(client, q="舞台", everywhere="1") == {"結浜の舞台", "汐見の舞台public"}
    html = client.get("/search/?q=舞台&everywhere=1").content.decode()
    assert "汐見市" in html
    assert titles(Client(HTTP_HOST="shiomi.testserver"), q="舞台") == {"汐見の舞台public"}


def test_one_town_alone_offers_no_others(town: Town) -> None:
    assert "ほかの町もさがす" not in Client().get("/search/").content.decode()


def test_an_area_of_another_town_narrows_nothing(town: Town, other_town: Town) -> None:
    rows.listing(town.actor, title="椅子")
    assert titles(Client(), area=other_town.wards[0].pk) == {"椅子"}


@pytest.mark.parametrize(
    "params",
    [
        {"q": "椅子", "page": "-1"},
        {"q": "椅子", "page": "０"},
        {"q": "椅子", "page": "9" * 300},
        {"q": "椅子", "kind": "?", "area": "x", "resource": "gold", "over": "2", "everywhere": "1"},
        {"q": "\x00椅子\u202e"},
        {"q": "<script>alert(1)</script>"},
        {"q": "'; DROP TABLE --"},
        {"q": "。、！"},
        {"q": "の"},
        {"q": "👍"},
        {"q": "あ" * 5000},
    ],
)
def test_bad_input_gets_a_page(params: dict[str, str], town: Town) -> None:
    rows.listing(town.actor, title="椅子", body="<b>太字</b>&amp;")
    answer = Client().get("/search/", params)
    assert answer.status_code == 200
    is_sound(answer.content.decode())
    assert "<script>alert" not in answer.content.decode()


def test_what_is_too_long_is_cut_with_a_sentence(town: Town) -> None:
    html = Client().get("/search/", {"q": "机" + "あ" * 300}).content.decode()
    assert "はじめの部分だけでさがしました" in html
    assert "200文字まで" in html
    assert "はじめの部分だけ" not in Client().get("/search/", {"q": "机" * 200}).content.decode()


def test_nothing_found_says_what_to_do(town: Town, other_town: Town) -> None:
    html = Client().get("/search/", {"q": "宇宙船", "kind": "need"}).content.decode()
    is_sound(html)
    for words in (
        "見つかりませんでした",
        "短くする",
        "別の言い方",
        "しぼらずに",
        "ほかの町",
        "ニーズを書いて",
        "市民協働課 0000-00-0000",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("港の子ども食堂です", "こども食堂", "港の<mark>子ども食堂</mark>です"),
        ("コドモ食堂", "子供 食堂", "<mark>コドモ</mark><mark>食堂</mark>"),
        ("<b>企業</b>&", "企業", "&lt;b&gt;<mark>企業</mark>&lt;/b&gt;&amp;"),
        ("a<b", "<", "a<mark>&lt;</mark>b"),
        ("町内会と自治会", "自治会", "<mark>町内会</mark>と<mark>自治会</mark>"),
        ("(a+)+$", "(a+)+$", "<mark>(a+)+$</mark>"),
        ("机", "", "机"),
    ],
)
def test_words_are_marked_in_any_spelling_and_safely(text: str, words: str, html: str) -> None:
    assert marked(text, words) == html


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("会議室" + "あ" * 200 + "会議室で車椅子と机", "会議室 車椅子", "車椅子"),
        ("あ" * 200 + "机を二つ、机と机", "机", "机を二つ、机と机"),
        ("短い文の机", "机", "短い文の机"),
        ("あ" * 100, "机", "あ" * 90 + "…"),
        ("あ" * 80 + "参加者三人と11/20の会" + "い" * 80, "「3人」 11月20日", "三人と11/20の会"),
    ],
)
def test_the_excerpt_is_the_window_with_most_of_the_words(text: str, words: str, shown: str) -> None:
    excerpt = excerpt_of(text, words)
    assert shown in excerpt
    assert len(excerpt) <= 92


def test_what_was_found_by_another_spelling_is_marked() -> None:
    assert marked("参加者三人", "3人") == "参加者<mark>三人</mark>"
    assert marked("13人", "3人") == "13人"
    assert marked("11/20（金）の会", "11月20日") == "<mark>11/20</mark>（金）の会"
    assert marked("子ども食堂と机", "「こども食堂」 -机") == "<mark>子ども食堂</mark>と机"
    assert marked("菜園と畑", "畑", {"畑": ("菜園",)}) == "<mark>菜園</mark>と<mark>畑</mark>"


def test_a_phrase_and_words_left_out(town: Town) -> None:
    rows.listing(town.actor, title="子ども食堂の手伝い")
    rows.listing(town.actor, title="子ども会と供食の食堂")
    client = Client()
    assert titles(client, q="子ども食堂") == {"子ども食堂の手伝い", "子ども会と供食の食堂"}
    assert titles(client, q="「子ども食堂」") == {"子ども食堂の手伝い"}
    assert titles(client, q="子ども食堂 -手伝い") == {"子ども会と供食の食堂"}


def groups_of(client: Client, **params: Any) -> dict[str, dict[str, int]]:
    context = client.get("/search/", params).context
    return {group.name: {value.label: value.count for value in group.values} for group in context["groups"]}


def test_each_way_to_narrow_says_how_many_it_leaves(town: Town, sign_in: Any) -> None:
    here, there = town.wards
    hall = {"lines": [("place", "集会室", 20, "capacity")], "fields": [13]}
    rows.listing(town.actor, title="港の集会室", areas=[here], **hall)
    rows.listing(
        town.actor, title="港の集会室の手伝い", areas=[here], lines=[("people", "手伝い", 3, "people")]
    )
    rows.listing(town.actor, "offer", title="川辺の集会室", areas=[there], **hall)
    rows.listing(town.actor, "offer", title="庁内の集会室", areas=[there], visibility="city_hall", **hall)
    client = Client()
    told = groups_of(client, q="集会室")
    assert told["area"] == {here.name: 2, there.name: 1}
    assert told["resource"] == {"場所": 2, "人手": 1}
    assert told["field"] == {"子どもの健全育成": 2}
    assert told["day"] == dict.fromkeys(("月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"), 3)
    assert set(told["month"].values()) == {3}
    assert "concept" not in told
    assert groups_of(client, q="集会室", area=here.pk)["area"] == {here.name: 2, there.name: 1}
    assert groups_of(client, q="集会室", area=here.pk)["resource"] == {"場所": 1, "人手": 1}
    assert groups_of(client, q="集会室", area=there.pk, resource="people")["resource"] == {
        "場所": 1,
        "人手": 0,
    }
    assert groups_of(sign_in(town.officer), q="集会室")["area"] == {here.name: 2, there.name: 2}
    tabs = [label for label, _, _ in client.get("/search/?q=集会室").context["tabs"]]
    assert tabs == ["すべて（3）", "ニーズ（2）", "提供（1）", "人・団体（0）", "困りごと（0）", "事例（0）"]


def test_a_count_is_what_its_link_finds(town: Town) -> None:
    for number in range(6):
        rows.listing(
            town.actor,
            ("need", "offer")[number % 2],
            title=f"椅子{number}",
            areas=[town.wards[number % 2]],
            lines=[(("place", "people", "goods")[number % 3], "椅子", 3, "items")],
        )
    client = Client()
    context = client.get("/search/?q=椅子&kind=need").context
    seen = 0
    for group in context["groups"]:
        for value in group.values:
            assert client.get(value.url).context["page"].total == value.count
            seen += 1
    assert seen > 5


def test_narrowing_by_month_and_weekday(town: Town, now: dt.datetime) -> None:
    first = dt.date(now.year, now.month, 1) + dt.timedelta(days=40)
    month = f"{first:%Y-%m}"
    rows.listing(town.actor, title="いつでも椅子")
    saturdays = make_listing(town.actor, title="土曜の椅子")
    saturdays.availabilities.create(starts_on=first, weekdays=[5])
    index_listing(saturdays)
    over = make_listing(town.actor, title="終わる椅子")
    over.availabilities.create(ends_on=first.replace(day=1) - dt.timedelta(days=1))
    index_listing(over)
    client = Client()
    assert titles(client, month=month) == {"いつでも椅子", "土曜の椅子"}
    assert titles(client, month=month, day="0") == {"いつでも椅子"}
    assert titles(client, day="5") == {"いつでも椅子", "土曜の椅子", "終わる椅子"}
    assert titles(client, month="1999-01", day="9") == {"いつでも椅子", "土曜の椅子", "終わる椅子"}


def test_what_may_have_been_meant_is_offered_and_never_put_in_its_place(town: Town) -> None:
    rows.listing(town.actor, title="公園清掃の仲間")
    rows.listing(town.actor, title="極秘計画", visibility="city_hall")
    refresh_words()
    client = Client()
    answer = client.get("/search/", {"q": "公園清操"})
    assert answer.context["page"].total == 0
    assert [(one.label, one.total) for one in answer.context["meant"]] == [("公園清掃", 1)]
    html = answer.content.decode()
    is_sound(html)
    assert "もしかして" in html
    assert 'href="/search/?q=%E5%85%AC%E5%9C%92%E6%B8%85%E6%8E%83"' in html
    assert titles(client, q=answer.context["meant"][0].label) == {"公園清掃の仲間"}
    assert client.get("/search/", {"q": "公園清掃"}).context["meant"] == []
    assert client.get("/search/", {"q": "極秘計書"}).context["meant"] == []
    assert client.get("/search/", {"q": "公園清操", "kind": "offer"}).context["meant"] == []


def test_the_last_word_is_completed_while_it_is_written(town: Town) -> None:
    rows.listing(town.actor, title="公園清掃の仲間")
    rows.listing(town.actor, title="公園極秘計画", visibility="city_hall")
    refresh_words()
    for typed, words in (
        ("公園", {"公園清掃"}),
        ("こうえん", {"公園", "公園清掃"}),
        ("仲間 公園", {"仲間 公園清掃"}),
    ):
        answer = Client().get("/search/words/", {"q": typed})
        assert {one.label for one in answer.context["found"]} == words
        assert "<html" not in answer.content.decode()
    assert Client().get("/search/words/").context["found"] == []


def test_nothing_found_leads_to_where_there_is_something(town: Town) -> None:
    here, there = town.wards
    rows.listing(town.actor, title="港の集会室", areas=[here])
    context = Client().get("/search/", {"q": "集会室 宇宙船"}).context
    assert [(one.label, one.total) for one in context["fewer"]] == [("集会室", 1)]
    answer = Client().get("/search/", {"q": "集会室", "kind": "offer", "area": there.pk})
    assert {(shown.label, shown.count) for shown in answer.context["elsewhere"]} == set()
    answer = Client().get("/search/", {"q": "集会室", "kind": "need", "area": there.pk})
    assert {(shown.label, shown.count) for shown in answer.context["elsewhere"]} == {(here.name, 1)}
    answer = Client().get("/search/", {"q": "集会室", "kind": "offer"})
    assert {(shown.label, shown.count) for shown in answer.context["elsewhere"]} == {("ニーズ", 1)}
    html = answer.content.decode()
    is_sound(html)
    for words in ("ニーズの中でさがす（1件）", "相談する", "地域の困りごととして伝える", "協働メニュー"):
        assert words in html


def test_a_phrase_within_the_heading_has_other_marks(town: Town) -> None:
    html = Client().get("/search/", {"q": "「子ども食堂」"}).content.decode()
    assert "「『子ども食堂』」" in html
    assert 'value="「子ども食堂」"' in html


def test_a_sentence_nothing_has_word_for_word_leads_to_what_is_near(town: Town) -> None:
    rows.listing(town.actor, "offer", title="祭りのテントをお貸しできます")
    rows.listing(town.actor, "offer", title="テントの極秘の貸し出し", visibility="city_hall")
    rows.listing(town.actor, title="囲碁の相手")
    answer = Client().get("/search/", {"q": "テントを貸してください"})
    assert answer.context["page"].total == 0
    assert [str(found.row) for found in answer.context["nearest"]] == ["祭りのテントをお貸しできます"]
    assert [(one.label, one.total) for one in answer.context["fewer"]] == [("テント", 1)]
    html = answer.content.decode()
    is_sound(html)
    for words in ("ことばの近いもの", "「テント」だけでさがす（1件）"):
        assert words in html
    for exact in ("「テントを貸してください」", "テントを貸してください -囲碁", "碁石", "宇宙船の操縦士"):
        assert Client().get("/search/", {"q": exact}).context["nearest"] == []


def test_the_excerpt_shows_where_the_words_are(town: Town) -> None:
    rows.listing(
        town.actor, title="お知らせ", body=f"{'はじめに。' * 40}会議室を使えます。{'おわりに。' * 40}"
    )
    found = Client().get("/search/", {"q": "会議室"}).context["page"].items[0]
    assert "<mark>会議室</mark>" in found.excerpt
    assert found.excerpt.startswith("…")
    assert found.excerpt.endswith("…")


def test_as_many_queries_for_one_row_as_for_many(town: Town) -> None:
    def more(number: int) -> None:
        rows.listing(town.actor, "offer", title="椅子の会", template="menu", menu=rows.MENU)
        rows.listing(town.actor, title="椅子を探す", areas=[town.wards[0]])
        rows.actor(town, name="椅子の友", area=town.wards[0])
        rows.issue(town, title="椅子が無い", area=town.town)

    for number in range(FEW):  # with fewer, what somebody may have meant is looked for besides
        more(number)
    kinds = ("q=椅子&kind=offer", "q=椅子&kind=need", "q=椅子&kind=actor", "q=椅子&kind=issue", "kind=need")
    assert asked_for_many(Client(), [f"/search/?{kind}" for kind in kinds], more) <= 10
    assert all(Client().get(f"/search/?{kind}").context["page"].items for kind in kinds)


def test_the_page_is_sound_for_everybody(town: Town, other_town: Town, sign_in: Any) -> None:
    rows.listing(town.actor, title="椅子 & 机 <大>", areas=[town.wards[0]])
    rows.listing(town.actor, "offer", title="椅子", template="menu", menu=rows.MENU, visibility="registered")
    rows.actor(town, name="椅子の会", summary="椅子を直します。", area=town.wards[0])
    rows.issue(town, title="椅子がない", area=town.town)
    for client in (Client(), sign_in(town.citizen), sign_in(town.officer)):
        for query in ("", "?q=椅子", "?q=椅子&kind=offer", "?q=椅子&everywhere=1&over=1", "?q=無い物"):
            is_sound(client.get(f"/search/{query}").content.decode())


def test_before_there_is_a_town(db: None) -> None:
    assert "まだ町がありません" in Client().get("/search/").content.decode()


def test_a_listings_concepts_lead_to_what_else_speaks_of_them(town: Town) -> None:
    kitchen = rows.listing(town.actor, title="台所を探しています", concepts=["調理場", "食・料理"])
    rows.listing(town.actor, "offer", title="厨房をお貸しします", concepts=["調理場"])
    rows.listing(town.actor, title="囲碁の相手", concepts=["囲碁・将棋・茶華道"])
    client = Client()
    link = "/search/?concept=%E8%AA%BF%E7%90%86%E5%A0%B4"
    assert f'href="{link}"' in client.get(f"/listings/{kitchen.pk}/").content.decode()
    assert titles(client, concept="調理場") == {"台所を探しています", "厨房をお貸しします"}
    assert titles(client, concept="調理場", kind="offer") == {"厨房をお貸しします"}
    assert titles(client, concept="調理場", q="台所") == {"台所を探しています"}
    assert client.get(link).context["groups"][-1].chosen == "調理場"


def vain() -> list[tuple[str, int]]:
    return list(VainSearch.objects.order_by("words").values_list("words", "count"))


def test_words_that_find_nothing_are_counted_without_who(town: Town, sign_in: Any) -> None:
    rows.listing(town.actor, title="囲碁の相手")
    client = Client()
    client.get("/search/", {"q": "よりあい"})
    sign_in(town.owner).get("/search/", {"q": "よりあい"})
    client.get("/search/", {"q": "囲碁"})
    for narrowed in ({"kind": "offer"}, {"resource": "place"}, {"page": "2"}, {"concept": "調理場"}):
        client.get("/search/", {"q": "つどい", **narrowed})
    for unkept in ("090-1234-5678", "「」", "-", "% ・"):
        client.get("/search/", {"q": unkept})
    client.get("/search/")
    assert vain() == [("よりあい", 2)]


def test_what_can_be_chosen_is_said_in_the_readers_language_and_by_the_wards_present_name(town: Town) -> None:
    here = town.wards[0]
    rows.listing(town.actor, title="港の集会室", areas=[here], lines=[("place", "集会室", 20, "capacity")])

    def shown(language: str) -> str:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return "".join(client.get("/search/").content.decode().split())

    assert f">{here.name}<" in shown("ja")
    assert ">なにを<" in shown("ja")
    assert ">なにを<" not in shown("en")
    assert ">なにを<" in shown("ja")
    here.name = "新港区"
    here.save()
    assert ">新港区<" in shown("ja")
