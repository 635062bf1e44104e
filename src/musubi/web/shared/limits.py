"""How often a fragment may be asked for while somebody types: counted by each process, by the minute.

Neither in the audit log (ADR 5) nor in the shared cache: that is a table, and a pause in typing must not
wait for a writer. Nothing is written by typing, and the counts are gone with their minute.
"""

from collections import Counter
from threading import Lock

from django.http import HttpRequest
from django.utils import timezone

from musubi.base.accounts.queries import client_address

MOST = 90  # a minute: asked after each pause of 0.4 seconds, nobody gets there by typing
MOST_KEPT = 50_000  # askers of one minute; beyond that nobody is counted any more


class _Minute:
    """Who asked for what how often in the minute that is now."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._name = ""
        self._counts: Counter[str] = Counter()

    def count(self, who: str, minute: str) -> int:
        with self._lock:
            if minute != self._name:
                self._name = minute
                self._counts.clear()
            if len(self._counts) >= MOST_KEPT:
                return 0
            self._counts[who] += 1
            return self._counts[who]


_now = _Minute()


def asks_too_often(request: HttpRequest, name: str) -> bool:
    """Whether this person, or who sits at this address, has asked this process more than 90 times this minute."""
    return _now.count(f"{name} {asker_of(request)}", f"{timezone.now():%Y%m%d%H%M}") > MOST


def address_asks_too_often(request: HttpRequest, name: str, *, most: int) -> bool:
    """The same by the address alone, without looking at who is signed in: for what is the same for everybody.

    PermissionDenied if the request comes from no address.
    """
    return _now.count(f"{name} {client_address(request)}", f"{timezone.now():%Y%m%d%H%M}") > most


def asker_of(request: HttpRequest) -> str:
    """Who asks, or who sits at this address: to be compared, never to be kept.

    PermissionDenied if the request comes from no address.
    """
    user = request.user
    return f"user {user.pk}" if user.is_authenticated else f"address {client_address(request)}"
