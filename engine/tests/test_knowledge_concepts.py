"""The table of concepts: what is found in a text, how concepts are related, an installation's own."""

import pytest

from musubi_engine import CONCEPTS, Concept, ConceptTable
from musubi_engine.knowledge.concepts import CONCEPT_KINDS, ConceptError, read_concepts
from musubi_engine.refused import split_refusals


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("土足で入れる会場をさがしています", "土足可"),
        ("土足可の集会室", "土足可"),
        ("ホールは土足のままお使いいただけます", "土足可"),
        ("靴を脱がずに入れる広間", "土足可"),
        ("土足OKです", "土足可"),
        ("外国につながる子の勉強", "外国につながる人"),
        ("近くに住む外国の方と料理をします", "外国につながる人"),
        ("日本語が苦手な親の会", "外国につながる人"),
        ("留学生の引っ越し", "外国につながる人"),
        ("働く親のための夜の会", "子育て家庭"),
        ("身寄りのない方を訪ねます", "孤立しがちな人"),
        ("親の介護で眠れない方へ", "介護する人"),
        ("仮設住宅で暮らす方と", "被災した人"),
        ("ひとり暮らしの学生にお米を", "暮らしを支えたい学生"),
        ("転入者の歓迎の会", "引っ越してきた人"),
        ("町内会の役員会に使える部屋", "会議・会合"),
        ("介護の講座を開きたい", "講座・講演会"),
        ("ピアノの発表会", "発表会"),
        ("町内運動会のテント", "運動会・スポーツ大会"),
        ("入学準備の制服", "入園・入学・卒業"),
        ("九月の敬老会", "敬老・長寿の祝い"),
        ("餅つきの臼と杵", "正月・餅つき"),
        ("園でクリスマス会をします", "季節の行事"),
        ("二年生の町探検", "見学・遠足"),
        ("災害時に井戸を貸します", "災害が起きたとき"),
    ],
)
def test_places_people_and_occasions_are_found_in_everyday_sentences(text, said):
    assert said in CONCEPTS.found_in(split_refusals(text).rest)


@pytest.mark.parametrize(
    "text",
    [
        "土足厳禁です",
        "会場は土足禁止",
        "土足不可",
        "土足で入れない部屋",
        "土足で入れません",
        "土足のままではご利用いただけません",
        "土足利用は禁止です",
        "土足のままは厳禁です",
        "土足可否はお問い合わせください",
        "土足のまま上がらないでください",
        "靴のまま入らないでください",
        "土足のままの入室はお控えください",
        "土足利用はできかねます",
        "土足のままお入りになれません",
        "土足のまま入ってはいけません",
        "土足利用はおやめください",
    ],
)
def test_a_room_that_refuses_shoes_is_not_read_as_one_that_allows_them(text):
    assert "土足可" not in CONCEPTS.found_in(split_refusals(text).rest)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会場を貸していただけませんでしょうか。", "会議・集会の部屋"),
        ("子ども食堂を手伝っていただけませんでしょうか", "子どもの食と居場所"),
        ("和室をお貸しいただけませんか", "畳・マットの部屋"),
        ("会場を貸していただけません？", "会議・集会の部屋"),
        ("子ども食堂を手伝って頂けないでしょうか", "子どもの食と居場所"),
        ("調理室をお借りできないでしょうか", "調理場"),
        ("ピアノをお借りできないものかと考えています", "楽器"),
        ("子ども食堂を手伝いに来ないでしょうか", "子どもの食と居場所"),
        ("お年寄りの集まりを忘れないでください", "高齢者"),
        ("調理室もご遠慮なくお使いください", "調理場"),
        ("集会室は台所をかねます", "調理場"),
        ("子どもが泣いてもお気になさらないでください", "子ども"),
        ("車いすの方もお気になさらないでください", "車いす・福祉用具"),
        ("子ども連れでも気を使わないでください", "子ども"),
        ("子ども連れでもお気遣いなさらないでください", "子ども"),
        ("子ども連れの方もご心配なさらないでください", "子ども"),
        ("子どもの居場所をなくしてはいけません", "子どもの食と居場所"),
        ("この祭りを絶やしてはいけません", "祭り・交流行事"),
        ("お年寄りを一人にしてはいけません", "高齢者"),
        ("防災の備えを忘れてはいけません", "防災"),
        ("子ども連れの方もご遠慮しないでください", "子ども"),
        ("子ども連れの方もご遠慮なさらないで", "子ども"),
        ("子ども連れの方もご遠慮なさいませんようお願いします", "子ども"),
        ("子ども連れの方もご遠慮いりません", "子ども"),
        ("子ども連れの方もご遠慮はいりません", "子ども"),
        ("子ども連れの方もご遠慮不要です", "子ども"),
        ("子ども連れの方もご遠慮無用です", "子ども"),
        ("子ども連れの方もご遠慮は必要ありません", "子ども"),
    ],
)
def test_a_request_or_an_invitation_in_the_form_of_a_refusal_refuses_nothing(text, said):
    assert split_refusals(text).refusals == ()
    assert said in CONCEPTS.found_in(split_refusals(text).rest)


