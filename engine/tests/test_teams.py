"""Teams: what an offer covers, when all can be there, and what is said of it."""

from dataclasses import replace
from datetime import date, time

import pytest
from matching_values import need, offer

from musubi_engine import Line, Listing, Proposal, Window
from musubi_engine.teams import TeamProposal, covers, teams, teams_among

KITCHEN = Line(resource="place", what="火が使える会場", amount=30, unit="capacity")
FOOD = Line(resource="goods", what="野菜や米")
FRIDGE = Line(resource="goods", what="冷蔵庫")
HANDS = Line(resource="people", what="袋詰めの人手", amount=8, unit="people")
MORNING = Window(weekdays=frozenset({5}), opens=time(9), closes=time(12))


def given(ref: str, *lines: Line, title: str = "提供", **changes: object) -> Listing:
    """An offer of an actor of its own."""
    fields = {"actor": f"a-{ref}", "actor_name": f"{ref}の会", "body": "", "windows": (MORNING,)} | changes
    return offer(ref=ref, title=title, lines=lines, **fields)


def found(
    wanted: Listing, *offers: Listing, scores: dict[str, float] | None = None
) -> tuple[TeamProposal, ...]:
    """The teams of some offers, each of which scores a half unless said otherwise."""
    proposals = [
        Proposal(need=wanted.ref, offer=each.ref, score=(scores or {}).get(each.ref, 0.5), engine_version="t")
        for each in offers
    ]
    return teams_among(wanted, proposals, {each.ref: each for each in offers})


def actors(team: TeamProposal) -> list[str]:
    return sorted(member.actor for member in team.members)


@pytest.mark.parametrize(
    ("line", "brought", "is_covered"),
    [
        (FRIDGE, given("o", Line(resource="goods", what="冷蔵庫")), True),
        (FRIDGE, given("o", Line(resource="goods"), title="冷蔵庫と冷凍庫を差し上げます"), True),
        (FRIDGE, given("o", Line(resource="goods"), title="お米を30キロ差し上げます"), False),
        (FRIDGE, given("o", Line(resource="goods"), title="布団とカーテンを差し上げます"), False),
        (FOOD, given("o", Line(resource="goods"), title="精米を30キロ差し上げます"), True),
        (FOOD, given("o", Line(resource="place"), title="野菜と米の直売所の軒先"), False),
        (
            FRIDGE,
            given("o", Line(resource="goods"), title="お菓子の寄付", body="冷蔵庫は各自で用意。"),
            False,
        ),
        (Line(resource="money", what="開業資金"), given("o", Line(resource="money"), title="補助"), True),
        (
            Line(resource="place", what="20人入れる部屋"),
            given("o", Line(resource="place"), title="広間"),
            True,
        ),
        (Line(resource="people"), given("o", Line(resource="people"), title="なんでも"), True),
    ],
)
def test_a_line_is_covered_only_by_what_speaks_of_it(line: Line, brought: Listing, is_covered: bool) -> None:
    assert bool(covers(need(lines=(line,)), brought)) is is_covered


def test_a_further_line_is_covered_only_where_it_is_named() -> None:
    lines = (Line(resource="goods", what="卓球のラケット"), Line(resource="expertise", what="審判の指導"))
    bats = given(
        "o",
        Line(resource="goods"),
        Line(resource="expertise"),
        title="野球のバットとボールを貸します",
        body="経験者が教えます。",
    )
    named = replace(bats, body="審判が教えます。")
    assert len(covers(need(lines=lines), bats)) <= 1
    assert 1 in [cover.line for cover in covers(need(lines=lines), named)]


def test_who_looks_for_members_covers_nothing() -> None:
    line = Line(resource="publicity", what="参加呼びかけの媒体")
    notice = given(
        "o", Line(resource="publicity"), title="地域食堂の交流会 参加団体募集", body="地域食堂の会員募集。"
    )
    assert covers(need(lines=(line,), title="地域食堂の催し"), notice) == ()


