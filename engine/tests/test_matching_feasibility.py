"""Each hard rule, with the case beside it that must pass; and the sentences people get."""

from dataclasses import replace
from datetime import date, time

import pytest
from matching_values import (
    CHIGASAKI,
    KAWASAKI,
    NEED,
    OFFER,
    SAIWAI,
    SATURDAY,
    need,
    offer,
)

from musubi_engine import Line, Window, blockers, feasible, why_not


def rules(a_need, an_offer):
    return [blocker.rule for blocker in blockers(a_need, an_offer)]


def window(**changes):
    values = {
        "start": date(2027, 3, 1),
        "end": date(2027, 3, 31),
        "weekdays": frozenset({5}),
        "opens": time(9),
        "closes": time(12),
    }
    return Window(**values | changes)


def test_the_pair_the_tests_start_from_is_feasible():
    assert why_not(NEED, OFFER) == ()
    assert feasible(NEED, OFFER)


@pytest.mark.parametrize(
    ("a_need", "an_offer", "expected"),
    [
        (NEED, need(ref="n2", actor="a-other"), ["sides"]),
        (need(state="reserved"), OFFER, ["state"]),
        (NEED, offer(state="draft"), ["state"]),
        (NEED, offer(actor="a-need"), ["own"]),
        (need(declined=frozenset({"o1"})), OFFER, ["declined"]),
        (NEED, offer(declined=frozenset({"n1"})), ["declined"]),
        (NEED, offer(lines=(Line(resource="money"),)), ["resources"]),
        (NEED, offer(areas=(SAIWAI,)), ["area"]),
        (NEED, offer(areas=(CHIGASAKI,)), ["area"]),
        (NEED, offer(areas=(KAWASAKI,)), []),
        (need(areas=(KAWASAKI,)), OFFER, []),
        (NEED, offer(areas=()), []),
        (NEED, offer(areas=(CHIGASAKI, SAIWAI, KAWASAKI)), []),
        (NEED, offer(lines=(Line(resource="place", amount=29, unit="capacity"),)), ["capacity"]),
        (NEED, offer(lines=(Line(resource="place", amount=30, unit="capacity"),)), []),
        (NEED, offer(lines=(Line(resource="place"),)), []),
        (need(actor_kind="company"), offer(conditions=frozenset({"non_profit_only"})), ["conditions"]),
        (NEED, offer(conditions=frozenset({"non_profit_only"})), []),
        (
            need(actor_kind="individual"),
            offer(conditions=frozenset({"registered_groups_only"})),
            ["conditions"],
        ),
        (
            need(actor_kind="social_business", registered=True),
            offer(conditions=frozenset({"registered_groups_only"})),
            [],
        ),
        (NEED, offer(conditions=frozenset({"no_food"})), ["conditions"]),
        (
            NEED,
            offer(lines=(Line(resource="goods"),), conditions=frozenset({"no_food"})),
            [],
        ),
        (
            need(title="合唱の練習場所", body="飲食はしません。"),
            offer(conditions=frozenset({"no_food"})),
            [],
        ),
        (
            need(title="小学生の工作教室"),
            offer(conditions=frozenset({"adults_only"})),
            ["conditions"],
        ),
        (NEED, offer(conditions=frozenset({"adults_only"})), []),
        (
            need(title="市政報告会の会場"),
            offer(conditions=frozenset({"no_political_religious"})),
            ["conditions"],
        ),
        (
            need(body="政治や宗教とは一切関係ありません。"),
            offer(conditions=frozenset({"no_political_religious"})),
            [],
        ),
        (need(conditions=frozenset({"wheelchair_ok"})), OFFER, ["conditions"]),
        (
            need(conditions=frozenset({"wheelchair_ok"})),
            offer(conditions=frozenset({"wheelchair_ok"})),
            [],
        ),
    ],
)
def test_hard_rules(a_need, an_offer, expected):
    assert rules(a_need, an_offer) == expected


@pytest.mark.parametrize(
    ("wanted", "given", "fits"),
    [
        (window(), window(), True),
        (window(), window(weekdays=frozenset({6})), False),
        (window(), window(weekdays=frozenset()), True),
        (window(), window(opens=time(11), closes=time(15)), True),
        (window(), window(opens=time(11, 1), closes=time(15)), False),
        (window(), window(start=date(2027, 4, 1), end=date(2027, 4, 30)), False),
        # Sunday 28 February to Friday 5 March: no Saturday in between.
        (window(), window(start=date(2027, 2, 28), end=date(2027, 3, 5)), False),
        (window(), window(start=None, end=None), True),
        (window(), Window(), True),
        # Saturday 23:00 to Sunday 02:00 meets Sunday 00:30 to 02:00.
        (
            window(opens=time(23), closes=time(2)),
            window(weekdays=frozenset({6}), opens=time(0, 30), closes=time(2)),
            True,
        ),
        (
            window(opens=time(23), closes=time(2)),
            window(opens=time(0, 30), closes=time(2)),
            False,
        ),
        # What the need asks for in a window of its own, more or less than an hour; what the offer states is nothing.
        (window(least=180), window(), True),
        (window(least=181), window(), False),
        (window(least=120), window(opens=time(10), closes=time(15)), True),
        (window(least=120), window(opens=time(10, 1), closes=time(15)), False),
        (window(least=30), window(opens=time(11, 30), closes=time(15)), True),
        (window(), window(opens=time(11), closes=time(15), least=180), True),
        (window(opens=None, closes=None, least=24 * 60), Window(), True),
        # Over midnight: three hours from 23:00 are there, four are not.
        (window(opens=time(22), closes=time(3), least=180), window(opens=time(23), closes=time(2)), True),
        (window(opens=time(22), closes=time(3), least=181), window(opens=time(23), closes=time(2)), False),
    ],
)
def test_the_needed_length_on_the_same_day(wanted, given, fits):
    assert feasible(need(windows=(wanted,)), offer(windows=(given,))) is fits


