"""Teams: kept with a need's proposals, read only where every offer may be read, introduced all or not at all."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import translation

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.flow.cases.models import Case
from musubi.flow.cases.services import introduce_team
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.matching.adapter import ENGINE_VERSION
from musubi.flow.matching.models import Introduction, TeamProposal
from musubi.flow.matching.queries import actors_of_team, match_teams, teams_for
from musubi.flow.matching.queries.team_suggestions import TEAMS
from musubi.flow.matching.services import propose_for_need, propose_for_town, refresh_later
from tests.factories import Town, make_actor, make_listing, make_person
from tests.flow.matching.later import run_later
from tests.together import make_introduction

KITCHEN = ("place", "調理室", 30, "capacity")
HANDS = ("people", "配膳の手伝い", 6, "people")


def make_need(town: Town, *lines: tuple[object, ...]) -> Listing:
    return make_listing(
        town.actor, title="地域食堂の会場と人手", areas=[town.city], lines=lines or [KITCHEN, HANDS]
    )


def make_offer(town: Town, *lines: tuple[object, ...], **fields: object) -> Listing:
    title = "・".join(str(line[1]) for line in lines)
    actor = fields.pop("actor", None) or make_actor(town.municipality, make_person())
    return make_listing(
        actor, Side.OFFER, title=f"地域食堂に{title}", areas=[town.city], lines=lines, **fields
    )


def offers_of(team: TeamProposal) -> list[int]:
    return sorted(team.members.values_list("offer_id", flat=True))


@pytest.fixture
def kitchen(town: Town) -> Listing:
    return make_offer(town, ("place", "調理室", 40, "capacity"))


@pytest.fixture
def hands(town: Town) -> list[Listing]:
    return [make_offer(town, ("people", "配膳の手伝い", 3, "people")) for _ in range(2)]


def test_a_team_is_kept_with_what_each_brings_and_the_engines_version(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    propose_for_need(need=need, now=now)
    team = TeamProposal.objects.get()
    assert offers_of(team) == [kitchen.pk, *(offer.pk for offer in hands)]
    assert (team.need, team.is_complete, team.is_exact, team.engine_version) == (
        need, True, True, ENGINE_VERSION,
    )  # fmt: skip
    assert team.told == ["3者で、求めている2つがそろいます。"]
    brought = {row.offer_id: row.covers for row in team.members.all()}
    assert brought[kitchen.pk] == [
        {"line": 0, "what": "調理室", "unit": "capacity", "amount": 40, "sure": True}
    ]
    assert next(found.actor for found in actors_of_team(team)) in {
        kitchen.actor,
        hands[0].actor,
        hands[1].actor,
    }
    assert all(found.sentence and found.reasons for found in actors_of_team(team))


def test_a_need_of_one_line_has_no_teams(town: Town, now: dt.datetime, kitchen: Listing) -> None:
    propose_for_need(need=make_need(town, KITCHEN), now=now)
    assert not TeamProposal.objects.exists()


def test_asking_again_changes_nothing_and_something_new_supersedes(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    propose_for_need(need=need, now=now)
    first = TeamProposal.objects.get()
    propose_for_need(need=need, now=now + dt.timedelta(hours=1))
    assert TeamProposal.objects.get() == first
    assert Event.objects.filter(verb="teams.refresh").count() == 1
    one = make_offer(town, ("people", "配膳の手伝い", 8, "people"))
    propose_for_need(need=need, now=now + dt.timedelta(hours=2))
    first.refresh_from_db()
    assert first.superseded_at == now + dt.timedelta(hours=2)
    assert offers_of(teams_for(town.coordinator, need)[0]) == [kitchen.pk, one.pk]


def test_what_nobody_gives_is_named(town: Town, now: dt.datetime, kitchen: Listing) -> None:
    need = make_need(town)
    propose_for_need(need=need, now=now)
    team = TeamProposal.objects.get()
    assert [row["sentence"] for row in team.missing] == [
        "「配膳の手伝い」に応える提供は、まだ見つかっていません。"
    ]
    assert not team.is_complete


def test_a_team_speaks_the_readers_language_and_an_older_one_japanese(
    town: Town, now: dt.datetime, kitchen: Listing
) -> None:
    propose_for_need(need=make_need(town), now=now)
    team = TeamProposal.objects.get()
    with translation.override("en"):
        assert team.told == ["One partner covers 1 of the 2 things that are needed."]
        assert team.told_missing == ["No offer has been found yet for “配膳の手伝い”."]
        [found] = actors_of_team(team)
        assert found.sentence == f"{kitchen.actor.name} gives “調理室” (40 seats for the 30 seats needed)."
        assert "There is enough: 40 seats for the 30 seats needed." in found.reasons
    # as they were kept before
    TeamProposal.objects.update(
        sentences=[row["sentence"] for row in team.sentences],
        missing=[{"line": 1, "lacking": None, "sentence": row["sentence"]} for row in team.missing],
    )
    team.members.update(parts=[])
    team = TeamProposal.objects.get()
    with translation.override("en"):
        said = [*team.told, *team.told_missing, actors_of_team(team)[0].sentence]
    assert [(words, words.is_japanese) for words in said] == [
        ("1者で、求めている2つのうち1つがそろいます。", True),
        ("「配膳の手伝い」に応える提供は、まだ見つかっていません。", True),
        (f"{kitchen.actor.name}が、「調理室」（30席のところ40席）に応えます。", True),
    ]


def test_a_team_is_read_only_by_who_may_read_every_offer(
    town: Town, now: dt.datetime, kitchen: Listing
) -> None:
    make_offer(town, ("people", "配膳の手伝い", 8, "people"), visibility="intermediaries")
    need = make_need(town)
    propose_for_need(need=need, now=now)
    whole, part = teams_for(town.coordinator, need)
    assert (whole.is_complete, part.is_complete) == (True, False)
    assert list(teams_for(town.owner, need)) == [part]
    assert offers_of(part) == [kitchen.pk]


@pytest.mark.parametrize(("visibility", "who"), [("intermediaries", "owner"), ("city_hall", "coordinator")])
def test_offers_that_only_others_see_do_not_fill_ones_list(
    visibility: str, who: str, town: Town, now: dt.datetime, kitchen: Listing
) -> None:
    exact, less_alike = (("people", what, 8, "people") for what in ("配膳の手伝い", "お祭りの配膳"))
    hidden = [make_offer(town, exact, visibility=visibility) for _ in range(TEAMS)]
    shown = [make_offer(town, less_alike) for _ in range(TEAMS)]
    need = make_need(town)
    propose_for_need(need=need, now=now)
    everybody = teams_for(town.officer, need)[:TEAMS]
    assert {pk for team in everybody for pk in offers_of(team)} == {kitchen.pk, *(one.pk for one in hidden)}
    own = teams_for(getattr(town, who), need)[:TEAMS]
    assert sorted(offers_of(team) for team in own) == [[kitchen.pk, one.pk] for one in shown]


@pytest.mark.parametrize("change", [{"state": "expired"}, {"state": "reserved"}, {"hidden": True}])
def test_a_team_goes_with_any_of_its_offers(
    change: dict[str, object], town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    propose_for_need(need=need, now=now)
    assert teams_for(town.coordinator, need).exists()
    fields = {"hidden_at": now, "hidden_reason": "確認中"} if "hidden" in change else change
    Listing.objects.filter(pk=hands[0].pk).update(**fields)
    assert not teams_for(town.coordinator, need).exists()


def test_a_team_goes_with_a_pair_that_said_no(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    propose_for_need(need=need, now=now)
    make_introduction(need, hands[0], state="declined")
    assert not teams_for(town.coordinator, need).exists()


def test_the_worker_and_the_whole_town_refresh_teams_too(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    propose_for_town(municipality=town.municipality, now=now)
    assert teams_for(town.coordinator, need).exists()
    Listing.objects.get(pk=hands[0].pk).provisions.update(amount=9)
    refresh_later(listing=hands[0])
    run_later()
    assert offers_of(teams_for(town.coordinator, need)[0]) == [kitchen.pk, hands[0].pk]


def test_the_whole_town_has_teams_for_needs_without_a_proposal(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing], monkeypatch: pytest.MonkeyPatch
) -> None:
    need = make_need(town)
    monkeypatch.setattr("musubi.flow.matching.services.town.match_all", lambda *_args, **_more: [])
    assert propose_for_town(municipality=town.municipality, now=now) == 0
    assert offers_of(teams_for(town.coordinator, need)[0]) == sorted([kitchen.pk, *(one.pk for one in hands)])
    Listing.objects.filter(pk=need.pk).update(state="expired")
    propose_for_town(municipality=town.municipality, now=now)
    assert not TeamProposal.objects.filter(superseded_at=None).exists()


def test_a_need_that_is_over_keeps_no_team(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    propose_for_need(need=need, now=now)
    Listing.objects.filter(pk=need.pk).update(state="expired")
    propose_for_need(need=need, now=now)
    assert not TeamProposal.objects.filter(superseded_at=None).exists()


def test_all_are_introduced_at_once_each_by_its_own_introduction(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    sent = introduce_team(
        need=need, offers=[kitchen, *hands], words="いっしょに", by=town.coordinator, now=now
    )
    assert [row.offer for row in sent] == [kitchen, *hands]
    assert {row.words for row in sent} == {"いっしょに"}
    case = Case.objects.get(need=need)
    assert case.introductions.count() == 3


def test_who_is_asked_already_is_passed_over(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    introduce_team(need=need, offers=[kitchen], words="", by=town.coordinator, now=now)
    sent = introduce_team(need=need, offers=[kitchen, *hands], words="", by=town.coordinator, now=now)
    assert [row.offer for row in sent] == hands
    with pytest.raises(NotAllowed, match="もう全員を紹介しています"):
        introduce_team(need=need, offers=[kitchen, *hands], words="", by=town.coordinator, now=now)


def test_one_who_may_not_be_introduced_stops_all_with_the_reason(
    town: Town, now: dt.datetime, kitchen: Listing, hands: list[Listing]
) -> None:
    need = make_need(town)
    make_introduction(need, hands[1], state="declined")
    with pytest.raises(NotAllowed, match="だれにも送りません。この組み合わせは、前に見送りになりました"):
        introduce_team(need=need, offers=[kitchen, *hands], words="", by=town.coordinator, now=now)
    assert Introduction.objects.count() == 1
    assert not Case.objects.exists()
    with pytest.raises(NotAllowed, match="紹介できるのは"):
        introduce_team(need=need, offers=[kitchen], words="", by=town.owner, now=now)


def test_the_command_prints_teams(
    town: Town, kitchen: Listing, hands: list[Listing], capsys: pytest.CaptureFixture[str]
) -> None:
    need = make_need(town)
    call_command("match", str(need.pk), "--teams")
    printed = capsys.readouterr().out
    assert "編成案1　3者で、求めている2つがそろいます。" in printed
    assert f"・{kitchen.pk} {kitchen.actor.name}が、「調理室」" in printed
    found = match_teams(need, today=dt.date.today())
    assert [len(team.as_json()["members"]) for team in found] == [3]
