"""Numbers from addresses and posted fields: whatever stands there, a page answers."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from musubi.web.design.numbers import whole_number
from musubi.web.design.paging import page_number, page_of
from tests.factories import Town

LONG = "9" * 5000


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("007", 7), ("999999999", 999_999_999), ("1000000000", 0), (LONG, 0), ("", 0), ("-1", 0),
     ("1.5", 0), ("１", 0), ("²", 0), (" 1", 0), ("x", 0)],
)  # fmt: skip
def test_a_whole_number_or_nothing(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("page=0", 1), ("page=3", 3), ("page=999999", 10_000), (f"page={LONG}", 1), ("page=x", 1)],
)
def test_nonsense_means_the_first_page(asked: str, number: int) -> None:
    assert page_number(QueryDict(asked)) == page_of([1, 2, 3], QueryDict(asked)).number == number


@pytest.mark.parametrize(
    "path",
    ["/issues/?page=", "/actors/?page=", "/search/?page=", "/search/?area=", "/workspace/inbox/?page=",
     "/workspace/listings/new/?issue=", "/workspace/listings/new/?actor="],
)  # fmt: skip
def test_five_thousand_digits_are_no_accident(path: str, town: Town, sign_in: Any) -> None:
    assert sign_in(town.owner).get(path + LONG).status_code == 200


def test_a_town_of_five_thousand_digits_is_not_there(town: Town) -> None:
    assert Client().post("/towns/", {"town": LONG}).status_code == 404
    assert Client().post("/towns/", {"town": str(town.municipality.pk)}).status_code == 302
