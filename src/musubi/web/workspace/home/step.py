"""One thing to do."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A sentence, where to do it, what the button says, and since when somebody waits for it."""

    text: str
    href: str
    label: str
    since: dt.datetime | None = None
