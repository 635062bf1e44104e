"""Writing to everybody who takes part, and opening what somebody attached."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.common.verdict import require
from musubi.flow.cases.permissions import can_write_letter
from musubi.flow.cases.queries import cases_for, thread_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..forms import LetterForm
from ..letters import file_of, send, shown_letters
from ..parties import writes_as


@require_http_methods(["GET", "HEAD", "POST"])
def case_letter(request: PersonRequest, pk: int) -> HttpResponse:
    """A letter to all parties and the coordinator."""
    user = request.user
    row = get_object_or_404(cases_for(user), pk=pk)
    actor = writes_as(user, row)
    require(can_write_letter(user, row, None, actor))
    form = typed(request, LetterForm, files=request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, case=row, introduction=None, actor=actor, by=user)
    ):
        messages.success(request, _("送りました。当事者とコーディネーターに知らせました。"))
        return redirect(f"{reverse('workspace:case', args=[pk])}?sent=case-{pk}#letters")
    letters = shown_letters(thread_for(user, row), user, town_id=row.municipality_id)
    return render(request, "workspace/cases/letter.html", {"case": row, "form": form, "letters": letters})


@require_safe
def case_file(request: PersonRequest, pk: int, letter_pk: int) -> FileResponse:
    """What somebody attached to a letter that one may read."""
    row = get_object_or_404(cases_for(request.user), pk=pk)
    return file_of(thread_for(request.user, row), letter_pk)
