"""Pages stay light: what can be held without a clock. What takes time is measured by `musubi bench light`."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import Town, make_issue, make_listing
from tests.web.light import STATIC, blocking_sheets, heavy_parts, packed

pytestmark = pytest.mark.django_db

MOST = 45_000
MOST_OF_A_KIND = 40_000
LEAFLET = "leaflet"


@pytest.fixture
def busy(town: Town) -> str:
    """A town with full pages; the address of one of its needs."""
    body = "毎月の食事会で、配膳と片付けを手伝ってくださる方を探しています。" * 20
    for number in range(30):
        side = "need" if number % 2 else "offer"
        listing = make_listing(town.actor, side, title=f"こども食堂の夕食づくり {number}", body=body)
        make_issue(town, title=f"通学路の見守り {number}")
    return reverse("public:listing", args=[listing.pk])


@pytest.mark.parametrize("look", ["light", "dark"])
def test_what_the_first_paint_waits_for_is_small(busy: str, look: str) -> None:
    visitor = Client(headers={"Accept-Encoding": "gzip"})
    visitor.cookies["look"] = look
    for path in ("/", "/search/?q=こども食堂", busy):
        answer = visitor.get(path)
        html = gzip.decompress(answer.content).decode()
        sheets = [sheet.read_bytes() for sheet in blocking_sheets(html)]
        assert len(sheets) >= 4
        assert len(answer.content) + packed(*sheets) < MOST
        assert heavy_parts(html) == []


@pytest.mark.parametrize("kind", ["css", "js"])
def test_styles_and_scripts_are_small_in_all(kind: str) -> None:
    files = [path for path in STATIC.glob(f"**/static/**/*.{kind}") if LEAFLET not in str(path).lower()]
    assert files
    assert packed(*(path.read_bytes() for path in files)) < MOST_OF_A_KIND


def test_what_is_heavy_is_seen() -> None:
    heavy = [
        '<img src="/a.png" alt="">',
        '<script src="/a.js">',
        '<script src="https://elsewhere.example/a.js" defer>',
        '<link rel="stylesheet" href="//elsewhere.example/a.css">',
    ]
    light = [
        '<img src="/a.png" alt="" width="1" height="1">',
        '<script type="module" src="/a.js">',
        '<script type="application/json">',
        '<link rel="stylesheet" href="/a.css">',
    ]
    assert heavy_parts("".join(heavy + light)) == heavy


def test_pages_are_compressed_for_whoever_can_read_it(busy: str) -> None:
    visitor = Client(headers={"Accept-Encoding": "gzip"})
    assert visitor.get(busy)["Content-Encoding"] == "gzip"
    assert not visitor.head(busy).has_header("Content-Encoding")
    assert not Client().get(busy).has_header("Content-Encoding")
