"""What a proposal says of things and amounts is true, and what has nothing to do with it stays away."""

from matching_values import need, offer

from musubi_engine import Line, propose, rank

LAPTOPS = need(
    title="使わなくなったノートパソコン10台",
    body="出張教室の申込みが増え、足りません。",
    lines=(Line(resource="goods", what="ノートパソコン", amount=10, unit="items"),),
)
HELPERS = need(
    title="土曜の昼の人手",
    body="食べに来る人が増えました。",
    lines=(Line(resource="people", what="配膳と皿洗い", amount=5, unit="people"),),
)


def goods(what, amount, **changes):
    return offer(
        title=f"{what}を差し上げます",
        body="取りに来てください。",
        lines=(Line(resource="goods", what=what, amount=amount, unit="items"),),
        **changes,
    )


def hands(what, amount, title="土曜に動けます"):
    return offer(
        title=title,
        body="ご連絡ください。",
        lines=(Line(resource="people", what=what, amount=amount, unit="people"),),
    )


def told(a_need, an_offer):
    return {reason.signal: reason for reason in propose(a_need, an_offer, 0.05).reasons}


def test_a_thing_is_named_only_if_the_offer_speaks_of_it():
    same, other = told(LAPTOPS, goods("ノートパソコン", 15)), told(LAPTOPS, goods("米（10キロ袋）", 20))
    assert same["resource"].sentence == "求めている「物品（ノートパソコン）」に当たります。"
    assert same["amount"].sentence == "必要な10個に対し15個で、足ります。"
    assert other["resource"].sentence == (
        "「物品」の提供です。「ノートパソコン」に当たるかどうかは、相手に確かめてください。"
    )
    assert "amount" not in other
    assert other["resource"].value <= same["resource"].value / 2


def test_a_part_of_what_is_asked_for_is_told_as_a_part():
    wanted = need(lines=(Line(resource="goods", what="野菜や米", amount=30, unit="items"),))
    found = told(wanted, goods("野菜", 90))
    assert (
        found["resource"].sentence == "求めている「物品（野菜や米）」の「野菜」が、提供にも書かれています。"
    )
    other = told(need(lines=(Line(resource="goods", what="お米"),)), goods("缶詰", 90))
    assert other["resource"].sentence == "求めている「物品（お米）」と同じく、「食べ物」に関わる提供です。"


def test_numbers_of_things_are_compared_only_when_they_count_the_same():
    toys = need(lines=(Line(resource="goods", what="子どものおもちゃ", amount=10, unit="items"),))
    assert "amount" not in told(toys, goods("子どもの服", 200))
    assert "amount" not in told(LAPTOPS, goods("プロジェクター", 200))
    assert "amount" not in told(LAPTOPS, hands("ノートパソコンの先生", 200))


def test_special_hands_do_not_answer_for_others():
    driver = told(HELPERS, hands("運転手", 1, title="2トン車と運転手を出します"))
    assert "amount" not in driver
    assert driver["resource"].sentence.endswith(
        "「配膳と皿洗い」に当たるかどうかは、相手に確かめてください。"
    )
    anybody = told(HELPERS, hands("週末の人手", 3))
    assert anybody["amount"].sentence == "必要な5人に対し3人で、人数は一部です。"
    assert told(HELPERS, hands("配膳と皿洗い", 8))["resource"].sentence == (
        "求めている「人手（配膳と皿洗い）」に当たります。"
    )


def test_what_shares_nothing_is_not_proposed():
    pool = [
        goods("ノートパソコン", 15, ref="same", fields=frozenset()),
        goods("米", 20, ref="field only", fields=frozenset({13})),
        goods("米", 20, ref="nothing", fields=frozenset()),
    ]
    shown = rank(LAPTOPS, pool, wording={"nothing": 0.3})
    assert [proposal.offer for proposal in shown] == ["same"]
    assert len(rank(LAPTOPS, pool, wording={}, floor=None)) == len(pool)


def test_a_likeness_without_a_whole_word_in_common_is_not_told():
    found = told(need(title="皿洗いの人", body="", lines=()), offer(title="皿洗う台", body="", lines=()))
    assert "wording" not in found
