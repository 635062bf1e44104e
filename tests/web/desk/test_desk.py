"""The coordinator's desk: for the staff of this town, and nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from musubi.base.audit.models import Event
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.enums import ActorKind, ActorState, MandateRole
from musubi.flow.actors.models import Actor, Mandate
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import LineValue, content_of, save_listing
from musubi.flow.matching.models import Proposal
from musubi.flow.matching.services import propose_for_need, propose_for_town, publish_and_match
from tests.factories import Town, give_mandate, make_actor, make_issue, make_listing, make_person
from tests.web.counting import OVER_A_PAGE, asked_for_many, queries_of
from tests.web.reading import without_terms, words

TOWN_PAGES = ["", "issues/", "entry/", "entry/actor/"]
PLACE = ("place", "台所のある部屋", 30, "capacity")
PEOPLE = ("people", "配膳の手伝い", 4, "people")


def text_of(response: Any) -> str:
    return str(response.content.decode())


def make_offer(town: Town, **fields: Any) -> Listing:
    fields.setdefault("actor", make_actor(town.municipality, name="桜台集会所", kind=ActorKind.CIVIC_GROUP))
    fields.setdefault("lines", [("place", "台所のある部屋", 40, "capacity")])
    return make_listing(
        fields.pop("actor"), Side.OFFER, title="台所のある集会所を貸します", areas=[town.city], **fields
    )


@pytest.mark.parametrize("path", [*TOWN_PAGES, "needs/1/"])
def test_nobody_signed_in_is_led_to_the_sign_in_and_back(path: str, town: Town) -> None:
    assert Client().get(f"/desk/{path}").url == f"/accounts/login/?next=/desk/{path}"


@pytest.mark.parametrize("path", TOWN_PAGES)
def test_pages_of_the_town_are_for_its_staff(path: str, town: Town, other_town: Town, sign_in: Any) -> None:
    for person in (town.coordinator, town.officer):
        assert sign_in(person).get(f"/desk/{path}").status_code == 200
    for stranger in (town.owner, town.citizen, other_town.coordinator):
        page = sign_in(stranger).get(f"/desk/{path}")
        assert page.status_code == 403
        assert "コーディネーターと市の担当だけが開けます" in text_of(page)


@pytest.mark.parametrize("path", ["needs/{need}/", "needs/{need}/why-not/", "entry/{actor}/"])
def test_a_row_that_all_may_read_is_worked_on_by_staff_alone(
    path: str, town: Town, other_town: Town, sign_in: Any
) -> None:
    need = make_listing(town.actor, areas=[town.city], lines=[PLACE])
    url = f"/desk/{path.format(need=need.pk, actor=town.actor.pk)}"
    for person in (town.coordinator, town.officer):
        assert sign_in(person).get(url).status_code == 200
    for stranger in (town.owner, town.citizen, other_town.coordinator, other_town.officer):
        page = sign_in(stranger).get(url)
        assert page.status_code == 403
        assert "コーディネーターと市の担当だけが開けます" in text_of(page)


def test_what_another_towns_coordinator_may_not_read_is_not_there(
    town: Town, other_town: Town, sign_in: Any
) -> None:
    need = make_listing(town.actor, areas=[town.city], visibility="registered")
    assert sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/").status_code == 200
    assert sign_in(other_town.coordinator).get(f"/desk/needs/{need.pk}/").status_code == 404
    assert sign_in(other_town.coordinator).post(f"/desk/needs/{need.pk}/reserve/").status_code == 404


@pytest.mark.parametrize("verb", ["propose", "reserve", "release"])
def test_verbs_are_the_staffs_alone(verb: str, town: Town, other_town: Town, sign_in: Any) -> None:
    need = make_listing(town.actor, areas=[town.city], lines=[PLACE])
    for stranger in (town.owner, other_town.coordinator):
        assert sign_in(stranger).post(f"/desk/needs/{need.pk}/{verb}/").status_code == 403
    need.refresh_from_db()
    assert need.state == ListingState.PUBLISHED
    assert sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/{verb}/").status_code == 405


def test_the_queue_begins_with_the_longest_waiting(
    town: Town, other_town: Town, sign_in: Any, now: dt.datetime
) -> None:
    make_listing(town.actor, title="きのうのニーズ", published_at=now - dt.timedelta(days=1), lines=[PLACE])
    make_listing(town.actor, title="先週のニーズ", published_at=now - dt.timedelta(days=7), lines=[PEOPLE])
    make_listing(town.actor, title="下書きのニーズ", state=ListingState.DRAFT)
    make_listing(town.actor, title="調整中のニーズ", state=ListingState.RESERVED)
    make_listing(other_town.actor, title="よその町のニーズ")
    make_offer(town)
    page = text_of(sign_in(town.coordinator).get("/desk/"))
    assert page.index("先週のニーズ") < page.index("きのうのニーズ")
    assert "7日待ち" in page
    assert "2件あります" in page
    for absent in ("下書きのニーズ", "調整中のニーズ", "よその町のニーズ", "台所のある集会所を貸します"):
        assert absent not in page
    newest = text_of(sign_in(town.coordinator).get("/desk/?order=newest"))
    assert newest.index("きのうのニーズ") < newest.index("先週のニーズ")
    people = text_of(sign_in(town.coordinator).get("/desk/?resource=people"))
    assert ("先週のニーズ" in people, "きのうのニーズ" in people) == (True, False)


def test_the_queue_says_what_was_found(town: Town, sign_in: Any, now: dt.datetime) -> None:
    make_offer(town)
    answered = make_listing(town.actor, title="台所のある部屋がほしい", areas=[town.city], lines=[PLACE])
    make_listing(town.actor, title="だれも応えない", areas=[town.city], lines=[("endorsement", "", None, "")])
    propose_for_need(need=answered, now=now)
    page = text_of(sign_in(town.coordinator).get("/desk/"))
    assert "候補1件（いちばん良いもの：" in page
    assert page.count("候補がまだありません") == 1
    only = text_of(sign_in(town.coordinator).get("/desk/?unanswered=on"))
    assert ("だれも応えない" in only, "台所のある部屋がほしい" in only) == (True, False)


def test_a_coordinator_sees_the_needs_of_their_own_areas(town: Town, sign_in: Any) -> None:
    mandate = Mandate.objects.get(user=town.coordinator)
    mandate.areas.add(town.wards[0])
    make_listing(town.actor, title="港区のニーズ", areas=[town.wards[0]])
    make_listing(town.actor, title="川辺区のニーズ", areas=[town.wards[1]])
    make_listing(town.actor, title="全市のニーズ", areas=[town.city])
    make_issue(town, title="港区の困りごと", area=town.town)
    make_issue(town, title="川辺区の困りごと", area=town.wards[1])
    client = sign_in(town.coordinator)
    page = text_of(client.get("/desk/"))
    assert ("港区のニーズ" in page, "全市のニーズ" in page, "川辺区のニーズ" in page) == (True, True, False)
    assert "地域の困りごと 1件" in words(page)
    other = text_of(client.get(f"/desk/?area={town.wards[1].pk}"))
    assert ("川辺区のニーズ" in other, "港区のニーズ" in other) == (True, False)
    issues = text_of(client.get("/desk/issues/"))
    assert ("港区の困りごと" in issues, "川辺区の困りごと" in issues) == (True, False)
    assert "川辺区のニーズ" in text_of(sign_in(town.officer).get("/desk/"))


def test_what_is_for_the_city_hall_is_not_on_a_coordinators_desk(town: Town, sign_in: Any) -> None:
    need = make_listing(town.actor, title="庁内のニーズ", visibility="city_hall", areas=[town.city])
    assert "庁内のニーズ" not in text_of(sign_in(town.coordinator).get("/desk/"))
    assert sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/").status_code == 404
    assert "庁内のニーズ" in text_of(sign_in(town.officer).get("/desk/"))


def test_long_queues_ask_no_more_than_short_ones(town: Town, sign_in: Any, now: dt.datetime) -> None:
    def more(number: int) -> None:
        actor = make_actor(town.municipality, area=town.wards[0])
        need = make_listing(actor, areas=[town.city, town.wards[0]], lines=[PLACE, PEOPLE])
        make_listing(actor, Side.OFFER, areas=[town.city], lines=[PLACE])
        make_issue(town)
        make_listing(actor, state=ListingState.DRAFT, source="paper", entered_by=town.coordinator)
        propose_for_need(need=need, now=now)

    paths = ("/desk/", "/desk/?order=newest", "/desk/issues/", "/desk/entry/?q=団体")
    asked_for_many(sign_in(town.coordinator), paths, more)
    assert Proposal.objects.count() > OVER_A_PAGE


def test_a_need_shows_who_answers_which_line_and_what_nobody_answers(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    offer = make_offer(town)
    need = make_listing(
        town.actor, title="会場と後援がほしい", body="毎月の食事会です。", areas=[town.city],
        lines=[PLACE, ("endorsement", "市の後援", None, "")],
    )  # fmt: skip
    propose_for_need(need=need, now=now)
    page = without_terms(text_of(sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/")))
    proposal = need.proposals_as_need.get(offer=offer)
    assert "毎月の食事会です。" in page
    assert offer.title in page
    for reason in proposal.reasons:
        assert reason["sentence"] in page
    nobody = page[page.index("まだだれも応えていないもの") :]
    assert "後援・信用 市の後援" in nobody[: nobody.index("</ul>")]


def test_a_need_page_asks_no_more_for_many_proposals(town: Town, sign_in: Any, now: dt.datetime) -> None:
    client = sign_in(town.coordinator)
    need = make_listing(town.actor, title="台所のある部屋", areas=[town.city], lines=[PLACE])
    make_offer(town)
    propose_for_need(need=need, now=now)
    few = queries_of(client, f"/desk/needs/{need.pk}/")
    for _ in range(20):
        make_offer(town, actor=make_actor(town.municipality))
    propose_for_need(need=need, now=now)
    assert queries_of(client, f"/desk/needs/{need.pk}/") == few


def test_why_not_shows_lookalikes_and_answers_for_one_offer(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    small = make_offer(town, lines=[("place", "台所のある部屋", 5, "capacity")])
    need = make_listing(town.actor, title="台所のある集会所", areas=[town.city], lines=[PLACE])
    client = sign_in(town.coordinator)
    page = text_of(client.get(f"/desk/needs/{need.pk}/why-not/"))
    assert small.title in page
    assert "30" in page
    asked = text_of(client.get(f"/desk/needs/{need.pk}/why-not/?offer={small.pk}"))
    assert small.title in asked
    fits = make_offer(town, actor=make_actor(town.municipality))
    assert "条件には合っています" in text_of(client.get(f"/desk/needs/{need.pk}/why-not/?offer={fits.pk}"))
    propose_for_need(need=need, now=now)
    listed = text_of(client.get(f"/desk/needs/{need.pk}/why-not/?offer={fits.pk}"))
    assert "候補に出ています" in listed
    assert "ほかにもっと合う" not in listed
    assert "それでも" not in listed
    gone = text_of(client.get(f"/desk/needs/{need.pk}/why-not/?offer=999999"))
    assert "この番号の提供は見つかりません" in gone


def test_an_offer_of_another_town_cannot_be_asked_for(town: Town, other_town: Town, sign_in: Any) -> None:
    need = make_listing(town.actor, areas=[town.city], lines=[PLACE])
    offer = make_offer(other_town)
    page = sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/why-not/?offer={offer.pk}")
    assert "この番号の提供は見つかりません" in text_of(page)


def test_a_need_is_arranged_and_comes_back(town: Town, sign_in: Any) -> None:
    need = make_listing(town.actor, title="会場がほしい", areas=[town.city], lines=[PLACE])
    client = sign_in(town.coordinator)
    assert client.post(f"/desk/needs/{need.pk}/reserve/").url == f"/desk/needs/{need.pk}/"
    need.refresh_from_db()
    assert need.state == ListingState.RESERVED
    assert "会場がほしい" not in text_of(client.get("/desk/")).split('id="needs"')[1]
    assert "公開中に戻す" in text_of(client.get(f"/desk/needs/{need.pk}/"))
    client.post(f"/desk/needs/{need.pk}/release/")
    need.refresh_from_db()
    assert need.state == ListingState.PUBLISHED
    assert client.post(f"/desk/needs/{need.pk}/release/").status_code == 409


def test_proposals_are_looked_for_again(town: Town, sign_in: Any) -> None:
    need = make_listing(town.actor, title="台所のある部屋", areas=[town.city], lines=[PLACE])
    offer = make_offer(town)
    sign_in(town.coordinator).post(f"/desk/needs/{need.pk}/propose/")
    assert [row.offer for row in need.proposals_as_need.filter(superseded_at=None)] == [offer]


def test_a_whole_town_is_matched_and_what_no_longer_fits_goes(town: Town, now: dt.datetime) -> None:
    need = make_listing(town.actor, title="台所のある部屋", areas=[town.city], lines=[PLACE])
    offer = make_offer(town)
    assert propose_for_town(municipality=town.municipality, now=now) == 1
    assert [row.offer for row in need.proposals_as_need.filter(superseded_at=None)] == [offer]
    offer.provisions.update(amount=3)
    assert propose_for_town(municipality=town.municipality, now=now) == 0
    assert not need.proposals_as_need.filter(superseded_at=None).exists()
    assert need.proposals_as_need.count() == 1


def test_an_offer_on_paper_is_typed_in_for_somebody_else(town: Town, sign_in: Any, now: dt.datetime) -> None:
    client = sign_in(town.coordinator)
    found = text_of(client.get("/desk/entry/?q=浜町"))
    assert f"/desk/entry/{town.actor.pk}/" in found
    page = client.post(
        f"/desk/entry/{town.actor.pk}/",
        {
            "source": "paper",
            "choice": "offer:place",
            "title": "集会所を使ってください",
            "body": "平日の昼は空いています。",
        },
    )
    listing = Listing.objects.get()
    assert page.url == f"/workspace/listings/{listing.pk}/edit/"
    assert (listing.source, listing.entered_by, listing.created_by, listing.state, listing.side) == (
        "paper", town.coordinator, town.coordinator, "draft", "offer",
    )  # fmt: skip
    assert client.get(page.url).status_code == 200
    event = Event.objects.get(verb="listing.create")
    assert (event.by, event.on_behalf_of) == (f"user:{town.coordinator.pk}", f"actors.actor:{town.actor.pk}")
    assert messages_for(town.owner).filter(kind=MessageKind.LISTING_ENTERED).exists()
    assert "集会所を使ってください" in text_of(client.get("/desk/"))
    content = content_of(listing)
    listing = save_listing(
        listing=listing, content=type(content)(**{**vars(content), "lines": (LineValue(resource="place"),)}),
        version=1, by=town.coordinator, now=now,
    )  # fmt: skip
    publish_and_match(listing=listing, by=town.coordinator, now=now)
    public = text_of(Client().get(f"/listings/{listing.pk}/"))
    assert "紙で受け付け" in public
    assert "集会所を使ってください" not in text_of(client.get("/desk/"))


def test_a_need_on_paper_says_on_the_desk_how_it_came(town: Town, sign_in: Any) -> None:
    need = make_listing(
        town.actor, source="telephone", entered_by=town.coordinator, areas=[town.city], lines=[PLACE]
    )
    page = text_of(sign_in(town.officer).get(f"/desk/needs/{need.pk}/"))
    assert "電話で届いたものを" in page
    assert f"{town.coordinator}さんが入力しました" in page


def test_somebody_unknown_is_registered_first(town: Town, sign_in: Any) -> None:
    client = sign_in(town.coordinator)
    assert "まだ登録されていません" in text_of(client.get("/desk/entry/?q=どこにもない会"))
    assert 'value="どこにもない会"' in text_of(client.get("/desk/entry/actor/?name=どこにもない会"))
    page = client.post(
        "/desk/entry/actor/",
        {"source": "fax", "kind": "civic_group", "name": "どこにもない会", "phone": "0000-00-0000"},
    )
    actor = Actor.objects.get(name="どこにもない会")
    assert page.url == f"/desk/entry/{actor.pk}/?source=fax"
    assert (actor.state, actor.source, actor.entered_by, actor.visibility_of("phone")) == (
        ActorState.PENDING, "fax", town.coordinator, "city_hall",
    )  # fmt: skip
    assert 'value="fax"' in text_of(client.get(page.url))


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"choice": "offer:place"}, "「どこから届いたか」を選んでください"),
        ({"source": "web", "choice": "offer:place"}, "もう一度選んでください"),
        ({"source": "paper"}, "「何についてか」を選んでください"),
        ({"source": "paper", "choice": "offer:menu"}, "もう一度選んでください"),
        ({"source": "paper", "choice": "need:menu"}, "もう一度選んでください"),
    ],
)
def test_a_paper_that_cannot_be_typed_in_says_why(
    posted: dict[str, str], sentence: str, town: Town, sign_in: Any
) -> None:
    page = sign_in(town.coordinator).post(f"/desk/entry/{town.actor.pk}/", posted)
    assert (page.status_code, sentence in text_of(page), Listing.objects.count()) == (200, True, 0)


def test_a_departments_paper_may_be_a_menu_item(town: Town, sign_in: Any) -> None:
    office = make_actor(town.municipality, kind=ActorKind.DEPARTMENT, name="公園課")
    sign_in(town.officer).post(f"/desk/entry/{office.pk}/", {"source": "counter", "choice": "offer:menu"})
    assert Listing.objects.get().template == "menu"


def test_a_closed_actor_is_not_offered(town: Town, sign_in: Any) -> None:
    closed = make_actor(town.municipality, name="浜町の終わった会", state=ActorState.CLOSED)
    client = sign_in(town.coordinator)
    assert "浜町の終わった会" not in text_of(client.get("/desk/entry/?q=浜町"))
    assert client.get(f"/desk/entry/{closed.pk}/").status_code == 404


def test_an_expired_sign_in_gives_back_what_was_typed(town: Town, sign_in: Any) -> None:
    client = Client()
    url = f"/desk/entry/{town.actor.pk}/"
    client.post(url, {"source": "paper", "choice": "need:place", "body": "電話の方のお話"})
    kept = client.session["kept_post"]
    client = sign_in(town.coordinator)
    session = client.session
    session["kept_post"] = kept
    session.save()
    page = text_of(client.get(url))
    assert "入力していた内容を戻しました" in page
    assert "電話の方のお話" in page


def test_a_second_coordinator_of_another_area_shares_the_town(town: Town, sign_in: Any) -> None:
    other = make_person()
    give_mandate(town.municipality, other, MandateRole.COORDINATOR)
    need = make_listing(town.actor, areas=[town.wards[1]], lines=[PLACE])
    assert sign_in(other).get(f"/desk/needs/{need.pk}/").status_code == 200
