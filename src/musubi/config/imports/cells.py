"""What cells say: empty marks, full-width digits, days and times as people write them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from musubi.base.files.tables import looks_blank
from musubi.base.knowledge.queries import number_of
from musubi.flow.listings.enums import LONGEST, SHORTEST
from musubi.web.design.reading import fold, plain_text, read_amount, read_date, read_time

from .codes import possible_codes
from .errors import RefusedRow, SkippedRow

EMPTY = frozenset({"なし", "無し", "N/A", "n/a", "null", "NULL", "NaN", "nan", "None", "#N/A"})
MEMO = re.compile(r"^[（(]?[※＊*■●注]|^[（(]?(出典|備考|合計|計$|作成|更新日|以上|注意|注記|資料|最終更新)")
SEPARATORS = re.compile(r"[、，,;；・/／\n|｜]+")
EXAMPLE = "見本-"
"""How the numbers of a template's example rows begin."""
CAUTION = "注意: "
LAT, LNG = (20.0, 46.0), (122.0, 154.0)
EXCEL_EPOCH = dt.date(1899, 12, 30)
DAYS = "月火水木金土日"
_LENGTH = re.compile(
    r"(?P<hours>[0-9]{1,4}(\.[0-9]{1,4})?)時間|(?P<half>[0-9]{1,4})時間半|((?P<whole>[0-9]{1,4})時間)?(?P<minutes>[0-9]{1,4})(\.0)?分?"
)
_NUMERAL = re.compile(r"(?<![0-9.〇一二三四五六七八九十百千万])[〇一二三四五六七八九十百千万]{1,6}(?![0-9.])")


@dataclass
class Cells:
    """One row of a table: its line, its texts by column, and what had to be repaired."""

    line: int
    values: Mapping[str, str]
    repairs: list[str] = field(default_factory=list)
    beyond: bool = False
    whole: Sequence[str] = ()

    def demand_row(self) -> None:
        """Refuse what is no row of the table: a remark, or cells that stand in the wrong columns."""
        if is_memo(self.whole or self.values.values()):
            raise RefusedRow("表の注記のようです。取り込まなくてよい行です。")
        if self.beyond:
            raise RefusedRow(
                "見出しより多くの列があります。余分な「,」や改行がないか、この行を確かめてください。"
            )

    def skip_example(self, column: str) -> None:
        """Pass over the row that a template shows how to fill in."""
        if self.text(column).startswith(EXAMPLE):
            raise SkippedRow(
                f"見本の行なので飛ばしました。取り込みたい行なら、「{column}」を「{EXAMPLE}」で始まらない番号にしてください。"
            )

    def text(self, column: str, *, limit: int = 0, multiline: bool = False) -> str:
        """The cell without empty marks; invisible characters go, and that is said; too long is refused."""
        typed = self.values.get(column, "") or ""
        if plain_text(typed) != typed.replace("\r\n", "\n").replace("\r", "\n"):
            self.repaired(f"「{column}」に、目に見えない文字があったので取りのぞきました。")
        text = plain_text(typed, multiline=multiline).strip()
        if is_empty(text):
            return ""
        if limit and len(text) > limit:
            raise RefusedRow(f"「{column}」が長すぎます（{len(text)}文字）。{limit}文字までにしてください。")
        return text

    def demanded(self, column: str, *, limit: int = 0, multiline: bool = False) -> str:
        """The same, where a row without it cannot be used."""
        text = self.text(column, limit=limit, multiline=multiline)
        if not text:
            raise RefusedRow(f"「{column}」がありません。入れてから、もう一度取り込んでください。")
        return text

    def items(self, column: str, *, whole: Iterable[str] = ()) -> list[str]:
        """The cell's several values; `whole` are words that contain a separator themselves."""
        text = self.text(column, multiline=True)
        found = []
        for word in sorted((word for word in whole if SEPARATORS.search(word)), key=len, reverse=True):
            if word in text:
                found.append(word)
                text = text.replace(word, "、")
        return [*found, *split(text)]

    def repaired(self, sentence: str) -> None:
        """Something was put right; the report says what."""
        if sentence not in self.repairs:
            self.repairs.append(sentence)

    def cautioned(self, sentence: str) -> None:
        """Something was kept as it is that somebody should look at; the report says what."""
        self.repaired(f"{CAUTION}{sentence}")

    def day(self, column: str) -> dt.date | None:
        """The cell's day; refused where it is none."""
        text = self.text(column)
        if not text:
            return None
        found = read_day(text)
        if found is None:
            raise RefusedRow(
                f"「{column}」の「{text}」は日付として読めません。「2027-04-01」の形で入れてください。"
            )
        return found

    def time(self, column: str) -> dt.time | None:
        """The cell's time of day; the end of the day is left open."""
        text = self.text(column)
        if not text or fold(text) in {"24:00", "23:59", "24時"}:
            return None
        found = read_time(re.sub(r"^(\d{1,2}:\d{2}):\d{2}$", r"\1", fold(text)))
        if found is None:
            raise RefusedRow(
                f"「{column}」の「{text}」は時刻として読めません。「09:30」の形で入れてください。"
            )
        return found

    def minutes(self, column: str) -> int | None:
        """The cell's length of time: 「180」「180分」「3時間」「1時間30分」「1時間半」「1.5時間」「三時間」."""
        text = self.text(column)
        if not text:
            return None
        total = _length_of(text)
        if total is None or not SHORTEST <= total <= LONGEST:
            raise RefusedRow(
                f"「{column}」の「{text}」は、15分から24時間までの長さとして読めません。「3時間」や「90分」のように入れてください。"
            )
        return total

    def number(self, column: str) -> tuple[int, str] | None:
        """The cell's whole number and the unit beside it."""
        text = self.text(column)
        if not text:
            return None
        found = read_amount(text)
        if found is None or found[0] != found[0].to_integral_value():
            raise RefusedRow(
                f"「{column}」の「{text}」は数として読めません。「30」や「30席」のように入れてください。"
            )
        return int(found[0]), found[1]


