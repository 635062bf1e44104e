"""Of which thing a reason speaks."""

import pytest

from musubi.base.knowledge.adapter import ConceptReader
from musubi.base.knowledge.queries import nearness, quotes_anything

READER = ConceptReader()


@pytest.mark.parametrize(
    ("sentence", "what", "expected"),
    [
        ("「テント」「発電機」という言葉が、どちらにも書かれています。", "発電機", 2),
        ("「テント」「発電機」という言葉が、どちらにも書かれています。", "長机", 0),
        ("「調理場」の類いのことが、どちらにも書かれています。", "発電機", 0),
        ("「後援・お墨付き」の類いのことが、どちらにも書かれています。", "訓練の後援名義", 1),
        ("求めている「専門知識（避難の助言）」に当たります。", "避難の助言", 2),
        ("「後援」は合います。このほかに「専門知識（避難の助言）」が要ります。", "避難の助言", 0),
        ("「連携先」の提供です。「訓練をする学校」に当たるかどうかは、相手に確かめてください。", "訓練をする学校", 0),
        ("同じ区です。", "発電機", 0),
        ("「発電機」という言葉が、どちらにも書かれています。", "", 0),
    ],
)  # fmt: skip
def test_how_near_a_sentence_comes_to_a_thing(sentence: str, what: str, expected: int) -> None:
    assert nearness(sentence, what, READER.names_in(what)) == expected


def test_a_sentence_without_a_name_is_told_apart() -> None:
    assert quotes_anything("「いす」は、必要な3個に対し5個で、足ります。")
    assert not quotes_anything("必要な20人に対し30人で、人数は足ります。")
