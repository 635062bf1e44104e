"""Answering an introduction, writing within it, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.cases.permissions import can_arrange, can_reopen_in, can_write_letter
from musubi.flow.cases.queries import case_of, thread_for
from musubi.flow.cases.services import reopen, reply, withdraw
from musubi.flow.listings.enums import Side
from musubi.flow.matching.enums import Answer, IntroductionState
from musubi.flow.matching.permissions import can_withdraw_introduction
from musubi.flow.matching.queries import introductions_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.introduction_words import told_after, told_to
from musubi.web.shared.reply_form import ReplyForm, ToldReplyForm
from musubi.web.workspace.cases.forms import LetterForm
from musubi.web.workspace.cases.letters import send, shown_letters

from ..presentation import may_answer, sides_of, writes_as


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_reply(request: PersonRequest, pk: int, side: str) -> HttpResponse:
    """Yes or no, by one's own press; or typed in by staff for a side that told them."""
    row = get_object_or_404(introductions_for(request.user), pk=pk)
    case = case_of(row)
    if side not in Side.values or case is None:
        raise Http404
    shown = next(shown for shown in sides_of(request.user, row) if shown.side == side)
    if request.method != "POST" and (shown.reply.answer or row.state != IntroductionState.PROPOSED):
        return redirect("workspace:introduction", pk)
    require(may_answer(request.user, row, shown))
    form = typed(request, ReplyForm if shown.own else ToldReplyForm)
    if request.method == "POST" and form.is_valid():
        said = {"source": Source.WEB, **form.cleaned_data}
        try:
            row = reply(introduction=row, side=side, by=request.user, now=timezone.now(), **said)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, told_after(said["answer"], row.state))
            if row.state == IntroductionState.CONNECTED:
                page = reverse("workspace:case", args=[case.pk])
            else:
                page = reverse("workspace:introduction", args=[pk])
            return redirect(f"{page}?sent=introduction-{pk}-{side}")
    return render(
        request,
        "workspace/introductions/reply.html",
        {"introduction": row, "shown": shown, "told": told_to(row, side), "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_letter(request: PersonRequest, pk: int) -> HttpResponse:
    """A letter to the other side and the coordinator; addresses stay hidden."""
    user = request.user
    row = get_object_or_404(introductions_for(user), pk=pk)
    case = case_of(row)
    if case is None:
        raise Http404
    actor = writes_as(user, case, sides_of(user, row))
    require(can_write_letter(user, case, row, actor))
    form = typed(request, LetterForm, files=request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(form, case=case, introduction=row, actor=actor, by=user)
    ):
        messages.success(request, _("送りました。相手とコーディネーターに知らせました。"))
        return redirect(f"{reverse('workspace:introduction', args=[pk])}?sent=introduction-{pk}#letters")
    letters = shown_letters(thread_for(user, case, row), user, town_id=row.municipality_id)
    return render(
        request,
        "workspace/introductions/letter.html",
        {"introduction": row, "form": form, "letters": letters},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take back a no that was mistyped or meant otherwise; on to typing it in."""
    user = request.user
    row = get_object_or_404(introductions_for(user), pk=pk)
    case = case_of(row)
    if case is None:
        raise Http404
    require(can_arrange(user, case))
    if request.method != "POST" and row.state != IntroductionState.DECLINED:
        return redirect("workspace:introduction", pk)
    if row.state == IntroductionState.DECLINED:
        require(can_reopen_in(user, case, row))
    if request.method == "POST":
        reopen(introduction=row, by=user, now=timezone.now())
        messages.success(request, _("返事を取り消しました。正しい返事を入力してください。"))
        return redirect("workspace:introduction", pk)
    refused = next(shown for shown in sides_of(user, row) if shown.reply.answer == Answer.NO)
    return render(
        request,
        "workspace/introductions/reopen.html",
        {
            "introduction": row,
            "question": _("%(name)sの「今回は見送る」を取り消しますか？")
            % {"name": refused.listing.actor.name},
            "confirm_label": _("取り消して、入力をやり直す"),
            "back_url": reverse("workspace:introduction", args=[pk]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take the introduction back; both sides are told."""
    row = get_object_or_404(introductions_for(request.user), pk=pk)
    require(can_withdraw_introduction(request.user, row))
    if request.method != "POST" and row.state != IntroductionState.PROPOSED:
        return redirect("workspace:introduction", pk)
    if request.method == "POST":
        withdraw(introduction=row, by=request.user, now=timezone.now())
        messages.success(request, _("紹介を取りやめました。どちらの側にもお知らせしました。"))
        return redirect("workspace:introduction", pk)
    return render(
        request,
        "workspace/introductions/withdraw.html",
        {
            "introduction": row,
            "question": _("%(need)sと%(offer)sの紹介を取りやめますか？")
            % {"need": row.need.actor.name, "offer": row.offer.actor.name},
            "confirm_label": _("取りやめる"),
            "back_url": reverse("workspace:introduction", args=[pk]),
            "dangerous": True,
        },
    )
