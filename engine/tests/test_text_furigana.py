"""Which reading stands over which letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi_engine.text.furigana import FuriganaReader, pieces_of, plain_reading
from musubi_engine.text.furigana.usual import USUAL
from musubi_engine.text.sudachi import words_installed

needs_words = pytest.mark.skipif(not words_installed(), reason="the extra `words` is not installed")


def shortly(pieces: object) -> str:
    return "".join(f"{{{p.text}|{p.reading}}}" if p.reading else p.text for p in pieces)  # type: ignore[attr-defined]


def read(text: str, **known: str) -> str:
    pieces = FuriganaReader(known).pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    return shortly(pieces)


@pytest.mark.parametrize(
    ("word", "reading", "laid"),
    [
        ("食べ物", "たべもの", "{食|た}べ{物|もの}"),
        ("今日", "きょう", "{今日|きょう}"),
        ("お気に入り", "おきにいり", "お{気|き}に{入|い}り"),
        ("言い合い", "いいあい", "{言|い}い{合|あ}い"),
        ("生き生き", "いきいき", "{生|い}き{生|い}き"),
        ("コーヒー豆", "コーヒーマメ", "コーヒー{豆|まめ}"),
        ("浜風ホール", "はまかぜほーる", "{浜風|はまかぜ}ホール"),
        ("関ヶ原", "セキガハラ", "{関ヶ原|せきがはら}"),
        ("人々", "ヒトビト", "{人々|ひとびと}"),
        ("〆切", "しめきり", "{〆切|しめきり}"),
        ("承る", "うけたまわる", "{承|うけたまわ}る"),
        (
            "結浜市 市民協働課",
            "ゆいはまし しみんきょうどうか",
            "{結浜市|ゆいはまし} {市民協働課|しみんきょうどうか}",
        ),
        ("結の会", "むすびのかい", "{結|むすび}の{会|かい}"),
    ],
)
def test_the_reading_stands_over_the_kanji_alone(word: str, reading: str, laid: str) -> None:
    assert shortly(pieces_of(word, reading)) == laid


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("食べ物", "しょくひん"),
        ("大人", "otona"),
        ("大人", ""),
        ("大人", "大人"),
        ("港", "みなとみらい"),
        ("食べ物", "べもの"),
        ("榎本秀樹（税理士）", "えのもとひでき"),
    ],
)
def test_what_does_not_fit_together_is_not_laid(word: str, reading: str) -> None:
    assert pieces_of(word, reading) == ()


def test_more_than_one_way_is_one_reading() -> None:
    assert shortly(pieces_of("お花の木の", "おはなののきの")) == "お{花の木|はなののき}の"
    assert shortly(pieces_of("結浜市 市民課", "ゆいはまししみんか")) == "{結浜市 市民課|ゆいはまししみんか}"


def test_a_reading_is_hiragana() -> None:
    assert plain_reading("ﾊﾏ ｶｾﾞ・ホール") == "はまかぜほーる"
    assert plain_reading("浜") == plain_reading("a") == plain_reading("") == ""


@needs_words
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11月20日(金)", "11{月|がつ}{20日|はつか}({金|きん})"),
        ("11月1日", "11{月|がつ}{1日|ついたち}"),
        ("1日（日）", "{1日|ついたち}（{日|にち}）"),
        ("1日3回", "1{日|にち}3{回|かい}"),
        ("３人と1人", "３{人|にん}と{1人|ひとり}"),
        ("1,002人", "1,002{人|にん}"),
        ("20日頃", "{20日|はつか}{頃|ごろ}"),
        ("2日間", "{2日|ふつか}{間|かん}"),
        ("二十日", "{二十日|はつか}"),
        ("二丁目", "{二丁目|にちょうめ}"),
        ("みなと町2丁目", "みなと{町|ちょう}2{丁目|ちょうめ}"),
        ("3本、6本、2本", "3{本|ぼん}、6{本|ぽん}、2{本|ほん}"),
        ("10分、15分", "10{分|ぷん}、15{分|ふん}"),
        ("3分の1", "3{分|ぶん}の1"),
        ("10分の話", "10{分|ぷん}の{話|はなし}"),
        ("三か月、3ヶ月", "{三|さん}か{月|げつ}、3{ヶ月|かげつ}"),
        ("一回、三百円、十個", "{一|いっ}{回|かい}、{三百|さんびゃく}{円|えん}、{十|じゅっ}{個|こ}"),
        ("二つ", "{二|ふた}つ"),
        ("二万円、四十二万", "{二万|にまん}{円|えん}、{四十二万|よんじゅうにまん}"),
        ("万一、三千五百人", "{万一|まんいち}、{三千五百|さんぜんごひゃく}{人|にん}"),
        ("2部屋", "2{部屋|へや}"),
        ("午後1時半", "{午後|ごご}1{時|じ}{半|はん}"),
        ("土・日、(月・火)", "{土|ど}・{日|にち}、({月|げつ}・{火|か})"),
        ("2026年生まれ", "2026{年|ねん}{生|う}まれ"),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, said: str) -> None:
    assert read(text) == said


@needs_words
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今日は大人の食べ物", "{今日|きょう}は{大人|おとな}の{食|た}べ{物|もの}"),
        ("人々と佐々木さん", "{人々|ひとびと}と{佐々木|ささき}さん"),
        ("髙橋さん", "{髙橋|たかはし}さん"),
        ("葛\U000e0100飾区", "{葛\U000e0100飾|かつしか}{区|く}"),
        ("NPO法人", "NPO{法人|ほうじん}"),
        ("使う方の方がいい", "{使|つか}う{方|かた}の{方|ほう}がいい"),
        ("私の国", "{私|わたし}の{国|くに}"),
        ("かなだけ abc", "かなだけ abc"),
    ],
)
def test_words_are_read_by_the_dictionary(text: str, said: str) -> None:
    assert read(text) == said


@needs_words
def test_what_is_known_comes_before_the_dictionary_and_never_within_a_word() -> None:
    assert read("結浜市民", 結浜市="ゆいはまし") == "{結浜市|ゆいはまし}{民|みん}"
    assert read("大原と大原則", 大原="おおばら") == "{大原|おおばら}と{大|だい}{原則|げんそく}"
    assert read("私", 私="わたくし") == "{私|わたくし}"
    assert read("髙﨑さん", 高崎="こうざき") == "{髙﨑|こうざき}さん"


@needs_words
def test_a_long_name_is_cut_where_its_parts_are_read_the_same() -> None:
    known = {
        "結浜市社会福祉協議会": "ゆいはましししゃかいふくしきょうぎかい".replace("しし", "し"),
        "結浜市": "ゆいはまし",
    }
    assert (
        read("結浜市社会福祉協議会", **known)
        == "{結浜市|ゆいはまし}{社会|しゃかい}{福祉|ふくし}{協議|きょうぎ}{会|かい}"
    )


@needs_words
def test_a_reading_that_does_not_fit_is_left_aside() -> None:
    assert read("大人", 大人="abc") == "{大人|おとな}"


@needs_words
def test_a_very_long_text_is_read_too() -> None:
    text = "町内会の夏祭りを手伝ってください。" * 2000
    pieces = FuriganaReader({}).pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    assert sum(piece.reading == "ちょうない" for piece in pieces) == 2000


def test_without_the_dictionary_only_what_is_known_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musubi_engine.text.furigana.reader.words_installed", lambda: False)
    known = {"結浜市": "ゆいはまし", "大原": "おおはら"}
    assert read("結浜市民の会議", **known) == "{結浜市|ゆいはまし}民の会議"
    assert read("大原と大原則", **known) == "{大原|おおはら}と大原則"
    assert read("11月20日", **known) == "11{月|がつ}{20日|はつか}"


def test_each_usual_reading_fits_its_word() -> None:
    for usual in USUAL:
        assert pieces_of(usual.word, usual.reading), usual.word
        assert usual.reason


@given(st.text("今日大人の食べ物夏祭り3０十分間 社会1\n方、(金)ヶ月髙々ー", max_size=30))
def test_joined_the_pieces_are_the_text(text: str) -> None:
    pieces = FuriganaReader({"大人": "おとな"}).pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    assert pieces == FuriganaReader({"大人": "おとな"}).pieces(text)
