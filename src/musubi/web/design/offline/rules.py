"""Which pages may stay on a reader's device, for how long, and whether the reader wants it."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from musubi.flow.actors.queries import standing_of

COOKIE = "keep"
MOST = 50
OLDEST = dt.timedelta(days=3)
NAMESPACES = ("public", "workspace")
SECRETS = {"token", "key"}
"""Names of what, in an address, lets somebody in who has not signed in."""
NEVER = {"public:report", "workspace:goodbye", "workspace:take_out"}


def wants_pages_kept(request: HttpRequest) -> bool:
    """Neither the installation nor this browser has switched it off."""
    return bool(settings.OFFLINE) and request.COOKIES.get(COOKIE) != "off"


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A page that anybody may read, or one's own: of citizens and members, never of staff, who read about others."""
    match = request.resolver_match
    if match is None or match.namespace not in NAMESPACES or match.view_name in NEVER:
        return False
    if request.method != "GET" or response.status_code != 200 or SECRETS & match.kwargs.keys():
        return False
    if "no-store" in response.get("Cache-Control", "") or response.has_header("Content-Disposition"):
        return False
    if not request.user.is_authenticated:
        return not request.GET.get("q")  # what a visitor looks for is nobody else's business
    standing = standing_of(request.user)
    return not (standing.staff_in or standing.office_in)
