"""How words and names are read in this town."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.knowledge import services
from musubi.base.knowledge.queries import own_readings_of
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.door import office_only

from ..forms import ReadingForm
from .acts import Entry, ask_and_remove, by_whom, entry_page, save_and_return

ENTRY = Entry("reading", gettext_lazy("読み方（ふりがな）"), gettext_lazy("この読み方を消す"))


@require_safe
@office_only
def readings(request: PersonRequest) -> HttpResponse:
    """The town's own, in the order of their reading."""
    rows = own_readings_of(request.municipality).order_by("reading", "word", "pk")
    page = page_of(rows, request.GET, total=rows.count())
    return render(request, "office/knowledge/readings.html", {"page": page})


@require_http_methods(["GET", "POST"])
@office_only
def reading_new(request: PersonRequest) -> HttpResponse:
    return _reading(request, typed(request, ReadingForm), "")


@require_http_methods(["GET", "POST"])
@office_only
def reading_edit(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_readings_of(request.municipality), pk=pk)
    initial = {"reading": row.reading, "reason": row.reason}
    form = typed(request, ReadingForm, fixed_word=row.word, initial=initial)
    return _reading(request, form, row.word, row)


@require_http_methods(["GET", "POST"])
@office_only
def reading_remove(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_readings_of(request.municipality), pk=pk)

    def remove() -> None:
        services.remove_reading(reading=row, **by_whom(request))

    back_url = reverse("office:reading_edit", args=[pk])
    return ask_and_remove(request, row.word, remove, "office:readings", back_url)


def _reading(request: PersonRequest, form: ReadingForm, word: str, row: Any = None) -> HttpResponse:
    def save(values: dict[str, Any]) -> str:
        values.setdefault("word", word)
        services.save_reading(municipality=request.municipality, **values, **by_whom(request))
        return _("「%(word)s」の読み方を保存しました。") % values

    return save_and_return(request, form, save, "office:readings") or entry_page(
        request, ENTRY, form, word or _("読み方を足す"), row=row
    )
