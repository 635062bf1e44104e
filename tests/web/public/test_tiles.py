"""The map's pieces at this site's own address."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from musubi.web.public.tiles import views
from tests.tile_maker import TileMaker, picture, tile_maker

pytestmark = pytest.mark.django_db
TOKYO = "/tiles/10/909/403.png"


@pytest.fixture
def maker(settings: Any, tmp_path: Path) -> Iterator[TileMaker]:
    with tile_maker() as running:
        settings.TILES, settings.TILES_ROOT = running.source, tmp_path / "tiles"
        yield running


def test_a_piece_is_a_picture_that_browsers_keep(maker: TileMaker) -> None:
    answer = Client().get(f"{TOKYO}?{maker.source.mark}")
    assert (answer.status_code, answer.content) == (200, picture("/pale/10/909/403.png"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=604800"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer
    assert Client().get(TOKYO, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert maker.asked == ["/pale/10/909/403.png"]


@pytest.mark.parametrize(
    "path",
    [
        "/tiles/10/511/340.png",  # London
        "/tiles/4/14/6.png",  # wider than the map goes
        "/tiles/19/465672/206512.png",  # closer than the map goes
        "/tiles/10/909/999999999999999999999999.png",
        "/tiles/10/909/403.jpg",
        "/tiles/10/909/..%2f..%2fsecret.png",
        "/tiles/-1/0/0.png",
    ],
)
def test_nothing_else_can_be_had_here(maker: TileMaker, path: str) -> None:
    assert Client().get(path).status_code == 404
    assert maker.asked == []


def test_only_reading(maker: TileMaker) -> None:
    assert Client().post(TOKYO).status_code == 405
    assert Client().head(TOKYO).status_code == 200


def test_without_an_answer_there_is_no_piece_and_no_error(maker: TileMaker) -> None:
    maker.status = 503
    for _ in range(3):
        answer = Client().get(TOKYO)
        assert (answer.status_code, answer.content, answer["Cache-Control"]) == (204, b"", "no-store")
    assert len(maker.asked) == 1


def test_where_the_map_has_nothing_browsers_do_not_ask_again(maker: TileMaker) -> None:
    maker.status = 404
    answer = Client().get(TOKYO)
    assert (answer.status_code, answer["Cache-Control"]) == (204, "public, max-age=86400")


def test_switched_off_there_are_no_pieces(maker: TileMaker, settings: Any) -> None:
    settings.TILES = None
    assert Client().get(TOKYO).status_code == 404
    assert maker.asked == []


def test_an_address_may_not_empty_the_map(maker: TileMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 5)
    answers = [Client(REMOTE_ADDR="192.0.2.7").get(TOKYO).status_code for _ in range(7)]
    # The minute may change on the way: then the count begins anew.
    assert answers[:5] == [200] * 5
    assert set(answers[5:]) <= {200, 429}
    assert Client(REMOTE_ADDR="192.0.2.8").get(TOKYO).status_code == 200


def test_who_is_signed_in_gets_the_same(maker: TileMaker, town: Any, sign_in: Any) -> None:
    assert sign_in(town.owner).get(TOKYO).content == Client().get(TOKYO).content
