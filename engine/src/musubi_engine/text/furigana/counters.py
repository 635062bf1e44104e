"""Numbers with their counters: 3人 is read さんにん, 1人 ひとり, 20日 はつか, 三丁目 さんちょうめ, 3本 さんぼん.

Figures carry no furigana, the counter does; where the two are read as one word they stand under one reading.
The rules are those of 文化庁's and NHK's tables of counters, for what listings and notices count.
"""

import re
from typing import Final

from musubi_engine.text.furigana.align import Piece
from musubi_engine.text.numerals import number_of

_PERSONS: Final = {1: "ひとり", 2: "ふたり"}
_DAYS: Final = {
    2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか", 9: "ここのか", 10: "とおか",
    14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか",
}  # fmt: skip
_FIRST_OF_A_MONTH: Final = "ついたち"

# After 1, 6, 8, 10 (p), after 3 (b), else: as はっぽん, さんぼん, にほん.
_CHANGING: Final = {
    "本": ("ほん", "ぽん", "ぼん"), "杯": ("はい", "ぱい", "ばい"), "匹": ("ひき", "ぴき", "びき"),
    "軒": ("けん", "けん", "げん"), "階": ("かい", "かい", "がい"), "足": ("そく", "そく", "ぞく"),
    "百": ("ひゃく", "ぴゃく", "びゃく"), "千": ("せん", "せん", "ぜん"), "泊": ("はく", "ぱく", "ぱく"),
}  # fmt: skip
_MINUTES: Final = ("ふん", "ぷん")
_MINUTES_WITH_P: Final = {0, 1, 3, 4, 6, 8}
_STEADY: Final = {
    "人": "にん", "日": "にち", "月": "がつ", "年": "ねん", "時": "じ", "秒": "びょう", "週": "しゅう", "円": "えん",
    "名": "めい", "歳": "さい", "才": "さい", "回": "かい", "個": "こ", "枚": "まい", "台": "だい", "脚": "きゃく",
    "席": "せき", "件": "けん", "組": "くみ", "世帯": "せたい", "戸": "こ", "棟": "とう", "号": "ごう", "番": "ばん",
    "丁目": "ちょうめ", "丁": "ちょう", "条": "じょう", "項": "こう", "章": "しょう", "部": "ぶ", "冊": "さつ", "羽": "わ",
    "着": "ちゃく", "袋": "ふくろ", "箱": "はこ", "食": "しょく", "通": "つう", "点": "てん", "倍": "ばい", "割": "わり",
    "度": "ど", "版": "はん", "社": "しゃ", "校": "こう", "園": "えん", "店": "てん", "団体": "だんたい", "種類": "しゅるい",
    "行": "ぎょう", "文字": "もじ", "字": "じ", "口": "くち", "区": "く", "市": "し", "畳": "じょう", "坪": "つぼ",
    "班": "はん", "室": "しつ", "頭": "とう", "話": "わ", "問": "もん", "曲": "きょく", "票": "ひょう",
    "万": "まん", "億": "おく", "営業日": "えいぎょうび", "か月": "かげつ", "ヶ月": "かげつ", "カ月": "かげつ",
    "ヵ月": "かげつ", "ケ月": "かげつ", "箇月": "かげつ", "か所": "かしょ", "ヶ所": "かしょ", "カ所": "かしょ",
    "ヵ所": "かしょ", "ケ所": "かしょ", "箇所": "かしょ", "か国": "かこく", "ヶ国": "かこく", "カ国": "かこく",
    "か年": "かねん", "ヶ年": "かねん",
}  # fmt: skip
# What may stand behind a counter, where its usual reading would be another.
_BEHIND: Final = {
    "間": "かん", "目": "め", "前": "まえ", "後": "ご", "分": "ぶん", "生": "せい", "度": "ど", "半": "はん", "末": "まつ",
    "頃": "ごろ", "中": "ちゅう", "内": "ない",
}  # fmt: skip
_NOT_BEHIND: Final = {"人": "間半度生末", "円": "間目後生半度末", "時": "目生度末", "月": "間目度"}
_MAY_FOLLOW: Final = "(?P<behind>(?:[前後](?![半期])|間(?!近)|目(?![標安的])|生(?!ま)|度(?!合)|分(?![けか])|半(?!ば)|中(?![旬学央])|内(?![容外])|[末頃])?)"

