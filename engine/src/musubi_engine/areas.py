"""Areas by 全国地方公共団体コード: what contains what, and the path above a bare code."""

from functools import lru_cache
from typing import Final

from musubi_engine.types import AreaPath

# 地方自治法第252条の19第1項の指定都市: code of the city without its check digit. A ward's
# code follows its city's within 29 numbers (総務省「全国地方公共団体コード」).
DESIGNATED_CITIES: Final = (
    *("01100", "04100", "11100", "12100", "14100", "14130", "14150", "15100", "22100", "22130"),
    *("23100", "26100", "27100", "27140", "28100", "33100", "34100", "40100", "40130", "43100"),
)
_WARDS_WITHIN = 29
_CODE_LENGTH = 6
_PREFECTURES = 47
_WEIGHTS = (6, 5, 4, 3, 2)


def check_digit(code5: str) -> str:
    """The check digit of a 5-digit code (総務省「検査数字を算出する算式」)."""
    if len(code5) != _CODE_LENGTH - 1 or not (code5.isascii() and code5.isdigit()):
        message = f"検査数字は5桁の数字から求めます（{code5}）。"
        raise ValueError(message)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


@lru_cache(maxsize=4096)
def path_of_code(code: str) -> AreaPath:
    """The path of a prefecture, city or ward from its code alone; names stay empty.

    Raises ValueError with a Japanese sentence when the code is none.
    """
    if not (code.isascii() and code.isdigit()):
        message = f"地域コード「{code}」に数字でない文字があります。6桁の数字で書いてください。"
        raise ValueError(message)
    if len(code) != _CODE_LENGTH:
        message = f"地域コード「{code}」は{len(code)}桁です。検査数字を付けた6桁で書いてください。"
        raise ValueError(message)
    code5 = code[:5]
    if not 1 <= int(code[:2]) <= _PREFECTURES:
        message = f"地域コード「{code}」の先頭2桁が都道府県の番号（01から47）ではありません。"
        raise ValueError(message)
    if check_digit(code5) != code[5]:
        message = (
            f"地域コード「{code}」の検査数字（最後の1桁）が合いません。"
            f"{code5}の検査数字は{check_digit(code5)}です。"
        )
        raise ValueError(message)
    prefecture = _with_check(code[:2] + "000")
    above = [prefecture] if code != prefecture else []
    city = _city_of_ward(code5)
    if city is not None:
        above.append(_with_check(city))
    return AreaPath(codes=(*above, code))


def contains(outer: AreaPath, inner: AreaPath) -> bool:
    """Whether `inner` lies in `outer` or is the same area."""
    if inner.codes[: len(outer.codes)] != outer.codes:
        return False
    town = outer.names[len(outer.codes) :]
    return not town or inner.names[len(inner.codes) :][: len(town)] == town


def meet(one: AreaPath, other: AreaPath) -> bool:
    """Whether one of the two contains the other."""
    return contains(one, other) or contains(other, one)


def area_name(area: AreaPath) -> str:
    """The area as people say it, without the prefecture: 「川崎市中原区」; else its code."""
    if not area.names:
        return f"地域コード{area.codes[-1]}" if area.codes else "指定なし"
    return "".join(area.names[1:] or area.names)


def _with_check(code5: str) -> str:
    return code5 + check_digit(code5)


def _city_of_ward(code5: str) -> str | None:
    if code5 in DESIGNATED_CITIES:
        return None
    before = [city for city in DESIGNATED_CITIES if city < code5]
    if before and before[-1][:2] == code5[:2] and int(code5) - int(before[-1]) <= _WARDS_WITHIN:
        return before[-1]
    return None
