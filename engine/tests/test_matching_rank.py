"""The order and its reasons: properties that hold for any listings, and cases one can read."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_values import KAWASAKI, NEED, OFFER, SAIWAI, SATURDAY, need, offer

from musubi_engine import (
    CONCEPTS,
    ENGINE_VERSION,
    WEIGHTS,
    Credential,
    Line,
    Listing,
    Weights,
    Window,
    feasible,
    proposals_per_line,
    propose,
    rank,
    rank_needs,
    wording_similarities,
)
from musubi_engine.labels import CONDITIONS, KINDS, RESOURCES, UNITS
from musubi_engine.reading import yen_amounts
from musubi_engine.relation import related
from musubi_engine.signals import BOUNDS, SIGNALS, STEPS, Pair
from musubi_engine.words import shared_words

WORDS = st.sampled_from(
    [
        "台所",
        "火が使える",
        "会場",
        "土曜の午前",
        "子ども食堂",
        "体操の先生",
        "トング",
        "有料",
        "3,000円から",
        "参加者募集",
        "夜間は不可",
        "防災訓練",
        "車いす",
        "高齢者",
        "キッズ",
    ]
)
TEXT = st.lists(WORDS, max_size=5).map("、".join)
LINES = st.lists(
    st.builds(
        Line,
        resource=st.sampled_from(sorted(RESOURCES)),
        what=TEXT,
        amount=st.one_of(st.none(), st.integers(0, 200)),
        unit=st.sampled_from(sorted(UNITS)),
    ),
    max_size=3,
).map(tuple)
WINDOWS = st.lists(
    st.builds(
        Window,
        start=st.one_of(st.none(), st.dates(date(2027, 1, 1), date(2027, 6, 30))),
        end=st.one_of(st.none(), st.dates(date(2027, 4, 1), date(2027, 12, 31))),
        weekdays=st.frozensets(st.integers(0, 6)),
        opens=st.one_of(st.none(), st.times()).map(lambda hour: hour and time(hour.hour)),
        closes=st.one_of(st.none(), st.times()).map(lambda hour: hour and time(hour.hour)),
        least=st.one_of(st.none(), st.integers(15, 24 * 60)),
    ),
    max_size=2,
).map(tuple)


def listings(side, refs):
    return st.builds(
        Listing,
        ref=st.sampled_from(refs),
        side=st.just(side),
        title=TEXT,
        body=TEXT,
        actor=st.sampled_from(["a", "b", "c"]),
        actor_kind=st.sampled_from(sorted(KINDS)),
        lines=LINES,
        fields=st.frozensets(st.integers(1, 20), max_size=3),
        areas=st.lists(st.sampled_from([KAWASAKI, SAIWAI]), max_size=2).map(tuple),
        town=st.sampled_from(["", "木月"]),
        windows=WINDOWS,
        conditions=st.frozensets(st.sampled_from(sorted(CONDITIONS)), max_size=2),
        wanted_kinds=st.frozensets(st.sampled_from(sorted(KINDS)), max_size=2),
        cannot_do=TEXT,
    )


# Enough to find a broken rule, few enough for the five seconds that all engine tests may take.
FEW = settings(max_examples=40, deadline=None)
NEEDS = listings("need", ["n1"])
OFFERS = listings("offer", ["o1"])
POOLS = st.lists(listings("offer", [f"o{n}" for n in range(9)]), max_size=6, unique_by=lambda one: one.ref)


@FEW
@given(NEEDS, POOLS, st.randoms(use_true_random=False))
def test_the_order_depends_on_nothing_but_the_values(a_need, pool, random):
    wording = wording_similarities(a_need, pool)
    ranked = rank(a_need, pool, wording=wording)
    shuffled = random.sample(pool, len(pool))
    assert rank(a_need, shuffled, wording=wording) == ranked


@FEW
@given(NEEDS, POOLS)
def test_only_what_is_feasible_is_ranked_and_scores_fall(a_need, pool):
    ranked = rank(a_need, pool, wording=wording_similarities(a_need, pool), floor=None)
    assert {proposal.offer for proposal in ranked} == {one.ref for one in pool if feasible(a_need, one)}
    scores = [proposal.score for proposal in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@FEW
@given(NEEDS, OFFERS, st.floats(0, 1))
def test_a_score_is_the_sum_of_its_reasons_and_each_has_a_sentence(a_need, an_offer, wording):
    proposal = propose(a_need, an_offer, wording)
    total = sum(reason.contribution for reason in proposal.reasons)
    if "wording" in {reason.signal for reason in proposal.reasons} or not wording:
        assert proposal.score == pytest.approx(min(1, max(0, total)), abs=1e-6)
    else:  # a likeness that no whole word stands for is counted by half, and not told
        least, most = min(1, max(0, total)), max(0, total) + WEIGHTS.wording / 2
        assert least - 1e-6 <= proposal.score <= most + 1e-6
    assert all(reason.sentence.endswith("。") for reason in proposal.reasons)
    assert all(0 < reason.value <= 1 for reason in proposal.reasons)


@FEW
@given(NEEDS, OFFERS, st.integers(0, 2), st.integers(1, 500))
def test_a_larger_offer_never_fits_worse(a_need, an_offer, index, more):
    if index >= len(an_offer.lines) or an_offer.lines[index].amount is None:
        return
    line = an_offer.lines[index]
    larger = replace(line, amount=line.amount + more)
    lines = (*an_offer.lines[:index], larger, *an_offer.lines[index + 1 :])
    assert_never_worse(a_need, an_offer, replace(an_offer, lines=lines))


@FEW
@given(NEEDS, OFFERS)
def test_an_offer_at_any_time_never_fits_worse(a_need, an_offer):
    assert_never_worse(a_need, an_offer, replace(an_offer, windows=()))


@FEW
@given(NEEDS, OFFERS, st.integers(1, 24 * 60))
def test_what_fits_for_long_fits_for_a_shorter_while(a_need, an_offer, least):
    shorter = tuple(replace(window, least=min(least, window.least or 60)) for window in a_need.windows)
    assert feasible(replace(a_need, windows=shorter), an_offer) >= feasible(a_need, an_offer)


@FEW
@given(NEEDS, OFFERS)
def test_an_offer_without_conditions_never_fits_worse(a_need, an_offer):
    kept = an_offer.conditions & {"wheelchair_ok"}
    assert_never_worse(a_need, an_offer, replace(an_offer, conditions=kept))


@FEW
@given(NEEDS, OFFERS, st.floats(0, 0.5), st.floats(0, 0.5))
def test_nearer_wording_never_lowers_a_free_offer(a_need, an_offer, wording, more):
    free = replace(an_offer, title="台所", body="会場", conditions=frozenset())
    assert propose(a_need, free, wording + more).score >= propose(a_need, free, wording).score


def assert_never_worse(a_need, before, after):
    assert feasible(a_need, after) >= feasible(a_need, before)
    assert propose(a_need, after, 0.1).score >= propose(a_need, before, 0.1).score


def test_equal_offers_stand_in_the_order_of_their_refs():
    pool = [offer(ref=ref) for ref in ("o3", "o1", "o2")]
    ranked = rank(NEED, pool, wording={})
    assert [proposal.offer for proposal in ranked] == ["o1", "o2", "o3"]
    assert len(rank(NEED, pool, wording={}, top=2)) == 2


@FEW
@given(NEEDS, POOLS, st.integers(0, 4), st.sampled_from([None, 0.1, 0.4]), st.booleans())
def test_the_list_is_that_of_scoring_every_pair_in_full(a_need, pool, top, floor, beside):
    wording = wording_similarities(a_need, pool)
    alone = [propose(a_need, one, wording[one.ref]) for one in pool if feasible(a_need, one, beside=beside)]
    apart = {one.ref for one in pool if not related(Pair(need=a_need, offer=one, wording=wording[one.ref]))}
    if floor is not None:
        alone = [one for one in alone if one.score >= floor and one.offer not in apart]
    alone.sort(key=lambda one: (-one.score, one.offer))
    ranked = rank(a_need, pool, wording=wording, top=top, floor=floor, beside=beside)
    if all(one.score > 0 for one in alone):
        assert ranked == alone[:top]
    else:  # scores below 0 are told as 0 and still have an order of their own
        assert [one.score for one in ranked] == [one.score for one in alone[:top]]
        assert all(one in alone for one in ranked)


@FEW
@given(NEEDS, OFFERS, st.floats(0, 0.5))
def test_what_stands_for_a_value_until_it_is_read_is_never_less(a_need, an_offer, wording):
    pair = Pair(need=a_need, offer=an_offer, wording=wording)
    for name, bound in (*BOUNDS.items(), *STEPS):
        assert bound(pair) >= SIGNALS[name].value(pair), name
    assert {name: nearer(pair) for name, nearer in STEPS} == {
        name: SIGNALS[name].value(pair) for name in BOUNDS
    }


def test_an_offer_finds_its_needs_by_the_same_scores():
    other = need(ref="n2", title="合唱の練習場所", body="声の出せる部屋。")
    ranked = rank_needs(OFFER, [other, NEED], wording={"n1": 0.2})
    assert [proposal.need for proposal in ranked] == ["n1", "n2"]
    assert ranked[0] == propose(NEED, OFFER, 0.2)
    assert ranked[0].engine_version == ENGINE_VERSION


def test_the_reasons_are_told_the_strongest_first_and_cautions_last():
    paid = offer(body="調理室は1回12,000円から。", conditions=frozenset({"fee_required"}))
    contributions = [reason.contribution for reason in propose(NEED, paid, 0.2).reasons]
    assert contributions == sorted(contributions, reverse=True)
    assert contributions[0] > 0 > contributions[-1]


@pytest.mark.parametrize(
    ("a_need", "an_offer", "signal", "sentence"),
    [
        (
            NEED,
            OFFER,
            "resource",
            (
                "求めている「場所（火が使える会場）」と同じく、「会議・集会の部屋」「調理場」に関わる提供です。"
                "このほかに「物品（野菜や米）」が要ります。"
            ),
        ),
        (NEED, OFFER, "amount", "必要な30席に対し40席で、足ります。"),
        (NEED, OFFER, "time", "土曜の午前が重なります。"),
        (
            need(windows=(replace(SATURDAY, least=150),)),
            OFFER,
            "time",
            "土曜の午前が重なります。必要な2時間30分を続けて取れます。",
        ),
        (NEED, offer(windows=()), "time", "提供する日時に決まりがありません。"),
        (NEED, OFFER, "place", "どちらも木月にあります。"),
        (NEED, offer(town=""), "place", "どちらも川崎市中原区を対象にしています。"),
        (
            need(town="", point=(35.576, 139.656)),
            offer(point=(35.580, 139.660)),
            "place",
            "直線でおよそ600メートルの近さです。",
        ),
        (NEED, OFFER, "field", "活動の分野「子どもの健全育成」が同じです。"),
        (
            need(wanted_kinds=frozenset({"neighborhood_association"})),
            OFFER,
            "kind",
            "求めている相手「町内会・自治会」からの提供です。",
        ),
        (
            NEED,
            offer(credentials=(Credential(kind="endorsement", issuer="市", until=date(2027, 3, 31)),)),
            "credential",
            "市が後援しています（2027年3月まで）。",
        ),
        (
            need(past_partners=frozenset({"a-offer"})),
            OFFER,
            "history",
            "けやき町会とは、以前に一緒に活動したことがあります。",
        ),
        (
            need(lines=(Line(resource="people", amount=5, unit="people"),)),
            offer(
                body="登録者の中から合う方をご紹介します。",
                lines=(Line(resource="people", amount=2, unit="people"),),
            ),
            "broker",
            "けやき町会が、合う人を探して紹介する仕組みです。",
        ),
        (
            NEED,
            offer(body="調理室は1回12,000円から。", conditions=frozenset({"fee_required"})),
            "price",
            "有料です（12,000円から）。",
        ),
        (
            NEED,
            offer(cannot_do="会場での火の使用"),
            "refusal",
            "できないこととして「会場での火の使用」が挙げられています。先に確かめてください。",
        ),
        (
            NEED,
            offer(title="料理の会 参加者募集"),
            "recruiting",
            "参加者や会員を募るお知らせのように読めます。提供の内容を確かめてください。",
        ),
    ],
)
def test_the_sentence_of_a_signal(a_need, an_offer, signal, sentence):
    found = {reason.signal: reason.sentence for reason in propose(a_need, an_offer, 0.2).reasons}
    assert found.get(signal) == sentence


def test_a_price_within_the_budget_is_no_caution():
    paid = offer(body="調理室は1回2,000円です。", conditions=frozenset({"fee_required"}))
    signals = {reason.signal for reason in propose(need(body="1回3千円まで出せます。"), paid, 0.2).reasons}
    assert "price" not in signals
    signals = {reason.signal for reason in propose(need(body="1回1,000円まで。"), paid, 0.2).reasons}
    assert "price" in signals


def test_a_credential_that_ran_out_counts_no_more():
    endorsed = offer(credentials=(Credential(kind="endorsement", issuer="市", until=date(2027, 3, 31)),))
    before = propose(NEED, endorsed, today=date(2027, 3, 31))
    after = propose(NEED, endorsed, today=date(2027, 4, 1))
    assert before.score - after.score == pytest.approx(WEIGHTS.credential)


def test_a_weight_of_nothing_silences_its_signal():
    silent = Weights(wording=0.0)
    assert "wording" not in {reason.signal for reason in propose(NEED, OFFER, 0.2, weights=silent).reasons}


def test_each_line_has_the_offers_that_answer_it():
    wanted = need(
        lines=(
            Line(resource="place", what="食品を置ける部屋"),
            Line(resource="goods", what="冷蔵庫"),
            Line(resource="goods", what="米や野菜などの食品"),
        )
    )
    pool = [
        offer(ref="room", title="空いている部屋", body="6畳の部屋です。"),
        offer(
            ref="fridge", title="冷蔵庫を差し上げます", body="まだ動きます。", lines=(Line(resource="goods"),)
        ),
        offer(ref="rice", title="お米の寄付", body="30キロ。", lines=(Line(resource="goods"),)),
    ]
    proposals = rank(wanted, pool, wording={})
    found = proposals_per_line(wanted, proposals, {one.ref: one for one in pool})
    assert [(line.what, [proposal.offer for proposal in answers]) for line, answers in found] == [
        ("食品を置ける部屋", ["room"]),
        ("冷蔵庫", ["fridge"]),
        ("米や野菜などの食品", ["rice"]),
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("津波避難訓練", "避難誘導を手伝います", ()),
        ("駄菓子屋を開く", "夜の寺子屋", ()),
        ("ピアノのある部屋", "電子ピアノがあります", ("ピアノ",)),
        ("こども食堂で活動", "子ども食堂の活動", ("こども食堂",)),
        ("子ども食堂を手伝う", "工場の食堂を貸します", ()),
        ("防災訓練をします", "9月の防災訓練に", ("防災訓練",)),
        ("買い物支援をしたい", "物支援", ()),
        ("皿洗いと配膳", "皿洗う人、配膳", ("配膳",)),
        ("皿洗いの人", "皿洗いもします", ("皿洗い",)),
        ("見込みです", "見込まれる人", ()),
        ("3階以上の建物", "3階以上です", ()),
        ("ホームページ", "ページをめくる", ()),
        ("畑の草刈り\n軽トラックと倉庫", "草刈り\n倉庫があります", ("草刈り", "倉庫")),  # a line ends a word
    ],
)
def test_only_words_are_named_as_shared(one, other, expected):
    assert shared_words(one, other) == expected


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("1回12,100円", (12100,)),
        ("月3万円程度、1回2千円", (30000, 2000)),
        ("月4万5千円", (45000,)),
        ("円卓会議", ()),
    ],
)
def test_sums_of_money_are_read(text, sums):
    assert yen_amounts(text) == sums


def test_short_words_are_found_only_where_words_begin():
    assert "乳幼児と親" not in CONCEPTS.found_in("サイトが10年前のまま")
    assert "乳幼児と親" in CONCEPTS.found_in("ママの会")
    assert "発信・取材" not in CONCEPTS.found_in("トラックで運ぶ")
    assert "デジタル" not in CONCEPTS.found_in("online")


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("車椅子で入れる部屋", "テント・催しの道具"),
        ("車いすの方がいます", "医療・衛生の品"),
        ("子ども食堂を開いています", "会議・集会の部屋"),
        ("木の家の展示場", "緑地・里山"),
        ("森の側に開きたい", "緑地・里山"),
        ("ノートパソコン10台", "学びの道具"),
        ("マイクロバスを出します", "テント・催しの道具"),
        ("花の苗を配ります", "農"),
    ],
)
def test_a_word_inside_a_longer_one_is_not_a_concept(text, concept):
    assert concept not in CONCEPTS.found_in(text)


def test_the_words_themselves_are_concepts():
    assert CONCEPTS.found_in("車椅子と椅子") >= {"車いす・福祉用具", "テント・催しの道具"}
    assert CONCEPTS.found_in("里山の手入れ") == {"緑地・里山"}
    assert "情報機器" in CONCEPTS.found_in("ノートパソコン10台")
    assert CONCEPTS.found_in("子ども食堂") >= {"子どもの食と居場所", "子ども"}
