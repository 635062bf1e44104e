"""The board of cases, and bringing an offer into one."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.queries import editors_of
from musubi.flow.cases.enums import CASE_OPEN, CaseState
from musubi.flow.cases.permissions import can_introduce_to
from musubi.flow.cases.queries import board_for, counts_by_state, open_case_of, standing_still, turns_of_cases
from musubi.flow.cases.services import introduce_from_need, open_case
from musubi.flow.listings.enums import Side
from musubi.flow.listings.queries import listings_for, with_parts
from musubi.flow.matching.permissions import can_work_at_desk
from musubi.flow.matching.queries import proposal_between, reasons_of, standing_between, told_lines
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..door import desk_only
from .forms import BoardForm, IntroduceForm

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing

Tab = tuple[str, str, int, bool]
GOING_ON, ALL = "going_on", "all"


@require_safe
@desk_only
def cases(request: PersonRequest) -> HttpResponse:
    """The town's cases by state, what is late first, each with whose turn it is."""
    user, town, today = request.user, request.municipality, timezone.localdate()
    form = BoardForm(request.GET, municipality=town)
    wanted = form.wanted
    state = request.GET.get("state", GOING_ON)
    state = state if state in (*CaseState.values, ALL) else GOING_ON
    rows = board_for(
        user,
        town,
        coordinator=wanted.get("coordinator", ""),
        area=wanted.get("area"),
        search=wanted.get("q", ""),
    )
    if wanted.get("still"):
        rows = standing_still(rows, now=timezone.now())
    counts = counts_by_state(rows)
    states = _states(state)
    page = page_of(rows.filter(state__in=states), request.GET, total=sum(counts[each] for each in states))
    turns = turns_of_cases(page.items)
    return render(
        request,
        "desk/cases/cases.html",
        {
            "form": form,
            "state": state,
            "tabs": _tabs(request, counts, state),
            "page": page,
            "rows": [
                (case, turns[case.pk], case.next_step_on is not None and case.next_step_on < today)
                for case in page.items
            ],
        },
    )


def _tabs(request: PersonRequest, counts: dict[str, int], state: str) -> list[Tab]:
    """What is going on, each state and all, with their numbers; what was searched for stays."""
    kept = {
        name: request.GET[name] for name in ("q", "coordinator", "area", "still") if request.GET.get(name)
    }
    labels = [(GOING_ON, _("動いている案件")), *((value, str(label)) for value, label in CaseState.choices)]
    labels.append((ALL, _("すべて")))
    return [
        (
            label,
            f"{reverse('desk:cases')}?{urlencode({**kept, 'state': value})}",
            sum(counts[each] for each in _states(value)),
            value == state,
        )
        for value, label in labels
    ]


def _states(tab: str) -> list[str]:
    """The states that a tab shows."""
    if tab == ALL:
        return list(CaseState.values)
    return sorted(CASE_OPEN) if tab == GOING_ON else [tab]


@require_POST
def case_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a need in hand before anybody is introduced."""
    need = _readable(request, pk, Side.NEED)
    require(can_work_at_desk(request.user, need.municipality))
    case = open_case(need=need, by=request.user, now=timezone.now())
    messages.success(request, _("案件を開きました。候補を見て、相手を紹介してください。"))
    return redirect("workspace:case", case.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: PersonRequest, need_pk: int, offer_pk: int) -> HttpResponse:
    """What each side will be told, a word, and off it goes; the case is opened if nobody has."""
    user = request.user
    need = _readable(request, need_pk, Side.NEED)
    require(can_work_at_desk(user, need.municipality))
    offer = _readable(request, offer_pk, Side.OFFER)
    form = typed(request, IntroduceForm)
    if request.method == "POST" and form.is_valid():
        try:
            introduction = introduce_from_need(
                need=need, offer=offer, words=form.cleaned_data["words"], by=user, now=timezone.now()
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _(
                    "紹介しました。お返事を待ちます。3営業日たってもお返事がないときは、もう一度お知らせします。"
                ),
            )
            page = reverse("workspace:introduction", args=[introduction.pk])
            return redirect(f"{page}?sent=introduce-{need_pk}-{offer_pk}")
    case = open_case_of(need)
    proposal = proposal_between(need, offer, today=timezone.localdate())
    return render(
        request,
        "desk/cases/introduce.html",
        {
            "need": need,
            "offer": offer,
            "case": case,
            "standing": standing_between(need, offer),
            "told": [
                (
                    own.actor.name,
                    _lines(other, reasons_of(proposal), str(user)),
                    editors_of(own.actor).exists(),
                )
                for own, other in ((need, offer), (offer, need))
            ],
            "may_introduce": can_introduce_to(user, need, offer, case),
            "form": form,
        },
    )


def _lines(listing: "Listing", reasons: list[dict[str, Any]], introducer: str) -> list[tuple[str, str]]:
    who = _("コーディネーター%(name)sさん") % {"name": introducer}
    return [
        (line.label, line.text) for line in told_lines(listing, reasons=reasons, words="", introducer=who)
    ]


def _readable(request: PersonRequest, pk: int, side: str) -> "Listing":
    return get_object_or_404(with_parts(listings_for(request.user).filter(side=side)), pk=pk)