def _length_of(text: str) -> int | None:
    """How many minutes a text says; None where it says no whole number of them."""
    found = _LENGTH.fullmatch(_NUMERAL.sub(_in_digits, fold(text)))
    if found is None:
        return None
    hours, half, whole, minutes = (found[name] for name in ("hours", "half", "whole", "minutes"))
    total = Decimal(hours or half or whole or 0) * 60 + (30 if half else 0) + int(minutes or 0)
    return int(total) if total == total.to_integral_value() else None


def _in_digits(found: re.Match[str]) -> str:
    number = number_of(found[0])
    return found[0] if number is None else str(number)


def is_empty(text: str) -> bool:
    """Nothing, or one of the marks that offices write for it."""
    return looks_blank(text) or text.strip() in EMPTY


def split(text: str) -> list[str]:
    """「人手、場所」 as its parts, without empty ones."""
    return [part.strip() for part in SEPARATORS.split(text) if not is_empty(part)]


def is_memo(texts: Iterable[str]) -> bool:
    """Whether a row is a remark under the table rather than one of its rows."""
    filled = [text.strip() for text in texts if text and not is_empty(text)]
    return len(filled) <= 2 and any(MEMO.match(text) or "。" in text for text in filled)


def repaired_code(cells: Cells, text: str, known: Container[str] | None = None) -> str:
    """The 6-digit code of a cell; lost zeros and check digits are put back, and that is said.

    `known`: the codes that can be meant, where the digits alone allow several.
    """
    folded = re.sub(r"\.0$", "", fold(text))
    found = [folded] if known is not None and folded in known else possible_codes(folded)
    if known is not None and len(found) > 1:
        found = [code for code in found if code in known] or found
    if not found:
        raise RefusedRow(_why_no_code(folded))
    code = found[0]
    if code != folded:
        lost = "先頭の0" if code.startswith("0") and not folded.startswith("0") else "検査数字（最後の1けた）"
        if len(code) - len(folded) > 1:
            lost = "先頭の0と検査数字（最後の1けた）"
        cells.repaired(f"コード「{folded}」は{lost}が落ちていたので「{code}」に直しました。")
    elif folded != text.strip():
        cells.repaired(f"コードを半角の「{code}」に直しました。")
    return code


