"""法人番号 as the National Tax Agency gives them."""

import pytest

from musubi.base.common.corporate_number import check_digit, is_corporate_number, without_separators


@pytest.mark.parametrize("number", ["7000012050002", "8700110005901", "5050005005266"])
def test_the_first_digit_checks_the_others(number: str) -> None:
    assert is_corporate_number(number)
    assert check_digit(number[1:]) == number[0]
    for place in range(13):
        other = str((int(number[place]) + 1) % 10)
        wrong = number[:place] + other + number[place + 1 :]
        assert not is_corporate_number(wrong) or {number[place], other} == {"0", "9"}


@pytest.mark.parametrize(
    "text", ["", "123", "1234567890123", "７００００１２０５０００２", "7000012050002\n"]
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_corporate_number(text)


def test_what_is_typed_is_read_without_what_divides_it() -> None:
    assert without_separators(" ７-0000-1205-0002 ") == "7000012050002"
