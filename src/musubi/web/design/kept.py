"""What somebody had typed when the sign-in had expired: kept in the session, given back once."""

from django.http import HttpRequest, QueryDict

SESSION_KEY = "kept_post"
LIMIT = 200_000
NEVER = {"csrfmiddlewaretoken", "language"}


def keep(request: HttpRequest, path: str = "") -> bool:
    """Keep this request's posted fields (not its files) for the page it was posted to, or another; whether there were any."""
    data = request.POST.copy()
    for name in NEVER:
        data.pop(name, None)
    text = data.urlencode()
    if not 0 < len(text) <= LIMIT:
        return False
    request.session[SESSION_KEY] = {"path": path or request.path, "data": text}
    return True


def keep_for_next(request: HttpRequest, target: str) -> None:
    """A switch in the header or the footer was pressed beside a half-filled form: its page gives it back.

    The browser sends the form along (`page_part` in templatetags.design), with or without script.
    """
    if request.method == "POST" and "half_filled" in request.GET:
        keep(request, target.partition("?")[0])


def kept_for(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once: the caller binds its form to it."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["data"])
