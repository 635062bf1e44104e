"""「もしかして」: near words, by letters and by sound; and words that begin so."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine.index.meant import Lexicon, Word, completions_of, distance, meant_by
from musubi_engine.index.unfinished import finished_forms, unfinished_parts
from musubi_engine.text.readings import reading_of
from musubi_engine.text.surface import MOST_WORDS, surface_words

LEXICON = Lexicon.of(
    [
        Word("子ども食堂", "こどもしょくどう", 40),
        Word("ボランティア", "ぼらんてぃあ", 30),
        Word("公園", "こうえん", 20),
        Word("講演", "こうえん", 5),
        Word("体操", "たいそう", 4),
        Word("公園清掃", "こうえんせいそう", 3),
        Word("スマホ教室", "すまほきょうしつ", 3),
        Word("防災訓練", "ぼうさいくんれん", 2),
        Word("茶会", "ちゃかい", 2),
        Word("こども食堂", "こどもしょくどう", 1),
    ]
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("子供職堂", "子ども食堂"),
        ("ボランテァ", "ボランティア"),
        ("ボランンティア", "ボランティア"),
        ("講園", "公園"),
        ("たいそお", "体操"),
        ("こうえんせいそう", "公園清掃"),
        ("スマホ教宝", "スマホ教室"),
        ("防訓災練", "防災訓練"),
        ("こどm食堂", "子ども食堂"),
        ("こどｍ食堂", "子ども食堂"),
        ("こどもしょkどう", "子ども食堂"),
        ("kどもしょくどう", "子ども食堂"),
        ("こどもしょくどうm", "子ども食堂"),
        ("こうえんせいsう", "公園清掃"),
        ("こうえn", "公園"),
        ("すまほkyうしつ", "スマホ教室"),
        ("たいsう", "体操"),
        ("ぼらnてぃあ", "ボランティア"),
    ],
)
def test_what_was_meant(typed: str, first: str) -> None:
    assert meant_by(typed, LEXICON, reading=reading_of(typed))[0] == first


@pytest.mark.parametrize(
    "typed", ["子供食堂", "宇宙船", "茶道", "茶", "", "x", "pc", "pc教室", "うちゅうsn", "mmmm食"]
)
def test_where_nothing_is_near_nothing_is_offered(typed: str) -> None:
    assert meant_by(typed, LEXICON, reading=reading_of(typed)) == ()


def test_of_one_sound_the_commoner_comes_first() -> None:
    assert meant_by("こうえん", LEXICON, reading="こうえん")[:2] == ("公園", "講演")


def test_words_that_begin_so_as_written_or_read() -> None:
    assert completions_of("公", LEXICON) == ("公園", "公園清掃")
    assert completions_of("こう", LEXICON) == ("公園", "講演", "公園清掃")
    assert completions_of("ぼ", LEXICON) == ("ボランティア", "防災訓練")
    assert completions_of("子ど", LEXICON) == completions_of("子ども", LEXICON) == ("子ども食堂",)
    assert completions_of("公園", LEXICON, limit=1) == ("公園清掃",)
    assert completions_of("", LEXICON) == ()


@given(st.text(alphabet="あいう", max_size=6), st.text(alphabet="あいう", max_size=6))
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
    assert distance(one, other, 9) <= max(len(one), len(other))


def test_swapped_neighbours_count_once() -> None:
    assert distance("あいう", "いあう", 9) == 1
    assert distance("あいうえおか", "かおえうい", 2) == 3


def test_readings_are_hiragana_and_kana_need_no_dictionary() -> None:
    assert reading_of("公園清掃") == "こうえんせいそう"
    assert reading_of("スマホ") == "すまほ"


def test_words_of_a_text_as_they_stand() -> None:
    text = "子ども食堂の見守り。スマホ教室、ＰＣと三人、こども食堂、二〇二六年の防災訓練"
    assert surface_words(text) == ["子ども食堂", "見守り", "スマホ教室", "ＰＣ", "こども食堂", "防災訓練"]
    assert len(surface_words("、".join(f"語{chr(0x4E00 + n)}" for n in range(99)))) == MOST_WORDS


def test_readings_are_asked_for_by_many_threads():
    words = [f"{one}{other}清掃" for one in "公園山川森海町村" for other in "北南東西上中下本"]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(reading_of.__wrapped__, words * 20))
    assert found == [reading_of(word) for word in words] * 20


def test_letters_left_over_are_finished_or_left_out() -> None:
    assert finished_forms("こどm食堂") == (
        "こどま食堂", "こどみ食堂", "こどむ食堂", "こどめ食堂", "こども食堂", "こど食堂",
    )  # fmt: skip
    assert "がっこう" in finished_forms("がkkう")
    for whole in ("公園", "pc教室", "wifi", "sns", "", "あ", "x", "aいbうcえ"):
        assert finished_forms(whole) == ()


def test_in_a_sentence_only_the_unfinished_word_is_told() -> None:
    assert unfinished_parts("こどm食堂の手伝い") == ("こどm食堂",)
    assert unfinished_parts("こども食堂の手伝い") == unfinished_parts("こどm食堂") == ()


@given(st.text(alphabet="あかmkn食pー ", max_size=12))
def test_the_forms_are_few_and_have_no_letter_left_over(typed: str) -> None:
    forms = finished_forms(typed)
    assert len(forms) <= 49
    assert all(finished_forms(form) == () for form in forms)
