"""Answering an introduction by the link in a message, without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed
from musubi.flow.cases.services import reply as answer_introduction
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.queries import reply_by_link
from musubi.web.design.requests import TownRequest
from musubi.web.design.typed import typed
from musubi.web.shared.introduction_words import told_after, told_to
from musubi.web.shared.reply_form import ReplyForm


@login_not_required
@cache_control(private=True, no_cache=True)  # not no-store: Back would lose what was typed
@require_http_methods(["GET", "HEAD", "POST"])
def reply_link(request: TownRequest, token: str) -> HttpResponse:
    """Who wants to talk, and yes or no; afterwards, the answer that stands."""
    linked = reply_by_link(token)
    if linked is None:
        raise Http404
    reply, introduction = linked.reply, linked.reply.introduction
    told = told_to(introduction, reply.side)
    context = {"introduction": introduction, "reply": reply, "told": told, "token": token}
    if not linked.still_theirs:
        return render(request, "public/introductions/no_longer.html", context, status=403)
    if reply.answer or introduction.state != IntroductionState.PROPOSED:
        return render(request, "public/introductions/answered.html", context)
    form = typed(request, ReplyForm)
    if request.method == "POST" and form.is_valid():
        try:
            settled = answer_introduction(
                introduction=introduction,
                side=reply.side,
                source=Source.WEB,
                by=linked.person,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, told_after(form.cleaned_data["answer"], settled.state))
            return redirect("public:reply_link", token)
    return render(request, "public/introductions/reply.html", {**context, "form": form})
