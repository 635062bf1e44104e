"""The gallery: every component in every state, with short and with very long Japanese."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from . import gallery as examples


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
    return render(
        request,
        "design/gallery.html",
        {"form": form, "rows": rows, "wrong": examples.wrong_form(), **examples.shown()},
    )


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