def test_hands_that_one_line_takes_are_not_there_for_the_next() -> None:
    lines = (
        Line(resource="people", what="調理", amount=4, unit="people"),
        Line(resource="people", what="送迎", amount=4, unit="people"),
    )
    hands = given("o", Line(resource="people", amount=6, unit="people"), title="調理と送迎の手伝い")
    assert sorted(cover.amount or 0 for cover in covers(need(lines=lines), hands)) == [2, 4]


def test_seats_of_two_rooms_are_no_larger_room_but_people_add_up() -> None:
    small = [
        given(f"r{n}", Line(resource="place", what="調理室", amount=20, unit="capacity")) for n in (1, 2)
    ]
    assert covers(need(lines=(KITCHEN,)), small[0]) == ()
    few = [given(f"p{n}", Line(resource="people", what="袋詰め", amount=4, unit="people")) for n in (1, 2, 3)]
    best = found(need(lines=(HANDS,)), *few)[0]
    assert (actors(best), best.complete) == (["a-p1", "a-p2"], True)


def test_the_fewest_actors_come_first_then_the_largest_sum_then_the_lower_ref() -> None:
    room = [
        given(f"r{n}", Line(resource="place", what="調理室", amount=30, unit="capacity")) for n in (1, 2, 3)
    ]
    food = given("f1", Line(resource="goods", what="野菜や米"))
    both = given(
        "x",
        Line(resource="place", what="火が使える会場", amount=40, unit="capacity"),
        Line(resource="goods", what="野菜や米"),
    )
    answer = found(need(lines=(KITCHEN, FOOD)), *room, food, both, scores={"r3": 0.9, "x": 0.2})
    assert [actors(team) for team in answer] == [
        ["a-x"],
        ["a-f1", "a-r3"],
        ["a-f1", "a-r1"],
        ["a-f1", "a-r2"],
    ]
    assert answer[1].score == pytest.approx(1.4)


def test_one_actor_brings_several_offers_and_counts_once() -> None:
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"), actor="a")
    food = given("f", Line(resource="goods", what="野菜や米"), actor="a")
    best = found(need(lines=(KITCHEN, FOOD)), room, food, scores={"r": 0.7})[0]
    assert [(member.actor, member.offers) for member in best.members] == [("a", ("f", "r"))]
    assert best.score == pytest.approx(0.7)


def test_all_who_must_be_there_share_an_hour_with_each_other() -> None:
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"))
    late = Window(weekdays=frozenset({5}), opens=time(11, 30), closes=time(15))
    noon = Window(weekdays=frozenset({5}), opens=time(10, 30), closes=time(15))
    apart = given("p1", Line(resource="people", what="袋詰め", amount=8, unit="people"), windows=(late,))
    there = given("p2", Line(resource="people", what="袋詰め", amount=8, unit="people"), windows=(noon,))
    wanted = need(lines=(KITCHEN, HANDS), windows=(replace(MORNING, closes=time(15)),))
    answer = found(wanted, room, apart, there, scores={"p1": 0.9, "p2": 0.1})
    assert [actors(team) for team in answer if team.complete] == [["a-p2", "a-r"]]
    assert answer[0].shared == Window(weekdays=frozenset({5}), opens=time(10, 30), closes=time(12))
    assert "集まれる日時は、土曜の10時30分から12時まで" in answer[0].sentences[-1]


@pytest.mark.parametrize(("least", "fits"), [(None, True), (90, True), (91, False), (30, True), (180, False)])
def test_all_who_must_be_there_share_as_long_a_time_as_the_need_states(least: int | None, fits: bool) -> None:
    afternoon = Window(weekdays=frozenset({5}), opens=time(10, 30), closes=time(15))
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"))
    hands = given("p", Line(resource="people", what="袋詰め", amount=8, unit="people"), windows=(afternoon,))
    wanted = need(lines=(KITCHEN, HANDS), windows=(replace(MORNING, closes=time(15), least=least),))
    best = found(wanted, room, hands)[0]
    assert best.complete is fits
    if fits:
        assert best.shared == Window(weekdays=frozenset({5}), opens=time(10, 30), closes=time(12))


