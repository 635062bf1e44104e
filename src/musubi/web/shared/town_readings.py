"""How a town's names are read: its office's own readings, its actors' and its places', in this order.

The office's change counts from the next page on, in every process (`Municipality.readings_version`). Names of actors and
places are looked through again once a minute: who alters the reading of a group's name sees it a minute later.
"""

from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final

from musubi.base.knowledge.queries import FuriganaReader, furigana_reader, readings_of
from musubi.base.places.models import Municipality
from musubi.base.places.queries import place_readings
from musubi.flow.actors.queries import actor_readings
from musubi.web.design.ruby import Furigana

MINUTE: Final = 60.0
MOST_TOWNS: Final = 64


@dataclass
class _Kept:
    version: int
    known: dict[str, str]
    looked_at: float
    furigana: Furigana


_kept: dict[int, _Kept] = {}
_lock = Lock()
_nowhere = Furigana(furigana_reader({}).pieces)


def furigana_of(town: Municipality | None) -> Furigana:
    """What puts furigana on this town's pages; nearly always one that is there already."""
    if town is None:
        return _nowhere
    with _lock:
        kept = _kept.get(town.pk)
        if kept and kept.version == town.readings_version and monotonic() - kept.looked_at < MINUTE:
            return kept.furigana
        known = known_in(town)
        if kept is None or kept.known != known:
            reader: FuriganaReader = furigana_reader(known)
            kept = _Kept(town.readings_version, known, 0, Furigana(reader.pieces))
        kept.version, kept.looked_at = town.readings_version, monotonic()
        if len(_kept) >= MOST_TOWNS:
            _kept.clear()
        _kept[town.pk] = kept
        return kept.furigana


def known_in(town: Municipality) -> dict[str, str]:
    """Word → reading; what stands higher wins. Three queries."""
    return {**place_readings(town), **actor_readings(town), **readings_of(town)}


def forget_readings() -> None:
    """Read everything anew with the next page: for tests, whose towns come and go."""
    with _lock:
        _kept.clear()
