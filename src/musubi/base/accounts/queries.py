"""Reading about who asks."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The reader's own address, also behind the reverse proxies that MUSUBI_TRUSTED_PROXIES counts.

    The same answer that limits signing in. PermissionDenied if the request comes from no address.
    """
    return str(get_adapter().get_client_ip(request))
