"""The voices of those concerned: read, typed in from paper, and the paper itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.common.verdict import NotAllowed
from musubi.flow.outcomes.enums import VoiceQuestion, VoiceRelation
from musubi.flow.outcomes.permissions import can_enter_voice
from musubi.flow.outcomes.queries import arranges, evaluations_for, result_of, voices_for
from musubi.flow.outcomes.services import enter_voice
from musubi.flow.projects.queries import partners_of
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.voice_form import POINTS

from .forms import PaperVoiceForm
from .late import refused_late, status_of


@require_safe
def voices(request: PersonRequest, pk: int) -> HttpResponse:
    """What they wrote, the latest first, and the averages."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    labels = dict(POINTS)
    page = page_of(voices_for(request.user, row), request.GET)
    said = [
        (
            each,
            [
                (question.label, labels.get(each.answers.get(question.value), _("答えなし")))
                for question in VoiceQuestion
            ],
        )
        for each in page.items
    ]
    context = {"evaluation": row, "page": page, "said": said, "result": result_of(row)}
    return render(request, "workspace/evaluations/voices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def voice_enter(request: PersonRequest, pk: int) -> HttpResponse:
    """A sheet of paper, typed in; then the next one."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    may_enter = can_enter_voice(request.user, row)
    late = refused_late(request, may_enter, otherwise=arranges(request.user, row.project))
    form = typed(request, PaperVoiceForm)
    if request.method == "POST" and not late and form.is_valid():
        try:
            enter_voice(evaluation=row, voice=form.value, by=request.user, now=timezone.now())
        except NotAllowed as refusal:
            late = str(refusal)
        else:
            messages.success(request, _("1枚入力しました。続けて、次の紙を入力できます。"))
            return redirect("workspace:voice_enter", pk)
    if late:
        form.keep_unchecked()
    return render(
        request,
        "workspace/evaluations/voice_enter.html",
        {"evaluation": row, "form": form, "count": result_of(row).voice_count, "late": late},
        status=status_of(late),
    )


@require_safe
def voices_print(request: PersonRequest, pk: int) -> HttpResponse:
    """One sheet to hand out: the three questions, and the address for those who have a phone."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    return render(
        request,
        "workspace/evaluations/print.html",
        {
            "evaluation": row,
            "team": partners_of(row.project),
            "questions": list(VoiceQuestion),
            "points": [label for _number, label in POINTS],
            "relations": list(VoiceRelation),
            "voice_url": request.build_absolute_uri(reverse("public:voice", args=[row.token])),
        },
    )
