"""The writing helper: what it says, where it is silent, and how fast it is."""

import time

import pytest

from musubi.base.knowledge.writing import Kind, Part, Question, Rule, advise
from musubi.base.knowledge.writing.words import known
from musubi_engine.text.sudachi import words_installed

EVERYTHING_ASKED = tuple(Question)


def told(text: str, part: Part = Part.TEXT, **facts: object) -> list[tuple[str, str, str]]:
    """(rule, place, what to write instead) of each advice."""
    values = {"kind": Kind.OTHER, "part": part, **facts}
    return [(one.rule.value, one.quote, one.instead) for one in advise(text, **values)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("お気軽に 090-1234-5678 まで", "090-1234-5678"),
        ("電話は090-1234-5678の山田まで", "090-1234-5678"),
        ("連絡は０９０－１２３４－５６７８へ", "０９０－１２３４－５６７８"),
        ("携帯09012345678です", "09012345678"),
        ("(03)1234-5678 におかけください", "(03)1234-5678"),
        ("03（1234）5678 佐藤まで", "03（1234）5678"),
        ("045ー123ー4567", "045ー123ー4567"),
        ("電話：23-4567", "23-4567"),
    ],
)
def test_telephone_numbers_are_asked_about(text: str, place: str) -> None:
    assert told(text) == [("phone", place, "")]


@pytest.mark.parametrize(
    "text",
    [
        "0120-123-456 は無料です。",
        "困ったときは119番へ。",
        "2026-11-20から2027-03-31まで、10:00-12:00に開きます。",
        "1,000,000円、法人番号 1234567890123 です。",
        "電話 0000-00-0000 の形で書きます。",
        "https://example.jp/0312345678/ をご覧ください。",
        "先着30名、3-5歳の子どもが対象です。",
    ],
)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "mail",
    ["hana@example.jp", "ｈａｎａ＠example.jp", "hana(at)example.jp", "hana.sato+a@mail.example.ne.jp"],
)
def test_mail_addresses_are_asked_about(mail: str) -> None:
    assert told(f"返事は {mail} へください。") == [("mail", mail, "")]


@pytest.mark.parametrize(
    ("text", "place", "instead"),
    [
        ("わたしの家は川辺区稲穂田1-2-3です。", "川辺区稲穂田1-2-3", "川辺区稲穂田"),
        ("みなと町二丁目４番５号までお持ちください。", "みなと町二丁目４番５号", "みなと町二丁目"),
        ("浜町12番地の3に住んでいます。", "浜町12番地の3", "浜町"),
        ("さくら荘203号室の者です。", "さくら荘203号室", ""),
    ],
)
def test_house_numbers_are_asked_about_and_the_town_alone_is_proposed(
    text: str, place: str, instead: str
) -> None:
    assert told(text) == [("address", place, instead)]


@pytest.mark.parametrize(
    "text",
    [
        "会場は川辺区稲穂田1-1の川辺コミュニティセンターです。",
        "みなと町2丁目集会所で行います。",
        "港区の3-5年生、市内2-3か所で開きます。",
        "第2・第4土曜の10-12時に、2班に分かれて行います。",
    ],
)
def test_halls_and_other_numbers_are_no_homes(text: str) -> None:
    assert told(text) == []


@pytest.mark.skipif(not words_installed(), reason="needs the extra `words`")
def test_people_are_asked_about_by_name_and_nobody_else() -> None:
    assert told("川辺町の佐藤さんに鍵を借ります。") == [("person", "佐藤さん", "")]
    assert (
        told("皆さん、八百屋さん、お客様、お母さん、区民の皆様、地域の保健師さん、新しいマンション5棟。")
        == []
    )


def test_double_negatives_are_said_plainly() -> None:
    assert told("できないことはありません。") == [("double_negative", "できないことはありません", "できます")]
    assert told("会員以外は参加できません。") == [
        ("double_negative", "以外は参加できません", "だけ、できます")
    ]
    assert told("届けなければなりません。来る人が少なくないです。見えません。") == []


def test_a_long_sentence_is_quoted_by_its_beginning() -> None:
    assert told("あ" * 90 + "。") == []
    assert told("短い文です。" + "い" * 91 + "。") == [("long_sentence", "い" * 18 + "…", "")]
    assert told("。".join(["う" * 60] * 5)) == []


def test_katakana_gets_another_word_once_and_not_in_names() -> None:
    assert told("ワークショップを開きます。ワークショップは無料です。") == [
        ("katakana", "ワークショップ", "体験会・話し合いの会")
    ]
    for silent in (
        "「花のワークショップ」を開きます。",
        "ワークショップ（体験会）です。",
        "アドバイザー制度です。",
        "ボランティアとイベント。",
    ):
        assert told(silent) == []


