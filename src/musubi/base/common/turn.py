"""Whose turn it is: what is awaited, from whom, since when."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """One thing that somebody is waited for: `actor_id` is None where staff are."""

    what: str
    who: str
    since: dt.datetime
    actor_id: int | None = None
    path: str = ""
