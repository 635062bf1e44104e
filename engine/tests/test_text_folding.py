"""Words that a reader takes for the same are the same; words that are not, are not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from musubi_engine.text import fold, kanji_of, normalise, number_of, unify
from musubi_engine.text.same_thing import SAME_THING
from musubi_engine.text.spellings import SPELLINGS

SAME_WORD = [
    ("こども食堂", "子ども食堂", "子供食堂", "コドモ食堂"),
    ("茅ヶ崎", "茅ケ崎", "茅が崎"),
    ("百合ヶ丘", "百合ケ丘", "百合が丘"),
    ("1ヶ月", "１か月", "1カ月", "1ヵ月", "1箇月"),
    ("髙橋", "高橋"),
    ("山﨑", "山崎"),
    ("渡邉", "渡邊", "渡辺"),
    ("葛\U000e0100飾", "葛飾"),
    ("引越し", "引っ越し", "引越", "ひっこし"),
    ("中原区三丁目", "中原区3丁目", "中原区３丁目"),
    ("二十三丁目", "23丁目"),
    ("第一土曜日", "第1土曜日", "第１土曜日"),
    ("ﾎﾞﾗﾝﾃｨｱ", "ボランティア", "ボランテイア"),
    ("ｻ-ﾋﾞｽ", "サービス", "サ―ビス"),
    ("コンピューター", "コンピュータ"),
    ("ＮＰＯ法人", "npo法人", "NPO 法人".replace(" ", "")),
    ("１０，０００円", "10,000円", "10000円"),
    ("障がい", "障害", "障碍"),
    ("車いす", "車イス", "車椅子"),
    ("申込書", "申込み書", "申し込み書"),
    ("65才以上", "65歳以上"),
    ("㈱むすび", "(株)むすび"),
    ("子ども\u200b食堂", "子ども食堂"),
    ("Wi-Fi", "wifi", "ＷｉＦｉ"),
    ("三人", "3人", "３人"),
    ("二十三名", "23名"),
    ("百人", "100人"),
    ("三千円", "3千円", "3,000円", "3000円"),
    ("1万2千円", "一万二千円", "12,000円"),
    ("11月20日", "11/20", "１１／２０", "十一月二十日", "11月２０日"),
    ("2026年4月5日", "2026/4/5", "2026-04-05", "2026.4.5", "二〇二六年四月五日"),
    ("1/2(土)", "1月2日（土）"),
    ("午後三時", "午後3時"),
    ("令和八年", "令和8年"),
    ("三か月", "3ヶ月", "３カ月"),
    ("五十席", "50席"),
    ("一〇三号室", "103号室"),
    ("霞ヶ関二丁目", "霞が関2丁目", "霞ケ関２丁目"),
    ("珈琲", "コーヒー"),
]


@pytest.mark.parametrize("forms", SAME_WORD, ids=lambda forms: forms[0])
def test_spellings_of_one_word_fold_together(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("カレー", "彼"),
        ("スキー", "好き"),
        ("センター", "先端"),
        ("したいこと", "し太鼓と"),
        ("ところ", "と頃"),
        ("自治会", "町内会"),
        ("pcr検査", "パソコンr検査"),
        ("会議室が必要", "会議室ヶ必要だ"),
        ("おとなり", "大人り"),
        ("公園", "講演"),
        ("一時預かり", "1時預かり"),
        ("材料の1/2", "材料の1月2日"),
        ("13/40", "13月40日"),
        ("3/10/20", "3月10日/20"),
        ("一番", "1番"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_names_of_one_thing_unite_only_when_searching() -> None:
    assert unify("中央自治会") == unify("中央町会") == unify("中央町内会")
    assert unify("スマートフォン教室") == unify("スマホ教室")
    assert fold("中央自治会") != fold("中央町会")


@pytest.mark.parametrize("text", ["幸町会場", "町会議員選挙", "自治会議"])
def test_a_name_inside_another_word_is_left_alone(text: str) -> None:
    assert "町内会" not in unify(text)


def test_normalise_keeps_the_spelling() -> None:
    assert normalise("　子ども\n食堂　ゴミ ") == "子ども 食堂 ごみ"


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十", 10), ("二十三", 23), ("百五", 105), ("三千五百", 3500), ("一万二千", 12_000), ("二〇二六", 2026),
        ("万", None), ("十十", None), ("二三十", None), ("百千", None),
    ],
)  # fmt: skip
def test_numerals_are_read(numeral: str, number: int | None) -> None:
    assert number_of(numeral) == number


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    assert {number_of(form) for form in kanji_of(number)} == {number}


@example("1/1〇年")
@example("1/1〇年")
@example("第二/2")
@example("一ツ")
@example("3,百円")
@given(st.text(alphabet="一二十百千万〇0123456789人円年月日時/.-,か丁目第約統ヶアー(土)", max_size=20))
def test_what_is_folded_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_normalise_is_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("variant", SPELLINGS + SAME_THING, ids=lambda variant: variant.forms)
def test_each_line_of_the_tables_has_effect_and_a_reason(variant) -> None:
    assert variant.reason
    for form in variant.forms.split():
        assert unify(form) == unify(variant.canonical)
        assert fold(fold(form)) == fold(form)
