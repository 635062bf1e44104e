"""Introducing a whole team at once: what each side will be told, a word, and off it goes."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.queries import editors_of
from musubi.flow.cases.permissions import can_introduce_team
from musubi.flow.cases.queries import open_case_of
from musubi.flow.cases.services import introduce_team as introduce_all
from musubi.flow.matching.permissions import can_work_at_desk
from musubi.flow.matching.queries import actors_of_team, introductions_between, not_yet_introduced, team_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.team_words import team_cards

from ..cases.forms import IntroduceForm

if TYPE_CHECKING:
    from musubi.flow.matching.models import TeamProposal


@require_http_methods(["GET", "HEAD", "POST"])
def introduce_team(request: PersonRequest, pk: int) -> HttpResponse:
    """All of a team, each by an introduction of its own; the case is opened if nobody has."""
    user = request.user
    team: TeamProposal = get_object_or_404(team_for(user, pk))
    need = team.need
    require(can_work_at_desk(user, need.municipality))
    offers = [member.offer for member in team.members.all()]
    form = typed(request, IntroduceForm)
    if request.method == "POST" and form.is_valid():
        try:
            sent = introduce_all(
                need=need, offers=offers, words=form.cleaned_data["words"], by=user, now=timezone.now()
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("%(number)d件を紹介しました。お返事を待ちます。") % {"number": len(sent)}
            )
            return redirect(f"{reverse('desk:need', args=[need.pk])}?sent=introduce-team-{pk}")
    fresh = not_yet_introduced(need, offers)
    return render(
        request,
        "desk/teams/introduce.html",
        {
            "need": need,
            "card": team_cards([team], introductions_between(need))[0],
            "fresh": fresh,
            "unreached": [
                found.actor.name for found in actors_of_team(team) if not editors_of(found.actor).exists()
            ],
            "may_introduce": can_introduce_team(user, need, open_case_of(need), fresh),
            "form": form,
        },
    )
