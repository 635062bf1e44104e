"""Child processes that live and die with this one."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

PATIENCE = 15  # seconds for a child to finish what it has in hand
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


class Children:
    """The main command is the one that matters; helpers join it in `watch` and are started again when they end."""

    def __init__(self, main: Sequence[str], helpers: Sequence[Sequence[str]]) -> None:
        self.main = list(main)
        self.helpers = [list(command) for command in helpers]
        self.running: list[subprocess.Popen[bytes]] = []
        self.stopping = False
        self.failed = False

    def __enter__(self) -> Self:
        self.running = [_start(self.main)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for child in self.running:
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def ask_to_stop(self) -> None:
        self.stopping = True
        for child in self.running:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)

    def alive(self) -> bool:
        """Whether the main command still runs and nobody asked it to stop."""
        return not self.stopping and self.running[0].poll() is None

    def watch(self) -> None:
        """Start the helpers and keep them up; return when asked to stop, or when the main command ended."""
        helping: dict[int, subprocess.Popen[bytes]] = {}
        while self.alive():
            for place, command in enumerate(self.helpers):
                if place not in helping or helping[place].poll() is not None:
                    helping[place] = _start(command)
                    self.running = [self.running[0], *helping.values()]
            time.sleep(0.5)
        self.failed = not self.stopping


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Its own process group: Ctrl+C in the terminal reaches this process only, which then asks its children."""
    before_start = _end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, process_group=0, preexec_fn=before_start)  # noqa: S603, PLW1509 - ours; no threads


def _end_with_parent() -> None:
    """Linux tells the child when this process dies in whatever way, so that no server is left behind."""
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
