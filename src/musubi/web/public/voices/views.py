"""Those concerned answer three questions by a link, without an account and without a name."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.accounts.queries import client_address
from musubi.base.common.verdict import NotAllowed, refuse
from musubi.flow.outcomes.enums import EvaluationState
from musubi.flow.outcomes.permissions import can_give_voice
from musubi.flow.outcomes.queries import evaluations_by_token
from musubi.flow.outcomes.services import give_voice
from musubi.flow.projects.queries import partners_of
from musubi.web.design.requests import TownRequest
from musubi.web.design.typed import typed
from musubi.web.shared.voice_form import VoiceForm

REFUSED, CONFLICT = 403, 409


def _mark(request: TownRequest, evaluation_pk: int) -> str:
    """A keyed hash of the address for one evaluation and one day: counts a flood, says nothing of a person."""
    salt = f"voice:{evaluation_pk}:{timezone.localdate()}"
    return salted_hmac(salt, client_address(request), secret=settings.SECRET_KEY).hexdigest()[:32]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: TownRequest, token: str) -> HttpResponse:
    """Whoever has the link may answer, also when signed in: who it was is not kept.

    What comes too late is shown once more, so that nothing typed is lost.
    """
    evaluation = get_object_or_404(evaluations_by_token(token))
    now, mark = timezone.now(), _mark(request, evaluation.pk)
    verdict = can_give_voice(evaluation, mark, now)
    form = typed(request, VoiceForm)
    if request.method == "POST" and verdict and form.is_valid():
        try:
            give_voice(evaluation=evaluation, voice=form.value, mark=mark, now=now)
        except NotAllowed as refusal:
            evaluation.refresh_from_db(fields=["state"])
            verdict = refuse(str(refusal))
        else:
            return redirect("public:voice_thanks", token)
    is_closed = evaluation.state == EvaluationState.CLOSED
    is_late = request.method == "POST" and not verdict
    if is_late:
        form.keep_unchecked()
    context = {
        "form": form,
        "project": evaluation.project,
        "team": partners_of(evaluation.project),
        "verdict": verdict,
        "is_closed": is_closed,
        "is_late": is_late,
    }
    status = (CONFLICT if is_closed else REFUSED) if is_late else 200
    return render(request, "public/voices/voice.html", context, status=status)


@login_not_required
@require_safe
def voice_thanks(request: TownRequest, token: str) -> HttpResponse:
    """It has arrived, and what becomes of it."""
    evaluation = get_object_or_404(evaluations_by_token(token))
    return render(request, "public/voices/thanks.html", {"project": evaluation.project, "token": token})
