"""Each party says yes to the version it has read: by its own people, or through staff who were told."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.verdict import require
from musubi.flow.cases.permissions import can_confirm_version
from musubi.flow.cases.queries import parties_of
from musubi.flow.cases.services import VersionChanged, confirm_version
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..forms import HeardForm
from ..presentation import sheet_of
from .finding import found


@require_POST
def agreement_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """One press in the name of one's own party, for exactly the version that was read."""
    version = found(request, pk)
    actors = {str(party.actor_id): party.actor for party in parties_of(version.agreement.case)}
    actor = actors.get(request.POST.get("actor", ""))
    if actor is None:
        messages.warning(request, _("どの団体として確認するかが分かりませんでした。もう一度押してください。"))
        return redirect("workspace:agreement", pk=version.agreement.case_id)
    try:
        row = confirm_version(version=version, actor=actor, by=request.user, now=timezone.now())
    except VersionChanged as changed:
        messages.warning(request, changed.sentence)
        return redirect("workspace:agreement", pk=version.agreement.case_id)
    return _confirmed(request, row.version.agreed_at is not None, version.agreement.case_id)


@require_http_methods(["GET", "POST"])
def agreement_confirm_for(request: PersonRequest, pk: int, actor: int) -> HttpResponse:
    """Staff read the version out, and type in the party's yes with how it came."""
    version = found(request, pk)
    case = version.agreement.case
    party = next((row for row in parties_of(case) if row.actor_id == actor), None)
    if party is None:
        raise Http404
    form = typed(request, HeardForm)
    if request.method == "POST" and form.is_valid():
        try:
            row = confirm_version(
                version=version,
                actor=party.actor,
                source=form.cleaned_data["source"],
                by=request.user,
                now=timezone.now(),
            )
        except VersionChanged as changed:
            messages.warning(request, changed.sentence)
            return redirect("workspace:agreement", pk=case.pk)
        return _confirmed(request, row.version.agreed_at is not None, case.pk)
    require(can_confirm_version(request.user, version, party.actor, "telephone"))
    values = {
        "case": case,
        "version": version,
        "actor": party.actor,
        "form": form,
        "sheet": sheet_of(version),
    }
    return render(request, "workspace/agreements/confirm_for.html", values)


def _confirmed(request: PersonRequest, is_agreed: bool, case_pk: int) -> HttpResponse:
    if is_agreed:
        messages.success(request, _("みんなが確認しました。これで合意です。次は、プロジェクトを始めます。"))
    else:
        messages.success(request, _("確認を記録しました。ほかの団体の確認を待っています。"))
    return redirect("workspace:agreement", pk=case_pk)
