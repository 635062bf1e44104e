"""How the town orders what fits: the points of each signal, fairness, and what a change would do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.flow.matching import services
from musubi.flow.matching.queries import (
    RuleInForce,
    preview_of_rule,
    rule_in_force,
    rules_for,
    usual_rule,
)
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.door import office_only

from .forms import RuleForm

VERSIONS_SHOWN = 10
BAD, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def matching(request: PersonRequest) -> HttpResponse:
    """Set, look at what it would do to ten needs, and only then save exactly that."""
    town = request.municipality
    rule = rule_in_force(town.pk)
    usual = usual_rule()
    begin_with = usual if "usual" in request.GET else rule
    form = typed(request, RuleForm, rule=rule, usual=usual, begin_with=begin_with)
    if request.method != "POST":
        return _page(request, form, rule)
    if not form.is_valid():
        return _page(request, form, rule, status=BAD)
    if request.POST.get("act") != "save":
        return _page(request, form, rule, with_preview=True)
    if request.POST.get("previewed") != form.fingerprint:
        messages.info(request, _("値が変わりました。変わり方を確かめてから、もう一度保存してください。"))
        return _page(request, form, rule, with_preview=True)
    try:
        saved = services.change_matching_rule(
            municipality=town,
            weights=form.rule.weights,
            exposure=form.rule.exposure,
            version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )
    except services.StaleRule as stale:
        return _overtaken(request, stale.current)
    messages.success(
        request,
        _("第%(version)d版として保存しました。候補は、順に新しいきまりで出し直します。")
        % {"version": saved.version},
    )
    return redirect("office:matching")


def _overtaken(request: PersonRequest, rule: RuleInForce) -> HttpResponse:
    """Somebody else has saved since: what was typed stays, beside what it would now change."""
    data = request.POST.copy()
    data["version"] = str(rule.version)
    form = RuleForm(data, rule=rule, usual=usual_rule())
    form.is_valid()
    messages.warning(
        request,
        _("ほかの担当が先に保存しました。いまは第%(version)d版です。変わり方を、もう一度確かめてください。")
        % {"version": rule.version},
    )
    return _page(request, form, rule, with_preview=True, status=CONFLICT)


def _page(
    request: PersonRequest,
    form: RuleForm,
    rule: RuleInForce,
    *,
    with_preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    town = request.municipality
    preview = None
    if with_preview:
        new, today = form.rule, timezone.localdate()
        preview = preview_of_rule(request.user, town, new.weights, new.exposure, today=today)
    return render(
        request,
        "office/matching/matching.html",
        {
            "form": form,
            "rule": rule,
            "preview": preview,
            "changed": sum(not need.is_same for need in preview or ()),
            "fingerprint": form.fingerprint if preview is not None else "",
            "versions": rules_for(request.user).filter(municipality=town)[:VERSIONS_SHOWN],
        },
        status=status,
    )