def test_the_table_of_katakana_is_whole() -> None:
    assert 140 <= len(known()) <= 200
    assert [word for word, instead in known().items() if not instead or word in instead] == []


@pytest.mark.parametrize(
    ("text", "place", "instead"),
    [
        ("①持ち物", "①", "1."),
        ("㈱みなと", "㈱", "（株）"),
        ("㍻30年", "㍻", "平成"),
        ("ﾎﾞﾗﾝﾃｨｱ募集", "ﾎﾞﾗﾝﾃｨｱ", "ボランティア"),
        ("Ⅱ部", "Ⅱ", "2"),
    ],
)
def test_signs_of_single_makers_are_written_out(text: str, place: str, instead: str) -> None:
    assert told(text, Part.NAME) == [("sign", place, instead)]


def test_ordinary_letters_and_other_languages_are_fine() -> None:
    assert (
        told("〜10時～12時、★※〒、café 안녕하세요 转学生 é – “a”、森鴎外、鷗外、1㌔でも", Part.NAME)[:1] != []
    )
    assert told("〜10時～12時、★※、café 안녕하세요 转学生 é – “a”、葛飾", Part.NAME) == []


def test_forms_of_kanji_in_names_are_spoken_of_gently() -> None:
    assert told("髙橋と山﨑", Part.NAME) == [("rare_kanji", "髙", "高"), ("rare_kanji", "﨑", "崎")]


def test_many_pictograms_only() -> None:
    assert told("来てね😊") == []
    assert [rule for rule, *_ in told("来てね😊🎉🎈")] == ["pictogram"]


@pytest.mark.parametrize(
    "words", ["写真", "画像1", "IMG_2034.jpg", "活動の様子", "当日の写真です。", "image1"]
)
def test_words_for_a_picture_that_say_nothing(words: str) -> None:
    assert [rule for rule, *_ in told(words, Part.PICTURE)] == ["picture_empty"]


def test_words_for_a_picture_that_only_repeat_the_title() -> None:
    assert [r for r, *_ in told("浜町の夏祭り", Part.PICTURE, title="「浜町の夏祭り」")] == ["picture_title"]
    assert told("公園で、いすを運ぶ人たち", Part.PICTURE, title="夏祭り") == []
    assert told("写真クラブの人たちが、川で鳥をとっています", Part.PICTURE) == []


def test_each_kind_of_text_has_its_questions_and_what_the_form_asks_is_not_asked_again() -> None:
    text = "手すりがぐらついていて、つかまるとたおれそうであぶないと思います。"
    assert told(text, Part.BODY, kind=Kind.OTHER) == []
    asked = [one.question for one in advise(text, kind=Kind.ISSUE, part=Part.BODY)]
    assert asked == [Question.WHO, Question.WHEN]
    rest = [
        one.question
        for one in advise(text, kind=Kind.ISSUE, part=Part.BODY, asked=[Question.WHO, Question.WHEN])
    ]
    assert rest == [Question.WHERE]
    assert told(text, Part.BODY, kind=Kind.NEED, asked=EVERYTHING_ASKED) == []
    assert told(text, Part.BODY, kind=Kind.ISSUE, beside="去年から子どもが公園で困っている") == []
    assert told(text[:20], Part.BODY, kind=Kind.ISSUE) == []


def test_kanji_are_spoken_of_only_where_there_are_very_many() -> None:
    much = "市民活動団体補助金交付申請書類提出期限厳守願。" * 4
    assert "kanji_share" in [rule for rule, *_ in told(much)]
    assert told("月に二回、夕方に、子どもたちと食事ができる部屋を探しています。" * 3) == []


def test_the_most_important_comes_first_and_never_more_than_five() -> None:
    text = (
        "①ワークショップとミーティングの会に、プレゼンやトライアルをしないことはないので、090-1234-5678、080-1111-2222、"
        "070-1111-3333か、a@example.jpへ。" + "あ" * 95 + "。㈱Ⅱ"
    )
    found = [rule for rule, *_ in told(text)]
    assert found == ["phone", "phone", "mail", "double_negative", "long_sentence"]


def test_every_rule_has_a_sentence() -> None:
    from musubi.base.knowledge.writing import Advice

    for rule in Rule:
        question = Question.WHO if rule == Rule.MISSING else None
        assert Advice(rule, 0, letters=99, question=question).sentence.endswith(("。",))


def test_an_empty_field_is_told_nothing() -> None:
    assert [told("", part) for part in Part] == [[] for _ in Part]


def test_two_thousand_letters_take_less_than_a_blink() -> None:
    text = (
        "夏祭りのワークショップで、川辺町の佐藤さんと、090-1234-5678まで。①②③をお願いできないことはありません。"
        * 40
    )[:2000]
    told(text)
    spent = []
    for _ in range(5):
        begun = time.process_time()
        told(text)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.02
