"""The table of concepts: what is found in a text, how concepts are related, an installation's own."""

import pytest

from musubi_engine import CONCEPTS, Concept, ConceptTable
from musubi_engine.knowledge.concepts import CONCEPT_KINDS, ConceptError, read_concepts


def concept(name, *words, kind="theme", **more):
    return Concept(name=name, kind=kind, words=words, reason="試し", **more)


def test_every_shipped_concept_has_words_a_known_kind_and_a_reason_of_its_own():
    assert len(CONCEPTS) > 100
    assert all(each.words and each.reason.endswith("。") and each.kind in CONCEPT_KINDS for each in CONCEPTS)
    reasons = [each.reason for each in CONCEPTS]
    assert len(set(reasons)) == len(reasons)


def test_a_kitchen_can_serve_as_what_coordinators_use_kitchens_for():
    assert {"子どもの食と居場所", "食・料理", "防災"} <= CONCEPTS.serves("調理場")


def test_what_a_longer_word_covers_does_not_count():
    table = ConceptTable(
        [concept("席", "椅子", kind="goods"), concept("福祉用具", "車椅子", kind="goods")],
        covering=["椅子席"],
    )
    assert table.found_in("車椅子を2台") == {"福祉用具"}
    assert table.found_in("椅子席40") == set()
    assert table.found_in("椅子を40脚") == {"席"}


def test_latin_and_short_katakana_words_only_match_whole():
    table = ConceptTable([concept("音響", "マイク", kind="goods"), concept("通信", "line")])
    assert table.found_in("マイクロバスとonlineの会") == set()
    assert table.found_in("マイクとLINE") == {"音響", "通信"}


def test_broader_concepts_reach_all_the_way_up():
    table = ConceptTable(
        [
            concept("a", "あああ"),
            concept("b", "いいい", broader=("a",)),
            concept("c", "ううう", broader=("b",)),
        ]
    )
    assert table.wider("c") == {"a", "b"}
    assert table.wider("a") == table.wider("知らない名") == set()


def test_an_installation_adds_concepts_and_words_and_leaves_the_shipped_table_alone():
    own = CONCEPTS.with_added(
        [
            concept("手ぬぐい染め", "ちゅうせん", broader=("手仕事",)),
            concept("調理場", "まかない場", kind="goods", serves=("農",)),
        ]
    )
    assert own.found_in("ちゅうせんの型紙") == {"手ぬぐい染め"}
    assert own.wider("手ぬぐい染め") == {"手仕事"}
    assert "調理場" in own.found_in("まかない場と厨房") & own.found_in("厨房")
    assert own["調理場"].kind == "place"
    assert CONCEPTS.serves("調理場") | {"農"} == own.serves("調理場")
    assert "手ぬぐい染め" not in CONCEPTS
    assert CONCEPTS.found_in("まかない場") == set()


@pytest.mark.parametrize(
    "concepts",
    [
        [concept("a", "あ"), concept("a", "い")],
        [concept("a", "あ", broader=("無い",))],
        [concept("a", "あ", serves=("無い",))],
        [concept("a", "あ", kind="色")],
        [concept("a")],
        [concept("a", "あ", broader=("b",)), concept("b", "い", broader=("a",))],
    ],
)
def test_a_table_that_does_not_hold_together_is_refused(concepts):
    with pytest.raises(ConceptError):
        ConceptTable(concepts)


def test_a_broken_file_is_named():
    with pytest.raises(ConceptError, match=r"own\.toml"):
        read_concepts("[[concept]\n", "own.toml")
    with pytest.raises(ConceptError, match="茶の間"):
        read_concepts('[[concept]]\nname = "茶の間"\nwhat = "x"\n', "own.toml")


@pytest.mark.parametrize(
    ("text", "said", "not_said"),
    [
        ("小学生の会", "子ども", "学生の手"),
        ("中学生の会", "中高生・若者", "学生の手"),
        ("動物病院の先生", "動物", "がん・医療"),
        ("なごみの家", None, "ごみ・清掃"),
        ("川沿いの町", None, "水害・台風"),
        ("車いすで入れる部屋", "バリアフリーの設備", "風呂"),
        ("目の不自由な方と", "見えにくさ", "聞こえ"),
        ("小さな図書室", "読書・図書", "会議・集会の部屋"),
    ],
)
def test_everyday_words_are_read_as_what_they_mean(text, said, not_said):
    found = CONCEPTS.found_in(text)
    assert said is None or said in found
    assert not_said not in found