def test_each_time_of_the_need_has_a_length_of_its_own() -> None:
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"))
    sunday = Window(weekdays=frozenset({6}), opens=time(9), closes=time(10))
    hands = given(
        "p", Line(resource="people", what="袋詰め", amount=8, unit="people"), windows=(sunday, MORNING)
    )
    short, long = replace(sunday, least=60), replace(MORNING, least=180)
    assert found(need(lines=(KITCHEN, HANDS), windows=(short, long)), room, hands)[0].shared == MORNING
    longer = need(lines=(KITCHEN, HANDS), windows=(short, replace(long, closes=time(15), least=181)))
    assert not found(longer, room, hands)[0].complete
    # Where both are open, the team's time is that of the window it was found for.
    later = (replace(MORNING, closes=time(14)),)
    both = need(lines=(KITCHEN, HANDS), windows=(replace(MORNING, closes=time(15), least=360), MORNING))
    best = found(both, replace(room, windows=later), replace(hands, windows=later))[0]
    assert best.shared == MORNING


def test_things_need_not_be_there_at_the_same_time() -> None:
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"))
    monday = Window(weekdays=frozenset({0}), opens=time(9), closes=time(12))
    food = given("f", Line(resource="goods", what="野菜や米"), windows=(monday,))
    assert found(need(lines=(KITCHEN, FOOD), windows=(MORNING,)), room, food)[0].complete


def test_an_hour_past_midnight_is_shared_too() -> None:
    night = Window(weekdays=frozenset({5}), opens=time(22), closes=time(2))
    after = Window(weekdays=frozenset({6}), opens=time(0), closes=time(3))
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"), windows=(night,))
    hands = given("p", Line(resource="people", what="袋詰め", amount=8, unit="people"), windows=(after,))
    assert found(need(lines=(KITCHEN, HANDS), windows=()), room, hands)[0].complete
    early = replace(after, opens=time(2), closes=time(5))
    assert not found(need(lines=(KITCHEN, HANDS), windows=()), room, replace(hands, windows=(early,)))[
        0
    ].complete


def test_without_a_team_the_largest_cover_says_what_is_missing() -> None:
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"))
    few = given("p", Line(resource="people", what="袋詰め", amount=5, unit="people"))
    best = found(need(lines=(KITCHEN, HANDS, FRIDGE)), room, few)[0]
    assert actors(best) == ["a-p", "a-r"]
    assert [(each.line, each.lacking) for each in best.missing] == [(1, 3), (2, None)]
    assert best.sentences[:3] == (
        "2者で、求めている3つのうち1つがそろいます。",
        "「袋詰めの人手」は、8人のうち3人が足りません。",
        "「冷蔵庫」に応える提供は、まだ見つかっていません。",
    )


def test_an_amount_that_is_not_stated_is_to_be_asked_for() -> None:
    chairs = Line(resource="goods", what="折りたたみいす", amount=40, unit="items")
    unknown = given("g", Line(resource="goods", what="折りたたみいす"))
    best = found(need(lines=(chairs,)), unknown)[0]
    assert best.complete
    assert best.members[0].sentence.endswith("「折りたたみいす」の数は、相手に確かめてください。")


def test_nothing_comes_of_nothing() -> None:
    assert found(need(lines=(FRIDGE,)), given("o", Line(resource="goods"), title="お米")) == ()
    assert found(need(lines=())) == ()


def test_teams_looks_only_among_feasible_offers_and_is_the_same_each_time() -> None:
    room = given("r", Line(resource="place", what="調理室", amount=30, unit="capacity"), title="調理室と台所")
    food = given("f", Line(resource="goods", what="野菜や米"), title="野菜と米")
    gone = given("g", Line(resource="goods", what="野菜や米"), title="野菜と米", state="withdrawn")
    wording = {"r": 0.2, "f": 0.2, "g": 0.9}
    wanted = need(lines=(KITCHEN, FOOD), windows=(replace(MORNING, end=date(2028, 3, 31)),))
    first = teams(wanted, [room, food, gone], wording=wording)
    assert [actors(team) for team in first] == [["a-f", "a-r"]]
    assert teams(wanted, [gone, food, room], wording=wording) == first
