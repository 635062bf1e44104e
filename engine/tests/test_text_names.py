"""Words that may name a person, told by the dictionary; where it is missing, all that is not known."""

import subprocess
import sys

import pytest

from musubi_engine.knowledge.base import SHIPPED
from musubi_engine.knowledge.names import is_of_known_words, may_name_person
from musubi_engine.text.sudachi import words_installed

needs_words = pytest.mark.skipif(not words_installed(), reason="the extra `words` is not installed")

NAMES = (
    "田中", "山田太郎", "佐藤 花子", "渡邉　一郎", "齋藤", "高橋さんのカフェ", "本田先生", "田中様の家",
    "やまだたろう", "やまだ たろう", "すずき はなこ", "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマザキ ソウタロウ", "ようこ", "ジョン・スミス",
    "グエン・ヴァン・アン", "王 小明", "yamada", "Taro Yamada", "tanaka hanako", "ＳＡＴＯＵ",
)  # fmt: skip
WORDS = (
    "よりあい", "もちつき", "モルック", "wi-fi 会場", "子ども食堂", "スマホ教室", "皆さん", "お医者さん", "ママさんバレー",
    "武蔵小杉", "さくら祭り", "森の遊び場", "三味線", "ハロウィン", "太極拳", "2丁目の集会所", "pc", "npo",
)  # fmt: skip


@needs_words
@pytest.mark.parametrize("text", NAMES)
def test_names_are_told_however_they_are_written(text: str) -> None:
    assert may_name_person(text)


@needs_words
@pytest.mark.parametrize("text", WORDS)
def test_words_are_no_names(text: str) -> None:
    assert not may_name_person(text)


@needs_words
def test_few_of_the_words_that_the_engine_knows_are_taken_for_names() -> None:
    words = {w for known in (*SHIPPED.concepts, *SHIPPED.recipes) for w in (known.name, *known.words)}
    assert sum(map(may_name_person, words)) < 0.02 * len(words)


def test_what_consists_of_known_words_is_told() -> None:
    for text in ("子ども食堂", "こども食堂の 調理室", "高齢者のスマホ教室", "車いす 2"):
        assert is_of_known_words(text), text
    for text in (*NAMES, "よりあい", "子ども食堂の田中", "林 食堂"):
        assert not is_of_known_words(text), text


def test_without_the_dictionary_only_known_words_are_no_names() -> None:
    asked = (
        "import sys; sys.modules['sudachipy'] = None\n"
        "from musubi_engine.knowledge.names import may_name_person as named\n"
        "print([named(text) for text in ('子ども食堂', '山田太郎', 'よりあい', 'こども食堂 田中')])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[False, True, True, True]"
