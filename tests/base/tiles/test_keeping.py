"""Pieces on disk: whole, and never more than there is room for."""

from pathlib import Path

from musubi.base.tiles.keeping import Kept, TileFolder


def test_what_is_kept_is_there_with_its_time(tmp_path: Path) -> None:
    folder = TileFolder(tmp_path)
    assert folder.read(5, 28, 12) is None
    folder.write(5, 28, 12, b"one", now=1000.0)
    assert folder.read(5, 28, 12) == Kept(b"one", 1000.0)
    folder.write(5, 28, 12, b"two", now=2000.0)
    assert TileFolder(tmp_path).read(5, 28, 12) == Kept(b"two", 2000.0)
    assert [path.name for path in (tmp_path / "5/28").iterdir()] == ["12"]


def test_the_oldest_go_when_there_is_no_more_room(tmp_path: Path) -> None:
    folder = TileFolder(tmp_path, most=1000, looks=4)
    for number in range(40):
        folder.write(10, 900, number, b"x" * 100, now=1000.0 + number)
        assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 1000 + 400
    folder.make_room()
    left = sorted(int(path.name) for path in tmp_path.rglob("*") if path.is_file())
    assert len(left) <= 10
    assert left == list(range(40 - len(left), 40))


def test_a_disk_that_takes_nothing_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "tiles").write_text("a file where the folder should be")
    folder = TileFolder(tmp_path / "tiles")
    folder.write(5, 28, 12, b"one", now=1000.0)