def _why_no_code(text: str) -> str:
    if re.fullmatch(r"[0-9]{6}", text):
        return f"コード「{text}」は検査数字（最後の1けた）が合いません。全国地方公共団体コードを確かめてください。"
    return f"「{text}」は全国地方公共団体コード（6けたの数字）ではありません。コードを確かめてください。"


def read_point(cells: Cells, lat: object, lng: object) -> tuple[float | None, float | None]:
    """A point in Japan, or none; swapped values are put right, impossible ones left out, and that is said."""
    first, second = _degrees(lat), _degrees(lng)
    if first is None or second is None:
        if not is_empty(str(lat or "")) or not is_empty(str(lng or "")):
            cells.repaired("緯度・経度の一方がないか数でないため、この行の位置は使いませんでした。")
        return None, None
    if _within(first, LAT) and _within(second, LNG):
        return first, second
    if _within(second, LAT) and _within(first, LNG):
        cells.repaired("緯度と経度が入れかわっていたので、もどしました。")
        return second, first
    cells.repaired("緯度・経度が日本の外なので、この行の位置は使いませんでした。")
    return None, None


def _degrees(value: object) -> float | None:
    text = fold(str(value)) if value is not None else ""
    try:
        return float(text)
    except ValueError:
        return None


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def read_day(text: str) -> dt.date | None:
    """「2027-04-01」, 「2027/4/1」, 「20270401」, 「令和9年4月1日」, 「R9.4.1」, or a spreadsheet's day number."""
    folded = re.sub(r"[（(].[）)]$", "", fold(text))
    folded = re.sub(r"(T|(?<=\d{2})(?=\d{2}:)).*$", "", folded)
    found = re.fullmatch(r"(\D{0,2}(?:\d{1,4}|元)年?)[-/.年]?(\d{1,2})[-/.月](\d{1,2})日?", folded)
    if found:
        return read_date(found[1], found[2], found[3])
    if re.fullmatch(r"(19|20)\d{6}", folded):
        return read_date(folded[:4], folded[4:6], folded[6:])
    if re.fullmatch(r"[2-6]\d{4}(\.0)?", folded):
        return EXCEL_EPOCH + dt.timedelta(days=int(float(folded)))
    return None


def read_weekdays(text: str) -> tuple[int, ...]:
    """「土日」, 「月〜金」, 「平日」, 「毎日」 as numbers from Monday, 0; every day is none."""
    folded = re.sub(r"曜日?|[、，,・\s/／]", "", unicodedata.normalize("NFKC", text))
    if folded in {"", "毎日", "いつでも", "全日"}:
        return ()
    folded = (
        folded.replace("平日", "月火水木金")
        .replace("土日祝", "土日")
        .replace("週末", "土日")
        .replace("祝日", "")
    )
    folded = re.sub(r"([月火水木金土日])[〜~\-－ー―から]+([月火水木金土日])", _spelled_out, folded)
    if not folded or any(letter not in DAYS for letter in folded):
        raise RefusedRow(f"曜日「{text}」が読めません。「土、日」や「平日」のように入れてください。")
    return tuple(sorted({DAYS.index(letter) for letter in folded}))


def _spelled_out(found: re.Match[str]) -> str:
    first, last = DAYS.index(found[1]), DAYS.index(found[2])
    return DAYS[first : last + 1] if first <= last else DAYS[first:] + DAYS[: last + 1]
