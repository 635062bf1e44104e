"""Pieces of the map under this site's own address: no reader's browser asks anybody else."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from musubi.base.tiles.fetching import kind_of
from musubi.base.tiles.grid import lies_in_japan
from musubi.base.tiles.serving import NotNow, tile_server
from musubi.web.shared.limits import address_asks_too_often

MOST = 900  # a minute from one address, behind which a whole school may sit; a screen has about twelve
FOR_A_WEEK = "public, max-age=604800"
FOR_A_DAY = "public, max-age=86400"
TOO_MANY, NOT_FOUND, NOTHING = 429, 404, 204


@login_not_required
@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """One piece of Japan as a picture; 204 where there is none or nobody answers: the page's sketch then stays."""
    source = settings.TILES
    if source is None or not source.lowest <= z <= source.highest or not lies_in_japan(z, x, y):
        return _without(NOT_FOUND, cache=FOR_A_DAY)
    if address_asks_too_often(request, "tiles", most=MOST):
        return _without(TOO_MANY, cache="no-store")
    server = tile_server(source, settings.TILES_ROOT, f"Musubi (+{settings.BASE_URL})")
    try:
        content = server.piece(z, x, y, now=timezone.now().timestamp())
    except NotNow:
        return _without(NOTHING, cache="no-store")
    if not content:
        return _without(NOTHING, cache=FOR_A_DAY)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag) or HttpResponse(content, content_type=kind_of(content))
    answer["ETag"] = etag
    answer["Cache-Control"] = FOR_A_WEEK
    answer["Cross-Origin-Resource-Policy"] = "same-origin"  # nobody else's pages take their maps from here
    return answer


def _without(status: int, *, cache: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": cache})
