"""The coordinator introduces, and sees on the board what stands still."""

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from musubi.base.notify.models import Message
from musubi.flow.cases.models import Case
from musubi.flow.matching.models import Introduction, Proposal
from tests.factories import Town, make_actor
from tests.together import join_case, make_case, make_introduction, make_need, make_offer
from tests.web.counting import asked_for_many
from tests.web.pairs import Pair
from tests.web.reading import html_of, words, words_of

SignIn = Callable[[object], Client]
BOARD = "/desk/cases/"


def introduce_url(pair: Pair) -> str:
    return f"/desk/cases/introduce/{pair.need.pk}/{pair.offer.pk}/"


def test_from_a_candidate_to_an_introduction_that_both_sides_hear_of(pair: Pair, sign_in: SignIn) -> None:
    client = sign_in(pair.town.coordinator)
    assert introduce_url(pair) in html_of(client, f"/desk/needs/{pair.need.pk}/")
    page = words_of(client, introduce_url(pair))
    assert f"{pair.town.actor.name}に届くもの" in page
    assert f"{pair.offer.actor.name}に届くもの" in page
    assert "100個のうち40個で足ります。" in page
    for secret in ("0120", "chonaikai@example.jp", pair.offer.actor.email, "海野まこと"):
        assert secret not in page
    answer = client.post(introduce_url(pair), {"words": "去年も貸してくださいました。"}, follow=True)
    introduction = Introduction.objects.get()
    sent = f"introduce-{pair.need.pk}-{pair.offer.pk}"
    assert answer.redirect_chain == [(f"/workspace/introductions/{introduction.pk}/?sent={sent}", 302)]
    assert f'data-keep-clear="{sent}"' in answer.content.decode()
    assert "お返事を待ちます" in answer.content.decode()
    assert Case.objects.get().coordinator == pair.town.coordinator
    told = Message.objects.filter(kind="introduction_made").order_by("recipient_id")
    assert {message.recipient for message in told} == {pair.town.owner, pair.giver}
    assert all(client.get(message.path).status_code == 200 for message in told)
    page = html_of(client, f"/desk/needs/{pair.need.pk}/")
    assert introduce_url(pair) not in page
    assert "返事待ち" in page
    assert f"/workspace/cases/{Case.objects.get().pk}/" in page
    assert "調整中にする" not in page


def test_the_page_shows_what_will_be_sent_and_nothing_else(pair: Pair, sign_in: SignIn) -> None:
    proposal = Proposal.objects.get()
    unspoken = {"signal": "time", "sentence": "日にちは決まっていません。", "value": 0, "weight": 0}
    proposal.reasons = [unspoken, *proposal.reasons]
    proposal.save()
    client = sign_in(pair.town.coordinator)
    assert unspoken["sentence"] not in words_of(client, introduce_url(pair))
    client.post(introduce_url(pair), {"words": ""})
    assert unspoken["sentence"] not in Introduction.objects.get().reasons


def test_a_case_that_takes_nobody_any_more_says_so_before(town: Town, sign_in: SignIn) -> None:
    case = make_case(town, state="agreed")
    page = f"/desk/cases/introduce/{case.need_id}/{make_offer(town).pk}/"
    assert "いま新しい相手を受け付けていません" in words_of(sign_in(town.coordinator), page)


def test_a_pair_is_introduced_once(pair: Pair, sign_in: SignIn) -> None:
    client = sign_in(pair.town.coordinator)
    client.post(introduce_url(pair), {"words": ""})
    page = words_of(client, introduce_url(pair))
    assert "もう紹介しています" in page
    assert "紹介を送る" not in page
    again = client.post(introduce_url(pair), {"words": "もう一度"})
    assert "もう紹介しています" in again.content.decode()
    assert Introduction.objects.count() == 1


def test_what_was_typed_stays_when_it_is_refused(pair: Pair, sign_in: SignIn) -> None:
    client = sign_in(pair.town.coordinator)
    pair.offer.state = "reserved"
    pair.offer.save(update_fields=["state"])
    answer = client.post(introduce_url(pair), {"words": "大事なひとこと"}).content.decode()
    assert "大事なひとこと" in answer
    assert "相手をさがしていません" in answer
    assert not Introduction.objects.exists()


def test_who_has_nobody_at_musubi_is_asked_by_telephone(pair: Pair, sign_in: SignIn) -> None:
    offer = make_offer(pair.town, actor=make_actor(pair.town.municipality))
    client = sign_in(pair.town.coordinator)
    path = f"/desk/cases/introduce/{pair.need.pk}/{offer.pk}/"
    assert "お知らせは届かないので" in words_of(client, path)
    client.post(path, {"words": ""})
    assert "電話などで聞いて" in words_of(client, BOARD)