_COUNTERS: Final = "|".join(sorted((*_STEADY, *_CHANGING, "分"), key=lambda word: (-len(word), word)))
_WEEKDAY_BEHIND: Final = re.compile(r"\s*[(（][日月火水木金土]")
_SHARE_BEHIND: Final = re.compile("の[0-9一二三四五六七八九十]")
SHORTENING: Final = frozenset(("回", "個", "階", "軒", "冊", "歳", "才", "着", "点", "件", "匹", "杯", "泊"))
"""Counters before which 一 is いっ whatever the dictionary says of the two; 一部, 一時 and 一番 are words."""
_WORDS_OF_THEIR_OWN: Final = frozenset("日月年人時分円")
FIGURES: Final = re.compile(
    rf"(?<![0-9.,])(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+(?:\.[0-9]+)?)(?P<counter>{_COUNTERS})"
    rf"{_MAY_FOLLOW}"
)
"""Figures with a counter behind them, in folded text."""
COUNTED: Final = re.compile(rf"(?P<counter>{_COUNTERS}){_MAY_FOLLOW}")
"""A counter with what may follow it, to be matched where a number in kanji has ended."""

_WEEKDAYS: Final = {
    "日": "にち",
    "月": "げつ",
    "火": "か",
    "水": "すい",
    "木": "もく",
    "金": "きん",
    "土": "ど",
    "祝": "しゅく",
}
_DAY_NAMES: Final = "日月火水木金土祝"
WEEKDAYS: Final = re.compile(
    rf"(?<=[0-9日][(（])[{_DAY_NAMES}](?:[・、,~〜～-][{_DAY_NAMES}])*(?=[)）])"
    rf"|(?<![一-鿿々])[{_DAY_NAMES}](?:[・、~〜～][{_DAY_NAMES}])+(?![一-鿿々])"
)
"""Weekdays by their first letter: 20日(金), 土・日."""


def of_weekdays(text: str) -> list[Piece]:
    """「土・日」 letter by letter."""
    return [Piece(letter, _WEEKDAYS.get(letter, "")) for letter in text]


def of_figures(found: re.Match[str], before: str, after: str) -> list[Piece]:
    """What `FIGURES` found; `before` and `after` are the text around it (the 1日 of a month is ついたち)."""
    figures, counter, behind = found["number"], found["counter"], found["behind"]
    number = int(figures) if figures.isdecimal() else -1
    whole = ""
    if counter == "人":
        whole = _PERSONS.get(number, "")
    elif counter == "日":
        whole = _DAYS.get(number, "")
        is_date = before.endswith("月") or _WEEKDAY_BEHIND.match(after)
        if number == 1 and not behind and is_date:
            whole = _FIRST_OF_A_MONTH
    if whole:
        return [Piece(figures + counter, whole), *_of_behind(counter, behind)]
    counted = _of_counter(counter, int(figures[-1]), after)
    return [Piece(figures), *counted, *_of_behind(counter, behind)]


def stands_alone(counter: str) -> bool:
    """Whether it is a counter whatever word the dictionary makes of it and what follows: 20日頃 is not 日頃."""
    return counter in _WORDS_OF_THEIR_OWN


_THINGS: Final = dict(
    zip(
        "一二三四五六七八九",
        ("ひと", "ふた", "みっ", "よっ", "いつ", "むっ", "なな", "やっ", "ここの"),
        strict=True,
    )
)


def of_things(numeral: str) -> list[Piece]:
    """The number of 三つ; [] for more than nine."""
    return [Piece(numeral, _THINGS[numeral])] if numeral in _THINGS else []


