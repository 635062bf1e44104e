"""How often a fragment may be asked for while somebody types: counted in the shared cache, by the minute.

Not in the audit log (ADR 5): nothing is written by typing, and nothing of what is typed is kept. The
count says who asked how often in this minute, and is gone with it.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from musubi.base.accounts.queries import client_address

A_MINUTE = 60  # seconds
MOST = 90  # asked after each pause of 0.4 seconds, nobody gets there by typing


def asks_too_often(request: HttpRequest, name: str) -> bool:
    """Whether this person, or who sits at this address, has asked more than 90 times in this minute."""
    user = request.user
    who = f"user {user.pk}" if user.is_authenticated else f"address {client_address(request)}"
    minute = f"{timezone.now():%Y%m%d%H%M}"
    mark = salted_hmac(f"limit:{name}:{minute}", who, secret=settings.SECRET_KEY).hexdigest()[:32]
    key = f"limit:{name}:{mark}"
    if cache.add(key, 1, timeout=2 * A_MINUTE):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it ran out between the two
        return False
