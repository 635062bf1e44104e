"""Pieces of a map on disk: each for some time, all of them up to some size."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 256 * 1024 * 1024
SPARE = 0.9  # what is left when the oldest have gone, as a part of the most
BETWEEN_LOOKS = 256  # pieces that one process writes between two looks at the size of all


@dataclass(frozen=True)
class Kept:
    """Empty content: the map has no piece there."""

    content: bytes
    since: float


class TileFolder:
    """Any number of processes may share one: a piece is there whole or not at all."""

    def __init__(self, root: Path, *, most: int = MOST_BYTES, looks: int = BETWEEN_LOOKS) -> None:
        self._root = root
        self._most = most
        self._looks = looks
        self._written = 0

    def read(self, z: int, x: int, y: int) -> Kept | None:
        path = self._path(z, x, y)
        try:
            return Kept(path.read_bytes(), path.stat().st_mtime)
        except FileNotFoundError:
            return None

    def write(self, z: int, x: int, y: int, content: bytes, *, now: float) -> None:
        """Keep a piece. A full disk is no reason to show no map."""
        path = self._path(z, x, y)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.utime(name, (now, now))
            Path(name).replace(path)
        self._written += 1
        if self._written % self._looks == 1:
            self.make_room()

    def make_room(self) -> None:
        """Throw away the oldest when all together are too large."""
        files = []
        for path in self._root.rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    files.append((path.stat().st_mtime, path.stat().st_size, path))
        size = sum(each for _, each, _ in files)
        if size <= self._most:
            return
        for _, each, path in sorted(files):
            path.unlink(missing_ok=True)
            size -= each
            if size <= self._most * SPARE:
                return

    def _path(self, z: int, x: int, y: int) -> Path:
        return self._root / str(z) / str(x) / str(y)