def test_two_short_times_do_not_make_a_long_one():
    halves = (window(closes=time(10, 30)), window(opens=time(10, 30)))
    assert feasible(need(windows=(window(least=90),)), offer(windows=halves))
    assert not feasible(need(windows=(window(least=120),)), offer(windows=halves))


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ((None,), "1時間"),
        ((60,), "1時間"),
        ((None, 60), "1時間"),
        ((90,), "1時間30分"),
        ((180, 180), "3時間"),
        ((None, 180), "必要な長さ"),
    ],
)
def test_the_length_that_is_missing_is_told(lengths, words):
    evening = window(opens=time(18), closes=time(18, 10))
    wanted = need(windows=tuple(window(least=least) for least in lengths))
    (found,) = why_not(wanted, offer(windows=(evening,)))
    assert f"で、同じ日に{words}以上重なる日時がありません。" in found.sentence
    assert found.change == f"どちらかの曜日・期間・時間帯が広がって{words}以上重なると、候補になります。"


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2027, 1, 1), date(2027, 1, 31), True),
        (date(2027, 3, 31), date(2027, 4, 30), True),
        (date(2027, 4, 1), date(2027, 4, 30), False),
    ],
)
def test_goods_need_only_begin_before_the_need_ends(start, end, fits):
    goods = offer(
        lines=(Line(resource="goods"),), windows=(Window(start=start, end=end, weekdays=frozenset({0})),)
    )
    assert feasible(need(windows=(window(),)), goods) is fits


def test_every_rule_that_is_broken_is_told_with_what_would_have_to_change():
    found = blockers(
        NEED, offer(areas=(CHIGASAKI,), lines=(Line(resource="place", amount=10, unit="capacity"),))
    )
    assert [(blocker.sentence, blocker.change) for blocker in found] == [
        (
            "ニーズの地域（川崎市中原区）と提供の地域（茅ヶ崎市）が重なりません。",
            "提供の地域に川崎市中原区が加わる必要があります。",
        ),
        ("必要な30席に対し、10席までです。", "30席以上を受け入れられるようになる必要があります。"),
    ]


@pytest.mark.parametrize(
    ("a_need", "an_offer", "sentence", "change"),
    [
        (
            NEED,
            offer(areas=(CHIGASAKI,)),
            "ニーズの地域（川崎市中原区）と提供の地域（茅ヶ崎市）が重なりません。",
            "提供の地域に川崎市中原区が加わると、候補になります。",
        ),
        (
            need(windows=(window(),)),
            offer(windows=(window(weekdays=frozenset({6}), opens=time(13), closes=time(17, 30)),)),
            (
                "ニーズは土曜の9時から12時まで（2027年3月1日から2027年3月31日まで）、"
                "提供は日曜の13時から17時30分まで（2027年3月1日から2027年3月31日まで）で、"
                "同じ日に1時間以上重なる日時がありません。"
            ),
            "どちらかの曜日・期間・時間帯が広がって1時間以上重なると、候補になります。",
        ),
        (
            NEED,
            offer(lines=(Line(resource="money"),)),
            "求めているのは場所・物品、提供されるのは資金で、重なりがありません。",
            "提供する側が場所・物品も出せるかどうかを、尋ねてみてください。",
        ),
        (
            need(actor_kind="company", title="子どもの料理教室"),
            offer(conditions=frozenset({"non_profit_only", "adults_only"})),
            (
                "営利を目的としない団体に限られ、企業は対象になりません。"
                "大人に限られていますが、ニーズには子どもの参加があります。"
            ),
            "営利を目的としない団体がニーズの主体になる、また、提供者が子どもの参加を認めると、候補になります。",
        ),
    ],
)
def test_a_blocker_that_stands_alone_says_what_would_make_a_candidate(a_need, an_offer, sentence, change):
    assert [(found.sentence, found.change) for found in why_not(a_need, an_offer)] == [(sentence, change)]


def test_nothing_is_promised_for_a_pair_that_shares_nothing_besides():
    stranger = offer(
        title="墓石の写真",
        body="石の話。",
        lines=(Line(resource="place"),),
        fields=frozenset(),
        areas=(CHIGASAKI,),
    )
    assert [found.change for found in why_not(NEED, stranger)] == [
        "提供の地域に川崎市中原区が加わる必要があります。"
    ]
    assert [found.rule for found in why_not(NEED, replace(stranger, areas=()))] == ["relation"]


def test_an_offer_of_something_else_stands_beside_only_when_asked_for():
    money = offer(lines=(Line(resource="money"),))
    assert not feasible(NEED, money)
    assert feasible(NEED, money, beside=True)


def test_the_windows_of_the_tests_are_a_saturday():
    assert SATURDAY.start.weekday() == 5
