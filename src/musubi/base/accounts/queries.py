"""Reading about who asks."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from musubi.base.common.languages import language_or_default

from .models import User


def client_address(request: HttpRequest) -> str:
    """The reader's own address, also behind the reverse proxies that MUSUBI_TRUSTED_PROXIES counts.

    The same answer that limits signing in. PermissionDenied if the request comes from no address.
    """
    return str(get_adapter().get_client_ip(request))


def language_of(reader: User | str) -> str:
    """In which language somebody is written to; in Japanese whoever is only known by an address."""
    return language_or_default("" if isinstance(reader, str) else reader.language)
