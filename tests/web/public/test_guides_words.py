"""An activity's guide in the reader's language."""

import pytest
from django.test import Client

from tests.factories import Town

pytestmark = pytest.mark.django_db


def guide(language: str, code: str = "kodomo-shokudo") -> str:
    client = Client()
    client.cookies["language"] = language
    return client.get(f"/guides/{code}/").content.decode()


def test_a_shipped_guide_is_read_in_english_and_in_easy_japanese(town: Town) -> None:
    english = guide("en")
    main = english[english.index("<main") : english.index("</main>")]
    assert "<h1>Children’s café</h1>" in main
    assert "食中毒" not in main
    assert "food poisoning" in main
    assert "子どもがごはんを食べられる所" in guide("ja-easy").replace("<wbr>", "")


def test_guides_are_found_by_the_name_that_is_shown(town: Town) -> None:
    client = Client()
    client.cookies["language"] = "en"
    page = client.get("/guides/", {"q": "Children’s café"}).content.decode()
    rows = page[page.index('class="rows"') :]
    assert rows.index("/guides/kodomo-shokudo/") < rows.index("</li>")
