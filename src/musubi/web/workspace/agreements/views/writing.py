"""The agreement is begun, written, shown to all and written anew."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.cases import services
from musubi.flow.cases.enums import AgreementState
from musubi.flow.cases.permissions import can_revise_agreement, can_write_version
from musubi.flow.cases.queries import acts_for_in, current_version, terms_of
from musubi.flow.cases.services import NotComplete, StaleVersion, VersionChanged, problems_of_terms
from musubi.web.design.kept import kept_for
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.agreement_forms import EXPLANATIONS

from ..editor import TermsEditor, with_saves
from ..forms import SeenForm
from ..presentation import sheet_of
from .finding import found, found_case, versions_of

if TYPE_CHECKING:
    from musubi.flow.cases.models import AgreementVersion

BAD, CONFLICT = 422, 409


@require_POST
def agreement_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the draft; what is known already stands in it."""
    case = found_case(request, pk)
    version = services.begin_agreement(case=case, by=request.user, now=timezone.now())
    messages.success(request, _("下書きを作りました。分かっていることは、もう入っています。"))
    return redirect("workspace:agreement_edit", pk=version.pk)


@require_http_methods(["GET", "POST"])
def agreement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Write; nothing typed is lost, whatever is wrong with it or whoever was quicker."""
    version = found(request, pk)
    require(can_write_version(request.user, version))
    if request.method == "POST":
        return _posted(request, version)
    if version.agreement.state != AgreementState.DRAFT or current_version(version.agreement) != version:
        messages.info(
            request, _("この版は、もう書き直せません。直したいときは「書き直す」を押してください。")
        )
        return redirect("workspace:agreement", pk=version.agreement.case_id)
    kept = kept_for(request)
    editor = TermsEditor(version, kept)
    if kept is not None:
        editor.show_as_typed()
        messages.info(request, _("入力していた内容を戻しました。まだ保存されていません。"))
    return _page(request, editor)


def _posted(request: PersonRequest, version: "AgreementVersion") -> HttpResponse:
    editor = TermsEditor(version, request.POST)
    if editor.indicators.row_asked:
        return _page(request, editor)
    if not editor.is_valid():
        return _page(request, editor, status=BAD)
    try:
        saved = services.save_version(
            version=version,
            terms=editor.terms(),
            saves=editor.saves,
            by=request.user,
            now=timezone.now(),
        )
    except StaleVersion as stale:
        editor = TermsEditor(version, with_saves(request.POST, stale.saves))
        editor.show_as_typed()
        return _page(request, editor, stale=stale, status=CONFLICT)
    except (VersionChanged, InvalidTransition):
        editor.show_as_typed()
        return _page(request, editor, too_late=True, status=CONFLICT)
    except ValidationError as wrong:
        editor.form.add_error(None, wrong)
        return _page(request, editor, status=BAD)
    return _saved(request, editor, saved)


def _saved(request: PersonRequest, editor: TermsEditor, saved: "AgreementVersion") -> HttpResponse:
    """On to the check where that was asked and nothing lacks; else the page again."""
    if request.POST.get("act") != "check":
        messages.success(request, _("下書きを保存しました。"))
        return redirect(f"{reverse('workspace:agreement_edit', args=[saved.pk])}?saved=1")
    editor.show(problems_of_terms(editor.terms(), saved.agreement.case, today=timezone.localdate()))
    if not editor.is_valid():
        editor.form.data = with_saves(request.POST, saved.saves)
        return _page(request, editor, partly_saved=True, status=BAD)
    return redirect(f"{reverse('workspace:agreement_propose', args=[saved.pk])}?saved=1")


@require_http_methods(["GET", "POST"])
def agreement_propose(request: PersonRequest, pk: int) -> HttpResponse:
    """See the draft as the others will, then ask all to confirm it."""
    version = found(request, pk)
    case = version.agreement.case
    form = SeenForm(request.POST if request.method == "POST" else None, initial={"saves": version.saves})
    if request.method == "POST":
        return _proposed(request, version, form)
    if version.agreement.state != AgreementState.DRAFT:
        return redirect("workspace:agreement", pk=case.pk)
    values = {
        "case": case,
        "version": version,
        "sheet": sheet_of(version),
        "form": form,
        "verdict": can_write_version(request.user, version),
        "problems": problems_of_terms(terms_of(version), case, today=timezone.localdate()),
        "keep_clear": f"agreement-{version.pk}" if "saved" in request.GET else "",
    }
    return render(request, "workspace/agreements/propose.html", values)


def _proposed(request: PersonRequest, version: "AgreementVersion", form: SeenForm) -> HttpResponse:
    saves = form.cleaned_data["saves"] if form.is_valid() else None
    try:
        services.propose_version(version=version, saves=saves, by=request.user, now=timezone.now())
    except NotComplete as lacks:
        messages.error(request, " ".join(problem.sentence for problem in lacks.problems))
        return redirect("workspace:agreement_edit", pk=version.pk)
    except StaleVersion:
        messages.warning(
            request, _("ほかの人が先に内容を変えました。新しい内容を読んでから、もう一度押してください。")
        )
        return redirect("workspace:agreement_propose", pk=version.pk)
    except VersionChanged as changed:
        messages.warning(request, changed.sentence)
        return redirect("workspace:agreement", pk=version.agreement.case_id)
    asked = _("当事者のみなさんに、確認をお願いしました。")
    if acts_for_in(request.user, version.agreement.case):
        asked += _("あなたの団体も「確認しました」を押してください。")
    messages.success(request, asked)
    return redirect("workspace:agreement", pk=version.agreement.case_id)


@require_http_methods(["GET", "POST"])
def agreement_revise(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then begin the next version."""
    case = found_case(request, pk)
    versions = versions_of(request, case)
    if not versions:
        return redirect("workspace:agreement", pk=case.pk)
    agreement = versions[0].agreement
    require(can_revise_agreement(request.user, agreement))
    if request.method == "POST":
        form = SeenForm(request.POST)
        seen = form.cleaned_data["seen"] or None if form.is_valid() else None
        try:
            version = services.revise_agreement(
                agreement=agreement, seen=seen, by=request.user, now=timezone.now()
            )
        except VersionChanged as changed:
            messages.warning(request, changed.sentence)
            return redirect("workspace:agreement", pk=case.pk)
        messages.success(request, _("第%(number)d版の下書きを作りました。") % {"number": version.number})
        return redirect("workspace:agreement_edit", pk=version.pk)
    if agreement.state == AgreementState.DRAFT:
        return redirect("workspace:agreement", pk=case.pk)
    values = {
        "case": case,
        "form": SeenForm(initial={"seen": agreement.state}),
        "was_agreed": agreement.state == AgreementState.AGREED,
        "question": _("合意書を書き直しますか？"),
        "confirm_label": _("書き直す"),
        "back_url": reverse("workspace:agreement", args=[case.pk]),
    }
    return render(request, "workspace/agreements/revise.html", values)


def _page(
    request: PersonRequest,
    editor: TermsEditor,
    *,
    stale: StaleVersion | None = None,
    too_late: bool = False,
    partly_saved: bool = False,
    status: int = 200,
) -> HttpResponse:
    version = editor.version
    key = f"agreement-{version.pk}"
    saved = "saved" in request.GET and request.method == "GET"
    values = {
        "case": version.agreement.case,
        "version": version,
        "editor": editor,
        "form": editor.form,
        "indicators": editor.indicators,
        "explanations": EXPLANATIONS,
        "stale": stale,
        "too_late": too_late,
        "partly_saved": partly_saved,
        "keep_key": key,
        "keep_clear": key if saved else "",
    }
    return render(request, "workspace/agreements/edit.html", values, status=status)
