"""全国地方公共団体コード: five digits and one that checks them."""

import re

WEIGHTS = (6, 5, 4, 3, 2)
WITH_CHECK, WITHOUT_CHECK = 6, 5


def check_digit(five: str) -> str:
    """The sixth digit of a code (総務省: 11 minus the weighted sum modulo 11, its last digit)."""
    total = sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def is_code(text: str) -> bool:
    """Six digits whose last one agrees with the others."""
    return bool(re.fullmatch(r"[0-9]{6}", text)) and check_digit(text[:5]) == text[5]


def possible_codes(text: str) -> list[str]:
    """The codes that digits may stand for whose leading zero or check digit got lost, likeliest first.

    A code that is right as it stands is the only possible one.
    """
    if is_code(text):
        return [text]
    found = []
    if re.fullmatch(r"[0-9]{5}", text):
        if is_code(f"0{text}"):
            found.append(f"0{text}")
        found.append(text + check_digit(text))
    if re.fullmatch(r"[0-9]{4}", text):
        five = f"0{text}"
        found.append(five + check_digit(five))
    return [code for code in found if "01" <= code[:2] <= "47"]
