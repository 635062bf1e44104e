"""The gallery, the choice of a look, and the installation's own accent."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import gallery as examples
from .accent import style_sheet
from .furigana import CHOICES, chosen_furigana, keep_furigana
from .kept import keep_for_next
from .looks import COOKIE, LOOKS, MEDIA, YEAR, look_of
from .requests import TownRequest, safe_next


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Shows the components; its form may be sent to see the errors and the rows at work."""
    posted = request.POST if request.method == "POST" else None
    form = examples.ExampleForm(posted, prefix="example")
    rows = examples.ExampleRows(posted, prefix="rows")
    if rows.row_asked:
        form.keep_unchecked()
    elif posted is not None and form.is_valid() and rows.is_valid():
        return render(request, "design/gallery_sent.html", {"cleaned": form.cleaned_data.items()})
    asked = request.GET.get("look", "")
    shown_look = asked if asked in (*MEDIA, "forced") else look_of(request)
    values = {
        "form": form,
        "rows": rows,
        "wrong": examples.wrong_form(),
        "shown_look": f"?look={shown_look}",
        "look": shown_look,
        "dark_media": MEDIA.get(shown_look, "not all"),
        **examples.shown(),
    }
    return render(request, "design/gallery.html", values)


@login_not_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Shows the page that asks before something that cannot be undone."""
    values = {
        "question": _("このニーズを取り下げますか"),
        "confirm_label": _("取り下げる"),
        "back_url": reverse("design:gallery"),
        "dangerous": True,
    }
    return render(request, "design/confirm.html", values)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: TownRequest) -> HttpResponse:
    """Light, dark, or as the device says; a page of its own, so that pressing it never costs a half-filled form."""
    target = safe_next(request)
    if request.method != "POST":
        values = {
            "looks": LOOKS,
            "chosen": look_of(request),
            "furigana_choices": CHOICES,
            "chosen_furigana": chosen_furigana(request),
            "next": target,
        }
        return render(request, "design/look.html", values)
    if "half_filled" in request.GET:
        keep_for_next(request, target)
        return redirect(f"{request.path}?{urlencode({'next': target})}")
    chosen = request.POST.get("look", "")
    if chosen not in MEDIA:
        return redirect(request.get_full_path())
    messages.success(request, _("見え方を変えました。"))
    response = redirect(target or "public:home")
    response.set_cookie(
        COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    keep_furigana(request, response, request.POST.get("furigana", ""))
    return response


@login_not_required
@require_POST
def furigana(request: TownRequest) -> HttpResponse:
    """Read on with furigana, or without: the button beside the languages."""
    target = safe_next(request)
    keep_for_next(request, target)
    response = redirect(target or "public:home")
    keep_furigana(request, response, request.POST.get("furigana", ""))
    return response


@login_not_required
@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def accent(request: TownRequest) -> HttpResponse:
    """The shades of the installation's accent; its address names the colour, so that it may be kept for good."""
    if request.META["QUERY_STRING"] != settings.ACCENT.removeprefix("#"):
        raise Http404
    return HttpResponse(style_sheet(settings.ACCENT), content_type="text/css; charset=utf-8")
