"""法人番号: thirteen digits, the first of which checks the twelve after it."""

import re
import unicodedata

DIGITS = 13
WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)


def check_digit(twelve: str) -> str:
    """The first digit: 9 less the weighted sum, from the right, modulo 9 (法人番号の指定等に関する省令 第2条)."""
    total = sum(int(digit) * weight for digit, weight in zip(reversed(twelve), WEIGHTS, strict=True))
    return str(9 - total % 9)


def is_corporate_number(text: str) -> bool:
    """Thirteen half-width digits whose first one agrees with the others."""
    return bool(re.fullmatch(r"[0-9]{13}", text)) and check_digit(text[1:]) == text[0]


def without_separators(text: str) -> str:
    """What somebody typed for a number, in half-width digits, without spaces and hyphens."""
    return re.sub(r"[\s\-‐－ー]", "", unicodedata.normalize("NFKC", text))