def of_kanji_number(numeral: str, found: re.Match[str] | None) -> list[Piece]:
    """A number in kanji with the counter that `COUNTED` found behind it; [] for what is no number."""
    number = number_of(numeral)
    if number is None or number >= 10_000 * 10_000:
        return []
    if found is None:
        return [Piece(numeral, _spoken(number))]
    counter, behind = found["counter"], found["behind"]
    whole = {"人": _PERSONS, "日": _DAYS}.get(counter, {}).get(number, "")
    if whole:
        return [Piece(numeral + counter, whole), *_of_behind(counter, behind)]
    counted = _of_counter(counter, number % 10, found.string[found.end() :])
    sound = "".join(piece.reading or piece.text for piece in counted)
    return [Piece(numeral, _before(number, counter, sound)), *counted, *_of_behind(counter, behind)]


def _of_counter(counter: str, last: int, after: str) -> list[Piece]:
    if counter == "分":
        minutes = _MINUTES[last in _MINUTES_WITH_P]
        return [Piece(counter, "ぶん" if _SHARE_BEHIND.match(after) else minutes)]
    if counter in _CHANGING:
        usual, p_sound, b_sound = _CHANGING[counter]
        return [Piece(counter, b_sound if last == 3 else p_sound if last in (0, 1, 6, 8) else usual)]
    if counter[0] in "かカ":
        return [Piece(counter[0]), Piece(counter[1:], _STEADY[counter][1:])]
    return [Piece(counter, _STEADY[counter])]


def _of_behind(counter: str, behind: str) -> list[Piece]:
    if not behind or behind in _NOT_BEHIND.get(counter, ""):
        return []  # read with what follows it
    return [Piece(behind, _BEHIND[behind])]


_ONES: Final = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_HUNDREDS: Final = {3: "さんびゃく", 6: "ろっぴゃく", 8: "はっぴゃく"}
_THOUSANDS: Final = {3: "さんぜん", 8: "はっせん"}
_OWN: Final = {
    "時": {4: "よ", 7: "しち", 9: "く"}, "月": {4: "し", 7: "しち", 9: "く"}, "年": {4: "よ"}, "人": {4: "よ"}, "円": {4: "よ"},
}  # fmt: skip
_SHORT_BEFORE: Final = {
    1: ("いっ", "かきくけこさしすせそたちつてとはひふへほぱぴぷぺぽ"),
    6: ("ろっ", "かきくけこはひふへほぱぴぷぺぽ"),
    8: ("はっ", "かきくけこさしすせそたちつてとはひふへほぱぴぷぺぽ"),
}
_NEVER_SHORT: Final = frozenset({"部", "袋", "口", "市", "区", "組"})


def _spoken(number: int) -> str:
    """How a number below a hundred million is said."""
    if number == 0:
        return "れい"
    if number >= 10_000:
        myriads, rest = divmod(number, 10_000)
        return f"{_spoken(myriads)}まん{_spoken(rest) if rest else ''}"
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, ones = divmod(rest, 10)
    return (
        (_THOUSANDS.get(thousands) or f"{_ONES[thousands] if thousands > 1 else ''}せん" if thousands else "")
        + (_HUNDREDS.get(hundreds) or f"{_ONES[hundreds] if hundreds > 1 else ''}ひゃく" if hundreds else "")
        + (f"{_ONES[tens] if tens > 1 else ''}じゅう" if tens else "")
        + _ONES[ones]
    )


def _before(number: int, counter: str, sound: str) -> str:
    """How a number is said before a counter: 一回 いっ-かい, 四時 よ-じ, 十個 じゅっ-こ."""
    said, last = _spoken(number), number % 10
    own = _OWN.get(counter, {}).get(last)
    if own and number:
        return said.removesuffix(_ONES[last]) + own
    if counter in _NEVER_SHORT or not sound:
        return said
    if last == 0 and said.endswith("じゅう") and sound[0] in _SHORT_BEFORE[8][1]:
        return said.removesuffix("じゅう") + "じゅっ"
    short, before = _SHORT_BEFORE.get(last, ("", ""))
    return said.removesuffix(_ONES[last]) + short if short and sound[0] in before else said
