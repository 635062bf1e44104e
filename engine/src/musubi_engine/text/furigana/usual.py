"""Readings that the dictionary gives otherwise than a listing or a notice means them, each with its reason.

Whole words only, or words with the kana that tell which is meant.
"""

from typing import Final, NamedTuple


class Usual(NamedTuple):
    """A word, how it is read here, why the dictionary's answer is not the one, and before what it stays."""

    word: str
    reading: str
    reason: str
    unless_before: str = ""


USUAL: Final = (
    Usual("私", "わたし", "the dictionary says the formal わたくし"),
    Usual("日本", "にほん", "the dictionary says にっぽん; readers learn にほん first"),
    Usual("明日", "あした", "the dictionary says あす"),
    Usual("何を", "なにを", "the dictionary says なん for 何 alone"),
    Usual("何が", "なにが", "as 何を"),
    Usual("何も", "なにも", "as 何を"),
    Usual("何か", "なにか", "as 何を"),
    Usual("何に", "なにに", "as 何を"),
    Usual("を行った", "をおこなった", "行った alone is read いった"),
    Usual("を行って", "をおこなって", "as を行った"),
    Usual("が行った", "がおこなった", "as を行った"),
    Usual("一日中", "いちにちじゅう", "中 alone is read ちゅう"),
    Usual("一年中", "いちねんじゅう", "as 一日中"),
    Usual("の間", "のあいだ", "間 alone is read ま"),
    Usual("その間", "そのあいだ", "as の間"),
    Usual("開いている", "あいている", "of shops and counters; the dictionary says ひらいている"),
    Usual("開いています", "あいています", "as 開いている"),
    Usual("言う", "いう", "the dictionary sometimes says ゆう, as it sounds"),
    Usual("何時", "なんじ", "before まで the dictionary says なんどき"),
    Usual("来ること", "くること", "the dictionary says きたる, as of a day to come"),
    Usual("間を", "あいだを", "as の間"),
    Usual("願い中", "ねがいちゅう", "the dictionary says なか"),
    Usual("大文字", "おおもじ", "the dictionary says だいもんじ"),
    Usual("小文字", "こもじ", "the dictionary says こもんじ"),
    Usual("NPO法人", "ほうじん", "Latin letters stay bare"),
    Usual(
        "方",
        "かた",
        "people, unless compared: the dictionary often says ほう",
        "が(?:い[いく]|よ|良|早|多|少|安|楽|近)",
    ),
    Usual("空いている", "あいている", "of rooms and seats; the dictionary may say すいている"),
    Usual("空いています", "あいています", "as 空いている"),
)