def test_any_offer_of_the_town_can_be_introduced_by_its_number(pair: Pair, sign_in: SignIn) -> None:
    offer = make_offer(pair.town)
    client = sign_in(pair.town.coordinator)
    page = html_of(client, f"/desk/needs/{pair.need.pk}/why-not/?offer={offer.pk}")
    assert f"/desk/cases/introduce/{pair.need.pk}/{offer.pk}/" in page


def test_a_case_is_opened_before_anybody_is_introduced(pair: Pair, sign_in: SignIn) -> None:
    client = sign_in(pair.town.coordinator)
    assert "案件を始める" in words_of(client, f"/desk/needs/{pair.need.pk}/")
    answer = client.post(f"/desk/cases/open/{pair.need.pk}/", follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain == [(f"/workspace/cases/{case.pk}/", 302)]
    second = sign_in(pair.town.officer).post(f"/desk/cases/open/{pair.need.pk}/")
    assert second.status_code == 403
    assert pair.town.coordinator.name in second.content.decode()
    assert "案件 1件" in words_of(client, "/desk/")


def test_only_staff(pair: Pair, other_town: Town, sign_in: SignIn) -> None:
    make_case(pair.town)
    for person in (pair.town.owner, pair.giver, other_town.officer):
        client = sign_in(person)
        assert client.get(introduce_url(pair)).status_code == 403
        assert client.post(introduce_url(pair), {"words": ""}).status_code == 403
    assert sign_in(pair.town.owner).get(BOARD).status_code == 403
    assert not Introduction.objects.filter(offer=pair.offer).exists()


def test_the_board_begins_with_what_stands_still(town: Town, sign_in: SignIn) -> None:
    now = timezone.now()
    old = make_case(town, title="古い案件", moved_at=now - dt.timedelta(days=20))
    new = make_case(town, title="新しい案件", coordinator=None)
    make_case(town, title="終わった案件", state="closed")
    old.next_step, old.next_step_on = "電話する", timezone.localdate() - dt.timedelta(days=1)
    old.save(update_fields=["next_step", "next_step_on"])
    client = sign_in(town.coordinator)
    page = words_of(client, f"{BOARD}?state=talking")
    assert page.index("古い案件") < page.index("新しい案件")
    assert "終わった案件" not in page
    assert "動いている案件（2件）" in page
    assert "すべて（3件）" in page
    assert "終わった案件" not in words_of(client, BOARD)
    assert "終わった案件" in words_of(client, f"{BOARD}?state=all")
    assert "話し合い中（2件）" in page
    assert "（20日）" in page
    assert "予定の日を過ぎています" in page
    assert "担当がいません" in page
    nobodys = words_of(client, f"{BOARD}?coordinator=nobody")
    assert new.title in nobodys
    assert "古い案件" not in nobodys
    assert "新しい案件" not in words_of(client, f"{BOARD}?coordinator=mine")
    found = words_of(client, f"{BOARD}?q=古い&state=nonsense&area=x")
    assert "古い案件" in found
    assert "新しい案件" not in found
    desk = html_of(client, "/desk/")
    assert "案件 2件" in words(desk)
    assert "うち止まっているもの 1件" in words(desk)
    assert f'href="{BOARD}?still=on"' in desk
    still = words_of(client, f"{BOARD}?still=on")
    assert "動いている案件（1件）" in still
    assert "古い案件" in still
    assert "新しい案件" not in still
    assert "still=on" in html_of(client, f"{BOARD}?still=on").partition("</nav>")[2]
    assert "当てはまる案件はありません" in words_of(client, f"{BOARD}?q=どこにもない")


def test_the_board_asks_the_same_number_of_questions(town: Town, sign_in: SignIn) -> None:
    def more(number: int) -> None:
        case = make_case(town, state="open")
        join = make_introduction(case.need, make_offer(town))
        case.introductions.create(introduction=join)
        talking = make_case(town)
        join_case(talking, make_offer(town))

    asked_for_many(sign_in(town.coordinator), [BOARD], more, rows=12)  # two cases each: over a page


def test_introductions_do_not_grow_the_desks_queries(pair: Pair, sign_in: SignIn) -> None:
    case = make_case(pair.town, state="open", need=pair.need)

    def more(number: int) -> None:
        case.introductions.create(introduction=make_introduction(pair.need, make_offer(pair.town)))
        make_case(pair.town, need=make_need(pair.town))

    asked_for_many(sign_in(pair.town.coordinator), (f"/desk/needs/{pair.need.pk}/", "/desk/"), more)
