"""A piece of the map, with a maker's server that answers, refuses, dawdles or is not there."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from musubi.base.tiles import fetching, serving
from musubi.base.tiles.serving import DAY, PAUSE, NotNow, TileServer
from musubi.base.tiles.source import TileSource
from tests.tile_maker import TileMaker, picture, tile_maker

NOW = 1_800_000_000.0


@pytest.fixture
def maker() -> Iterator[TileMaker]:
    with tile_maker() as running:
        yield running


@pytest.fixture
def server(maker: TileMaker, tmp_path: Path) -> TileServer:
    return TileServer(maker.source, tmp_path, agent="Musubi (+https://musubi.example.jp)")


def test_a_piece_is_asked_for_once_while_it_is_fresh(server: TileServer, maker: TileMaker) -> None:
    first = server.piece(10, 909, 403, now=NOW)
    assert first == picture("/pale/10/909/403.png")
    assert server.piece(10, 909, 403, now=NOW + 29 * DAY) == first
    assert maker.asked == ["/pale/10/909/403.png"]
    assert maker.agents == ["Musubi (+https://musubi.example.jp)"]
    server.piece(10, 909, 403, now=NOW + 31 * DAY)
    assert len(maker.asked) == 2


def test_another_process_has_what_this_one_got(server: TileServer, maker: TileMaker, tmp_path: Path) -> None:
    got = server.piece(10, 909, 403, now=NOW)
    assert TileServer(maker.source, tmp_path, agent="").piece(10, 909, 403, now=NOW) == got
    assert len(maker.asked) == 1


def test_another_map_is_never_shown_in_its_place(
    server: TileServer, maker: TileMaker, tmp_path: Path
) -> None:
    server.piece(10, 909, 403, now=NOW)
    other = replace(maker.source, address=maker.source.address.replace("pale", "std"))
    TileServer(other, tmp_path, agent="").piece(10, 909, 403, now=NOW)
    assert maker.asked == ["/pale/10/909/403.png", "/std/10/909/403.png"]


def test_with_no_days_nothing_is_kept(maker: TileMaker, tmp_path: Path) -> None:
    server = TileServer(replace(maker.source, days=0), tmp_path, agent="")
    for _ in range(2):
        server.piece(10, 909, 403, now=NOW)
    assert len(maker.asked) == 2
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("status", [204, 404, 410])
def test_where_the_map_has_nothing_is_remembered(server: TileServer, maker: TileMaker, status: int) -> None:
    maker.status = status
    for _ in range(2):
        assert server.piece(10, 909, 403, now=NOW) == b""
    assert len(maker.asked) == 1


@pytest.mark.parametrize("content", [b"<html>maintenance</html>", b"", b"\x89PNG\r\n\x1a\n" + b"x" * 600_000])
def test_what_is_no_picture_or_too_large_is_nothing(
    server: TileServer, maker: TileMaker, content: bytes
) -> None:
    maker.content = content
    assert server.piece(10, 909, 403, now=NOW) == b""


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_maker_who_will_not_is_left_alone_for_a_while(
    server: TileServer, maker: TileMaker, status: int
) -> None:
    maker.status = status
    for second in (0, 1, PAUSE - 1):
        with pytest.raises(NotNow):
            server.piece(10, 909, 403, now=NOW + second)
    assert len(maker.asked) == 1
    maker.status = 200
    assert server.piece(10, 909, 403, now=NOW + PAUSE + 1) == picture("/pale/10/909/403.png")
    assert server.piece(10, 909, 404, now=NOW + PAUSE + 1)


def test_nobody_is_followed_elsewhere(server: TileServer, maker: TileMaker) -> None:
    maker.status, maker.location = 302, "/somewhere/else"
    with pytest.raises(NotNow):
        server.piece(10, 909, 403, now=NOW)
    assert maker.asked == ["/pale/10/909/403.png"]


def test_half_a_picture_is_not_kept(server: TileServer, maker: TileMaker) -> None:
    maker.promised = 500
    with pytest.raises(NotNow):
        server.piece(10, 909, 403, now=NOW)


def test_an_old_piece_is_better_than_none(server: TileServer, maker: TileMaker) -> None:
    old = server.piece(10, 909, 403, now=NOW)
    maker.status = 500
    assert server.piece(10, 909, 403, now=NOW + 99 * DAY) == old


def test_without_anybody_there_each_answer_is_quick(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    source = TileSource(address=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png", maker="国土地理院")
    server = TileServer(source, tmp_path, agent="")
    begun = time.monotonic()
    for y in range(50):
        with pytest.raises(NotNow):
            server.piece(10, 909, 380 + y, now=NOW)
    assert time.monotonic() - begun < 2


def test_who_dawdles_is_waited_for_briefly_and_by_few(
    server: TileServer, maker: TileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    monkeypatch.setattr(serving, "LONGEST", 0.6)
    maker.go_on.clear()

    def ask(y: int) -> float:
        begun = time.monotonic()
        with pytest.raises(NotNow):
            server.piece(10, 909, 380 + y, now=NOW)
        return time.monotonic() - begun

    with ThreadPoolExecutor(12) as readers:
        waited = list(readers.map(ask, range(24)))
    assert max(waited) < 2
    assert len(maker.asked) <= 12
    assert ask(30) < 0.1
