"""Who gives and takes stands above who does either; one entry an actor, told in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine import Proposal
from musubi_engine.partners import Heading, partners

HEADINGS = {
    "n1": Heading("we", "祭りのいす"),
    "o1": Heading("we", "若い人手"),
    "o2": Heading("a", "いす40脚"),
    "n2": Heading("a", "倉庫の片付け"),
    "o3": Heading("b", "いす100脚"),
    "n3": Heading("c", "荷物の運び出し"),
    "o4": Heading("we", "うちの倉庫"),
}


def proposal(need: str, offer: str, score: float) -> Proposal:
    return Proposal(need=need, offer=offer, score=score, engine_version="x")


def test_who_gives_and_takes_stands_first_and_is_told_so() -> None:
    found = partners(
        "we", [proposal("n1", "o3", 0.7), proposal("n1", "o2", 0.6), proposal("n2", "o1", 0.5)], HEADINGS
    )
    assert [(partner.actor, partner.score) for partner in found] == [("a", 0.8), ("b", 0.7)]
    assert found[0].sentences == (
        "おたがいに、求めるものと渡せるものがあります。",
        "求めている「祭りのいす」に、相手の「いす40脚」が合いそうです。",
        "相手が求めている「倉庫の片付け」に、「若い人手」が合いそうです。",
    )
    assert (found[1].gives, found[1].takes) == (proposal("n1", "o3", 0.7), None)


def test_an_actor_is_no_partner_of_its_own_and_strangers_say_nothing() -> None:
    assert partners("we", [proposal("n1", "o4", 0.9), proposal("n3", "o2", 0.9)], HEADINGS) == []


def test_a_listing_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        partners("we", [proposal("n1", "o9", 0.9)], HEADINGS)


@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["n1", "n2", "n3"]), st.sampled_from(["o1", "o2", "o3", "o4"]), st.floats(0, 1)
        ),
        max_size=12,
    ),
    data=st.data(),
)
def test_the_order_of_the_proposals_does_not_matter_and_more_evidence_never_lowers(
    pairs: list[tuple[str, str, float]], data: st.DataObject
) -> None:
    rows = [proposal(*pair) for pair in pairs]
    found = partners("we", rows, HEADINGS)
    assert found == partners("we", data.draw(st.permutations(rows)), HEADINGS)
    assert all(0 <= partner.score <= 1 for partner in found)
    before = {partner.actor: partner.score for partner in partners("we", rows[:-1], HEADINGS)}
    after = {partner.actor: partner.score for partner in found}
    assert all(after[actor] >= score for actor, score in before.items())
