"""A piece of the map: the kept one while it is fresh, else a new one, else the old one, else nothing for now."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from functools import cache
from pathlib import Path
from threading import Lock

from .fetching import SECONDS, Silent, fetch
from .keeping import TileFolder
from .source import TileSource

AT_ONCE = 4  # questions to the maker's server at the same time
LONGEST = (
    SECONDS + 1
)  # how long a reader's request waits: finding the server's address has no limit of its own
PAUSE = 60.0  # seconds without a question after one that nobody answered
DAY = 24 * 60 * 60.0


class NotNow(Exception):
    """There may be a piece, but it cannot be had at the moment."""


class TileServer:
    """One map's pieces as one process hands them out."""

    def __init__(self, source: TileSource, root: Path, *, agent: str) -> None:
        self._source = source
        self._folder = TileFolder(root / source.mark)
        self._agent = agent
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="tiles")
        self._lock = Lock()
        self._silent_until = 0.0

    def piece(self, z: int, x: int, y: int, *, now: float) -> bytes:
        """The picture, empty where the map has none. NotNow without any answer, at once while that is known."""
        kept = self._folder.read(z, x, y)
        if kept and now < kept.since + self._source.days * DAY:
            return kept.content
        try:
            content = self._ask(self._source.address_of(z, x, y), now)
        except Silent as silence:
            if kept:
                return kept.content
            raise NotNow from silence
        if self._source.days:
            self._folder.write(z, x, y, content, now=now)
        return content

    def _ask(self, address: str, now: float) -> bytes:
        if not self._may_ask(now):
            raise Silent("pause")
        question = self._pool.submit(fetch, address, agent=self._agent)
        try:
            content = question.result(timeout=LONGEST)
        except (Silent, TookTooLong) as silence:
            question.cancel()
            with self._lock:
                self._silent_until = now + PAUSE
            raise Silent("no answer") from silence
        with self._lock:
            self._silent_until = 0.0
        return content or b""

    def _may_ask(self, now: float) -> bool:
        """Not during a pause; after one a single question goes ahead, and the others wait for what it brings."""
        with self._lock:
            if now < self._silent_until:
                return False
            if self._silent_until:
                self._silent_until = now + LONGEST
            return True


@cache
def tile_server(source: TileSource, root: Path, agent: str) -> TileServer:
    """This process's only one for a map."""
    return TileServer(source, root, agent=agent)
