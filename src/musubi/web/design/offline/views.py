"""The worker, the page it shows where there is no network, and the page about what is kept."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from musubi.web.design.accent import USUAL
from musubi.web.design.looks import YEAR

from .rules import COOKIE, MOST, OLDEST, wants_pages_kept

HERE = Path(__file__).parent
DESIGN = HERE.parent / "static/design"
OLDEST_MS = int(OLDEST.total_seconds() * 1000)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the same for everybody)
    """At the root, as its reach is its folder; other bytes after every release, so that browsers replace it.

    Where the installation has switched it off, one that takes itself away.
    """
    script = worker_script() if settings.OFFLINE else (HERE / "gone.js").read_text()
    return HttpResponse(
        script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@cache
def worker_script() -> str:
    """The worker with the addresses of this release's files, whose names carry their hashes."""
    source = (HERE / "worker.js").read_text()
    files = [static(f"design/{path.name}") for path in sorted(DESIGN.iterdir())]
    if settings.ACCENT != USUAL:
        files.append(f"{reverse('design:accent')}?{settings.ACCENT.removeprefix('#')}")
    values = {
        "VERSION": hashlib.sha256(f"{files}{source}".encode()).hexdigest()[:12],
        "FILES": files,
        "STATIC": settings.STATIC_URL,
        "OFFLINE": reverse("offline:page"),
        "MOST": MOST,
        "OLDEST": OLDEST_MS,
    }
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items()) + source


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What stands in place of a page that was never read: nobody's name on it."""
    # A worker fetches it: what waits to be said is said on the next page that somebody reads.
    values = {"user": AnonymousUser(), "messages": (), "oldest": OLDEST_MS}
    return render(request, "design/offline.html", values)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """What this device keeps, a button that erases it, and the choice to keep nothing."""
    if request.method != "POST":
        wanted = wants_pages_kept(request)
        values = {"wanted": wanted, "possible": settings.OFFLINE, "oldest": OLDEST_MS}
        return render(request, "design/kept.html", values)
    wanted = request.POST.get("keep") == "on"
    messages.success(
        request,
        _("これから読むページを、この端末に残します。")
        if wanted
        else _("この端末には、もう何も残しません。"),
    )
    response = redirect("offline:kept")
    if wanted:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE, "off", max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response
