"""What was introduced: the list with what waits first, and one introduction in full."""

from typing import NoReturn

from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.permissions import can_arrange, can_reopen_in, can_write_letter
from musubi.flow.cases.queries import case_of, cases_for, thread_for
from musubi.flow.listings.enums import Side
from musubi.flow.listings.queries import listings_for
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.permissions import can_withdraw_introduction
from musubi.flow.matching.queries import awaited_replies_for, introductions_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.introduction_words import told_to
from musubi.web.shared.reply_form import ReplyForm
from musubi.web.workspace.cases.forms import LetterForm
from musubi.web.workspace.cases.letters import file_of, shown_letters

from ..presentation import may_answer, sent_from, sides_of, writes_as

AWAITED_SHOWN = 50


@require_safe
def introductions(request: PersonRequest) -> HttpResponse:
    """Those of one's own actors: what waits for an answer first, then the latest."""
    own = standing_of(request.user).actor_ids
    awaited = [reply.introduction_id for reply in awaited_replies_for(request.user)[:AWAITED_SHOWN]]
    rows = introductions_for(request.user).filter(Q(need__actor__in=own) | Q(offer__actor__in=own))
    waiting = rows.filter(pk__in=awaited).order_by("introduced_at", "pk")
    page = page_of(rows.exclude(pk__in=awaited).order_by("-introduced_at", "-pk"), request.GET)
    return render(
        request, "workspace/introductions/introductions.html", {"waiting": list(waiting), "page": page}
    )


@require_safe
def introduction(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is introduced to whom and why, what was answered, and what one may do."""
    user = request.user
    row = get_object_or_404(introductions_for(user), pk=pk)
    case = case_of(row) or _gone()
    sides = sides_of(user, row)
    own = [side.side for side in sides if side.own]
    listings = listings_for(user).filter(pk__in=[row.need_id, row.offer_id])
    awaited = row.state == IntroductionState.PROPOSED
    return render(
        request,
        "workspace/introductions/introduction.html",
        {
            "introduction": row,
            "case": cases_for(user).filter(pk=case.pk).first(),
            "tolds": [told_to(row, side) for side in own or Side.values],
            "readable": set(listings.values_list("pk", flat=True)),
            "sides": [
                (side, may_answer(user, row, side), ReplyForm(auto_id=f"id_{side.side}_%s"))
                for side in sides
                if awaited and not side.reply.answer and (side.own or not own)
            ],
            "letters": shown_letters(thread_for(user, case, row), user, town_id=row.municipality_id),
            "letter_form": LetterForm(),
            "may_write": can_write_letter(user, case, row, writes_as(user, case, sides)),
            "may_withdraw": awaited and can_withdraw_introduction(user, row),
            "is_staff": bool(can_arrange(user, case)),
            "may_reopen": can_reopen_in(user, case, row),
            "keep_clear": sent_from(request, [row]),
        },
    )


@require_safe
def introduction_file(request: PersonRequest, pk: int, letter_pk: int) -> FileResponse:
    """What somebody attached to a letter of this introduction."""
    row = get_object_or_404(introductions_for(request.user), pk=pk)
    return file_of(thread_for(request.user, case_of(row) or _gone(), row), letter_pk)


def _gone() -> NoReturn:
    raise Http404
