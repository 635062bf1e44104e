"""Signals that rest on knowledge, on refusals and on how an actor answers."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_values import need, offer

from musubi_engine import (
    CONCEPTS,
    Concept,
    ConceptTable,
    Line,
    Window,
    concepts_found,
    concepts_in_title,
    propose,
    rank,
)
from musubi_engine.knowledge.base import Knowledge, RecipeBook
from musubi_engine.knowledge.cookbook import Ingredient, Recipe
from musubi_engine.refused import split_refusals
from musubi_engine.signals import time as time_signal
from musubi_engine.signals.base import Pair
from musubi_engine.weights import WEIGHTS


def told(a_need, an_offer, **more):
    return {reason.signal: reason for reason in propose(a_need, an_offer, 0.1, **more).reasons}


def plain(title, resource="place", **more):
    more.setdefault("body", "")
    return offer(title=title, lines=(Line(resource=resource),), **more)


def asked(title, resource="place", **more):
    more.setdefault("body", "")
    return need(title=title, lines=(Line(resource=resource),), **more)


def test_a_kitchen_serves_for_what_coordinators_use_kitchens_for():
    found = told(asked("子ども食堂を開きたい"), plain("空いている厨房"))
    assert found["use"].sentence == "「調理場」は、「食・料理」にも使えます。"
    assert "use" not in told(asked("子ども食堂を開きたい", "people"), plain("空いている厨房"))


def test_what_a_text_refuses_is_not_among_what_it_offers():
    wanted = asked("火が使える場所")
    assert "thing" in told(wanted, plain("台所のある部屋です"))
    refusing = told(wanted, plain("部屋です", body="台所での火の使用はできません。"))
    assert "thing" not in refusing
    assert (
        refusing["refusal"].sentence
        == "提供に「台所での火の使用はできません」とあります。差し支えないか確かめてください。"
    )


@pytest.mark.parametrize(
    ("text", "rest", "refusals"),
    [
        ("車両の貸出はしていません。送迎します", "送迎", ("車両の貸出はしていません",)),
        ("経験は問いません。楽器できます", "問いません", ()),
        ("できること: 相談。できないこと: 費用の負担、送迎", "相談", ("できないこと: 費用の負担、送迎",)),
    ],
)
def test_refusals_are_told_from_what_is_said(text, rest, refusals):
    said = split_refusals(text)
    assert rest in said.rest
    assert said.refusals == refusals


def test_a_month_that_is_full_counts_where_the_need_lies_in_it():
    full = plain("合宿のできる寮", body="8月は満室です。")
    summer = Window(start=date(2027, 8, 7), end=date(2027, 8, 8))
    spring = Window(start=date(2027, 4, 7), end=date(2027, 4, 8))
    assert "refusal" in told(asked("合宿の宿", windows=(summer,)), full)
    assert "refusal" not in told(asked("合宿の宿", windows=(spring,)), full)


RECIPE = Recipe(
    code="x",
    name="ほたる見の会",
    words=("ほたる見",),
    fields=(7,),
    audiences=("地域の人",),
    summary="川べりを歩きます。",
    reason="試し",
    needs=(Ingredient(resource="goods", what="足元を照らす懐中電灯", reason="暗い道です。"),),
)


def test_a_known_activity_expects_what_it_takes():
    own = Knowledge(recipes=RecipeBook([RECIPE]))
    wanted, given_one = asked("ほたる見をしたい", "goods"), plain("懐中電灯を貸します", "goods")
    assert told(wanted, given_one, knowledge=own)["recipe"].sentence == (
        "「ほたる見の会」では、ふつう「足元を照らす懐中電灯」を用意します。それに当たりそうな提供です。"
    )
    assert "recipe" not in told(wanted, plain("懐中電灯の話をします", "expertise"), knowledge=own)
    assert "recipe" not in told(wanted, given_one, knowledge=Knowledge(recipes=RecipeBook([])))


def test_an_installations_own_concepts_relate_two_texts():
    own = Knowledge(
        concepts=CONCEPTS.with_added(
            [Concept(name="染め", kind="theme", words=("ちゅうせん", "型染め"), reason="試し")]
        )
    )
    wanted, given_one = asked("ちゅうせんを習いたい"), plain("型染めの工房")
    assert told(wanted, given_one, knowledge=own)["theme"].sentence == "「染め」に、どちらも関わっています。"
    assert "theme" not in told(wanted, given_one)


def test_concepts_given_with_a_listing_take_the_place_of_those_found():
    corrected = replace(plain("会館"), concepts=frozenset({"認知症"}))
    assert told(asked("認知症カフェ"), corrected)["theme"].value > 0
    assert "theme" not in told(
        asked("認知症カフェ"), replace(plain("認知症の会の会館"), concepts=frozenset())
    )


def test_what_a_title_names_may_be_given_with_a_listing_and_changes_nothing():
    wanted = asked("料理教室をひらく台所を探しています", body="子どもも来ます。")
    kitchens = [plain("台所をお貸しします", ref="o1"), plain("部屋をお貸しします", ref="o2", body="台所つき")]
    saved = [
        replace(each, concepts=concepts_found(each), concepts_in_title=concepts_in_title(each.title))
        for each in kitchens
    ]
    wording = {"o1": 0.1, "o2": 0.1}
    assert rank(wanted, saved, wording=wording) == rank(wanted, kitchens, wording=wording)
    named_elsewhere = [replace(saved[0], concepts_in_title=frozenset()), saved[1]]
    assert rank(wanted, named_elsewhere, wording=wording) != rank(wanted, saved, wording=wording)


def test_the_concepts_proposed_to_an_author_leave_out_what_the_text_refuses():
    found = concepts_found(
        replace(plain("台所のある会館", body="車両の貸出はしていません。"), concepts=frozenset())
    )
    assert "調理場" in found
    assert "車両" not in found


def test_what_is_broader_relates_where_nothing_nearer_is_shared():
    own = Knowledge(
        concepts=ConceptTable(
            [
                Concept(name="広い", kind="theme", words=("ひろいもの",), reason="試し"),
                *(
                    Concept(name=name, kind="theme", words=(name,), broader=("広い",), reason="試し")
                    for name in ("ちゅうせん", "さきおり")
                ),
            ]
        )
    )
    near = told(asked("ちゅうせん"), plain("ちゅうせん"), knowledge=own)["theme"]
    wide = told(asked("ちゅうせん"), plain("さきおり"), knowledge=own)["theme"]
    assert wide.sentence == "「広い」に、どちらも関わっています。"
    assert 0 < wide.value < near.value


def test_the_quick_are_named_the_slow_too_and_the_unknown_stand_between():
    quick, unknown, slow = (
        replace(offer(), ref=ref, responsiveness_days=days)
        for ref, days in (("q", 1.6), ("u", None), ("s", 30.0))
    )
    assert told(need(), quick)["responsiveness"].sentence == "ふだん2日ほどで返事があります。"
    assert told(need(), slow)["slowness"].sentence == (
        "ふだん返事までに30日ほどかかっています。早めに尋ねてください。"
    )
    assert not {"responsiveness", "slowness"} & told(need(), unknown).keys()
    found = rank(need(), [slow, unknown, quick], wording={})
    assert [proposal.offer for proposal in found] == ["q", "u", "s"]


def test_an_offer_of_something_else_is_told_as_such():
    found = told(asked("合唱の練習場所"), plain("合唱の会報に載せます", "publicity"))
    assert found["beside"].sentence == "求めているものとは別の、「広報」の提供です。"
    assert found["beside"].weight < 0


def test_who_finds_people_for_one_matter_does_not_find_them_for_another():
    wanted = asked("畑の草取り", "people")
    anybody = plain("人材バンクです。ご紹介します", "people")
    dancers = plain("太極拳の先生を紹介できます", "people")
    assert "broker" in told(wanted, anybody)
    assert "broker" not in told(wanted, dancers)
    assert "broker" in told(asked("太極拳の先生", "people"), dancers)


@given(
    st.lists(st.floats(0, 0.5), min_size=6, max_size=6),
    st.sampled_from(["台所", "合唱の部屋", "畑", "会館"]),
    st.integers(1, 6),
)
def test_the_first_are_the_same_whether_or_not_all_are_looked_at(wording, title, top):
    """Leaving out what cannot reach the list never changes the list."""
    titles = ("調理室を貸します", "部屋", "畑の手伝い", "台所つき 1日5,000円", "合唱団員募集", "使えません")
    offers = [replace(offer(title=each, body=each), ref=str(number)) for number, each in enumerate(titles)]
    similar = {str(number): value for number, value in enumerate(wording)}
    wanted = need(title=title)
    everything = rank(wanted, offers, wording=similar, top=6, floor=None)
    assert rank(wanted, offers, wording=similar, top=top, floor=None) == everything[:top]
    alone = sorted(
        (propose(wanted, each, similar[each.ref]) for each in offers),
        key=lambda found: (-found.score, found.offer),
    )
    scores = [proposal.score for proposal in everything]
    assert scores == pytest.approx([proposal.score for proposal in alone])


def test_a_signal_without_weight_is_not_told():
    assert "theme" not in told(need(), offer(), weights=replace(WEIGHTS, theme=0.0))


def test_publicity_helps_what_gathers_people_and_money_a_beginning_though_not_asked_for():
    wanted = asked("空襲の絵の展示の会場")
    assert told(wanted, plain("掲示板に貼れます", "publicity"))["helping"].value == 1.0
    assert "helping" not in told(wanted, plain("基金", "money"))
    assert told(asked("居場所を始めたい"), plain("基金", "money"))["helping"].sentence == (
        "これから整える活動なので、費用の面で役立ちそうです。"
    )
    assert "helping" not in told(asked("展示", "publicity"), plain("掲示板", "publicity"))


@pytest.mark.parametrize(
    ("wanted", "given_one", "sentence"),
    [
        ("第2・第4土曜に", "土曜は空いています", "第2・第4土曜の午前が重なります。"),
        ("第二、四土曜に", "第4土曜だけ", "第4土曜の午前が重なります。"),
        ("土曜に", "第1土曜だけ", "第1土曜の午前が重なります。"),
        ("毎週", "毎週", "土曜の午前が重なります。"),
    ],
)
def test_the_weeks_of_the_month_are_told_where_a_text_names_them(wanted, given_one, sentence):
    assert told(need(body=wanted), offer(body=given_one))["time"].sentence == sentence


def test_one_age_against_the_other_is_told_and_nothing_where_one_side_names_none():
    cards = plain("カルタの集まり", "people", body="大会があります。")
    assert "audience" not in told(asked("子どもとお年寄りのカルタの集まり", "people"), cards)
    assert "audience" not in told(asked("お年寄りのカルタの集まり", "people"), cards)
    for_children = plain("園児のカルタの集まり", "people")
    found = told(asked("お年寄りのカルタの集まり", "people"), for_children)
    assert (
        found["audience"].sentence
        == "ニーズは高齢者、提供は子どもについてのものです。対象が合うか確かめてください。"
    )
    for_pupils = plain("小学生のカルタの集まり", "people")  # who are not students yet
    assert "audience" in told(asked("お年寄りのカルタの集まり", "people"), for_pupils)
    for_students = plain("大学の学生のカルタの集まり", "people")
    assert "audience" not in told(asked("お年寄りのカルタの集まり", "people"), for_students)


def test_weeks_that_never_meet_are_no_fit_of_time():
    assert "time" not in told(need(body="第1土曜に"), offer(body="第3土曜だけ空いています"))


def test_a_night_that_runs_into_the_next_day_is_told_as_one():
    night = Window(weekdays=frozenset({5}), opens=time(22), closes=time(2))
    early = Window(weekdays=frozenset({6}), opens=time(0), closes=time(3))
    for given_one in (night, early):
        found = told(need(windows=(night,)), offer(windows=(given_one,)))
        assert "time" not in found or found["time"].sentence == "夜から翌朝にかけて、重なる時間があります。"
    assert "time" in told(need(windows=(night,)), offer(windows=(night,)))


def test_a_weekday_on_which_the_time_is_too_short_for_the_need_does_not_count():
    weekend = Window(weekdays=frozenset({5, 6}), opens=time(9), closes=time(17), least=180)
    saturday = Window(weekdays=frozenset({5}), opens=time(9), closes=time(12))
    sunday = Window(weekdays=frozenset({6}), opens=time(15), closes=time(17))
    found = told(need(windows=(weekend,)), offer(windows=(saturday, sunday)))["time"]
    assert (found.value, found.sentence) == (0.5, "土曜の午前が重なります。必要な3時間を続けて取れます。")
    for least in (120, None):
        shorter = need(windows=(replace(weekend, least=least),))
        assert told(shorter, offer(windows=(saturday, sunday)))["time"].value == 1


DAILY = Window(opens=time(9), closes=time(17))
MORNINGS, SHORT = replace(DAILY, closes=time(12)), replace(DAILY, closes=time(11))
ONE_DAY = replace(DAILY, start=date(2027, 3, 6), end=date(2027, 3, 6))
TWO_DAYS = replace(ONE_DAY, end=date(2027, 3, 7))
SATURDAYS, SUNDAYS = frozenset({5}), frozenset({6})


def value_of_time(wanted, given):
    return time_signal.value(Pair(need=need(windows=wanted), offer=offer(windows=given)))


@pytest.mark.parametrize(
    ("wanted", "given", "without", "with_180"),
    [
        (ONE_DAY, [DAILY], 1, 1),
        (ONE_DAY, [SHORT], 1, 0),
        (ONE_DAY, [replace(MORNINGS, weekdays=SATURDAYS)], 1 / 7, 1 / 7),
        (ONE_DAY, [SHORT, replace(DAILY, weekdays=SATURDAYS)], 1, 1),
        (ONE_DAY, [SHORT, replace(DAILY, weekdays=SUNDAYS)], 1, 0),
        (TWO_DAYS, [SHORT, replace(DAILY, weekdays=SATURDAYS)], 1, 1 / 2),
        (replace(ONE_DAY, weekdays=SATURDAYS), [DAILY], 1, 1),
        (DAILY, [ONE_DAY], 1, 1 / 7),
        (DAILY, [SHORT, replace(MORNINGS, weekdays=SATURDAYS)], 1, 1 / 7),
        (replace(DAILY, weekdays=SATURDAYS | SUNDAYS), [replace(MORNINGS, weekdays=SATURDAYS)], 1 / 2, 1 / 2),
    ],
)
def test_a_length_counts_the_days_on_which_it_fits_and_no_others(wanted, given, without, with_180):
    assert value_of_time([wanted], given) == without
    assert value_of_time([replace(wanted, least=60)], given) == without
    assert value_of_time([replace(wanted, least=180)], given) == pytest.approx(with_180)


@st.composite
def any_windows(draw):
    start, days = date(2027, 3, 1) + timedelta(days=draw(st.integers(0, 9))), draw(st.integers(0, 9))
    return Window(
        start=draw(st.sampled_from([None, start])),
        end=draw(st.sampled_from([None, start + timedelta(days=days)])),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), max_size=3))),
        opens=draw(st.sampled_from([None, time(8), time(13, 30), time(22)])),
        closes=draw(st.sampled_from([None, time(2), time(10), time(15), time(23)])),
        least=draw(st.sampled_from([None, 60])),
    )


@settings(max_examples=200, deadline=None)
@given(
    st.lists(any_windows(), min_size=1, max_size=2), st.lists(any_windows(), max_size=2), st.integers(61, 600)
)
def test_to_state_the_usual_hour_is_to_state_none_and_to_ask_for_more_raises_nothing(
    wanted, given_ones, more
):
    without = value_of_time([replace(window, least=None) for window in wanted], given_ones)
    assert value_of_time(wanted, given_ones) == without
    assert value_of_time([replace(window, least=60) for window in wanted], given_ones) == without
    assert value_of_time([replace(window, least=more) for window in wanted], given_ones) <= without + 1e-9


@pytest.mark.parametrize(
    ("text", "caution"),
    [
        ("花の寄せ植え教室、初回500円、ご好評につき", "sales"),
        ("花の寄せ植えセット、初月半額", "sales"),
        ("花の寄せ植えの会、参加費千円", "recruiting"),
        ("花の寄せ植えのランナー募集", "recruiting"),
        ("花の寄せ植えとケアプランの話をします", None),
        ("花の寄せ植えをお試しで一度ご一緒に。参加費はいただきません", None),
    ],
)
def test_what_reads_as_an_advertisement_is_told_as_one(text, caution):
    found = told(asked("花の寄せ植えの会", "expertise"), plain(text, "expertise", actor_kind="company"))
    assert found.keys() & {"sales", "recruiting"} == ({caution} if caution else set())
