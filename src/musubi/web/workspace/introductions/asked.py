"""What somebody wanted to ask about before they had anything of their own: offered again afterwards."""

from django.http import HttpRequest

SESSION_KEY = "asked_about"


def remember_asked(request: HttpRequest, pk: int) -> None:
    request.session[SESSION_KEY] = pk


def forget_asked(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def asked_about(request: HttpRequest) -> int | None:
    """The listing that this person pressed 「話を聞きたい」 on and could not yet ask about."""
    pk = request.session.get(SESSION_KEY)
    return pk if isinstance(pk, int) else None
