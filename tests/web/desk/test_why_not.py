"""Why an offer is not among the candidates, and who fits a need that others already talk with."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from musubi.flow.cases.models import CaseIntroduction
from musubi.flow.listings.models import Listing
from musubi.flow.matching.adapter import MINIMUM
from musubi.flow.matching.models import Introduction, Proposal
from musubi.flow.matching.queries import blockers_between, match_one
from musubi.flow.matching.services import propose_for_need
from tests.factories import Town
from tests.together import make_case, make_introduction, make_need, make_offer
from tests.web.pairs import Pair
from tests.web.reading import html_of, words_of

SignIn = Callable[[object], Client]


def why_not(need: Listing, offer: Listing | str) -> str:
    return f"/desk/needs/{need.pk}/why-not/?offer={offer.pk if isinstance(offer, Listing) else offer}"


@pytest.mark.parametrize("state", ["proposed", "connected", "declined", "parted"])
def test_no_second_introduction_is_promised_where_it_is_impossible(
    pair: Pair, sign_in: SignIn, state: str
) -> None:
    introduction = make_introduction(pair.need, pair.offer, state=state)
    case = make_case(pair.town, state="open", need=pair.need)
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    client = sign_in(pair.town.coordinator)
    page = html_of(client, why_not(pair.need, pair.offer))
    assert f"/desk/cases/introduce/{pair.need.pk}/{pair.offer.pk}/" not in page
    assert "もう一度紹介できます" not in page
    assert f"/workspace/introductions/{introduction.pk}/" in page


def test_an_offer_among_the_candidates_is_said_to_be_there(pair: Pair, sign_in: SignIn) -> None:
    client = sign_in(pair.town.coordinator)
    page = html_of(client, why_not(pair.need, pair.offer))
    link = f"/desk/needs/{pair.need.pk}/#candidate-{pair.offer.pk}"
    assert link in page
    assert "ほかにもっと合う" not in page
    assert f'id="candidate-{pair.offer.pk}"' in html_of(client, f"/desk/needs/{pair.need.pk}/")


def test_what_has_too_little_in_common_is_told_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    need, offer = make_need(town), make_offer(town)
    today = timezone.localdate()
    assert blockers_between(need, offer, today=today) == ()
    score = match_one(need, today=today)[0].score
    assert score > MINIMUM
    monkeypatch.setattr("musubi.flow.matching.queries.why_not.MINIMUM", score + 0.01)
    [blocker] = blockers_between(need, offer, today=today)
    assert (blocker.rule, "共通するところがわずか" in blocker.sentence) == ("score", True)


@pytest.mark.parametrize(
    "typed", ["{pk}", "http://localhost:8000/listings/{pk}/", "/listings/{pk}/?q=9#top", " ＃０{pk} "]
)
def test_a_pasted_address_is_read(pair: Pair, sign_in: SignIn, typed: str) -> None:
    client = sign_in(pair.town.coordinator)
    page = client.get(f"/desk/needs/{pair.need.pk}/why-not/", {"offer": typed.format(pk=pair.offer.pk)})
    assert f"/listings/{pair.offer.pk}/" in page.content.decode()


@pytest.mark.parametrize("state", ["closed", "expired", "fulfilled", "draft"])
def test_only_a_pair_that_can_be_introduced_is_offered_to_be(town: Town, sign_in: SignIn, state: str) -> None:
    need, offer = make_need(town), make_offer(town, fields=(13,))
    client = sign_in(town.coordinator)
    introduce = f"/desk/cases/introduce/{need.pk}/{offer.pk}/"
    assert introduce in html_of(client, why_not(need, offer))
    Listing.objects.filter(pk=offer.pk).update(state=state)
    offer.refresh_from_db()
    page = html_of(client, why_not(need, offer))
    assert introduce not in page
    assert "それでも紹介する" not in page
    if state != "draft":  # a draft is not to be seen at all
        assert "いまは紹介できません" in page
        assert "いまは相手をさがしていません" in page


@pytest.mark.parametrize(
    "typed", ["-1", "－1", "1.5", "1 2", "9" * 19, "9" * 400, "いす", "https://example.jp/"]
)
def test_what_is_no_number_is_told_at_the_field(pair: Pair, sign_in: SignIn, typed: str) -> None:
    page = words_of(sign_in(pair.town.coordinator), why_not(pair.need, typed))
    assert "番号を読み取れませんでした" in page
    assert "以下の数" not in page
    assert "この内容では探せませんでした" in page
    assert "まだ送られていません" not in page


def test_after_the_first_yes_further_candidates_are_shown_and_introduced(town: Town, sign_in: SignIn) -> None:
    case = make_case(town)
    need, more, hidden = (
        case.need,
        make_offer(town, title="机も貸します"),
        make_offer(town, visibility="city_hall"),
    )
    client = sign_in(town.coordinator)
    page = html_of(client, f"/desk/needs/{need.pk}/")
    introduce = f"/desk/cases/introduce/{need.pk}/{more.pk}/"
    assert introduce in page
    assert f"/desk/cases/introduce/{need.pk}/{hidden.pk}/" not in page
    there = case.parties.exclude(listing=need).get().listing
    assert f"/desk/cases/introduce/{need.pk}/{there.pk}/" not in page
    assert not Proposal.objects.exists()
    assert "候補に出ています" in words_of(client, why_not(need, more))
    found = match_one(need, today=timezone.localdate(), arranged=True)
    why = next(match for match in found if match.offer == more).suggestion.reasons[0]
    assert why.sentence in words_of(client, introduce)
    client.post(introduce, {"words": ""})
    kept = Introduction.objects.get(offer=more).reasons
    assert why.sentence in [row["sentence"] for row in kept]
    assert introduce not in html_of(client, f"/desk/needs/{need.pk}/")


@pytest.mark.parametrize("state", ["agreed", "started"])
def test_a_case_that_takes_nobody_shows_no_candidates(town: Town, sign_in: SignIn, state: str) -> None:
    case, more = make_case(town, state=state), make_offer(town)
    page = html_of(sign_in(town.coordinator), f"/desk/needs/{case.need_id}/")
    assert f"/desk/cases/introduce/{case.need_id}/{more.pk}/" not in page
    assert "公開中ではないので" in page


def test_a_kept_proposal_is_not_changed_by_looking(pair: Pair, sign_in: SignIn) -> None:
    propose_for_need(need=pair.need, now=timezone.now())
    Listing.objects.filter(pk=pair.need.pk).update(state="reserved")
    pair.need.refresh_from_db()
    make_case(pair.town, state="open", need=pair.need)
    before = list(Proposal.objects.values())
    html_of(sign_in(pair.town.coordinator), f"/desk/needs/{pair.need.pk}/")
    assert list(Proposal.objects.values()) == before