@pytest.mark.parametrize(
    "text", ["お貸しいただけませんか", "手伝って頂けないでしょうか", "お貸しいただけませんでしょうか"]
)
def test_a_request_that_names_nothing_refuses_nothing(text):
    assert split_refusals(text).refusals == ()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("料理にはご利用いただけません", "食・料理"),
        ("台所の火は使えませんから", "調理場"),
        ("流し台はありませんから", "調理場"),
        ("台所の貸出は致しかねます", "調理場"),
        ("台所を使わないでください", "調理場"),
        ("犬を連れてこないでください", "動物"),
        ("マイクロバスでの来場はお控え願います", "車両"),
        ("貸出不可の車いす", "車いす・福祉用具"),
        ("台所をお使いにならないでください", "調理場"),
        ("調理室の電気を使わないでください", "調理場"),
        ("台所を使ってはいけません", "調理場"),
        ("犬を連れて来てはいけません", "動物"),
        ("台所に立ち入ってはいけません", "調理場"),
        ("許可がないかぎり調理室は使えません", "調理場"),
        ("空きがないかぎり会議室はお貸しできません", "会議・集会の部屋"),
        ("車の運転はできないかわりに料理を作ります", "運転手"),
        ("子ども連れの方はご遠慮ください", "子ども"),
        ("貸出お断りの車いす", "車いす・福祉用具"),
        ("貸し出しお断りのテント", "テント・催しの道具"),
        ("レンタル不可のテント", "テント・催しの道具"),
        ("利用不可の倉庫", "置き場"),
        ("使用禁止の机", "テント・催しの道具"),
    ],
)
def test_a_refusal_names_no_concept_of_what_is_offered(text, refused):
    assert refused in CONCEPTS.found_in(text)
    assert refused not in CONCEPTS.found_in(split_refusals(text).rest)
    assert split_refusals(text).refusals


@pytest.mark.parametrize(
    ("text", "kept", "refused"),
    [
        ("火気厳禁の調理室です", "調理場", "火気厳禁"),
        ("火気使用不可の調理室", "調理場", "火気使用不可"),
        ("土足禁止の和室", "畳・マットの部屋", "土足禁止"),
        ("飲食禁止の会議室", "会議・集会の部屋", "飲食禁止"),
        ("ペット不可の集会室", "会議・集会の部屋", "ペット不可"),
        ("飲食お断りの音楽室", "音の出せる場所", "飲食お断り"),
        ("火は使えませんが和室です", "畳・マットの部屋", "火は使えません"),
    ],
)
def test_the_room_in_which_something_is_forbidden_stays(text, kept, refused):
    said = split_refusals(text)
    assert kept in CONCEPTS.found_in(said.rest)
    assert refused not in said.rest
    assert [phrase.startswith(refused) for phrase in said.refusals] == [True]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("敬老会の出し物", "高齢者"),
        ("子育て世帯の会", "乳幼児と親"),
        ("工場見学", "受入れ先"),
        ("町内会の役員会", "町内会・自治会"),
        ("マラソン大会", "スポーツ"),
        ("海外にルーツのある子", "多文化"),
        ("災害が起きたら", "防災"),
        ("連続講座", "教える人・講師"),
        ("音楽会", "音楽"),
    ],
)
def test_a_longer_word_of_an_occasion_or_an_audience_keeps_what_the_shorter_one_said(text, kept):
    assert kept in CONCEPTS.found_in(text)


def test_what_is_asked_for_an_occasion_is_told():
    assert "会議・会合" in CONCEPTS.serves("会議・集会の部屋")
    assert {"見学・遠足", "災害が起きたとき"} <= CONCEPTS.serves("車両")
    assert "祭り・交流行事" in CONCEPTS.serves("土足可")
    assert CONCEPTS.wider("外国につながる人") == {"多文化"}
