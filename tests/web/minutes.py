"""What may be asked only so often a minute."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from django.utils import timezone

from musubi.web.shared import limits

T = TypeVar("T")


def within_one_minute(ask: Callable[[], T], monkeypatch: pytest.MonkeyPatch) -> T:
    """What `ask` tells where three times a minute are allowed, nobody has asked before and no minute turns meanwhile."""
    monkeypatch.setattr(limits, "MOST", 3)
    while True:
        monkeypatch.setattr(limits, "_now", limits._Minute())
        began = _minute()
        told = ask()
        if _minute() == began:
            return told


def _minute() -> str:
    return f"{timezone.now():%H%M}"
