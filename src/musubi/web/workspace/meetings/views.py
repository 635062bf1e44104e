"""A meeting of a case: called, its date found, its record kept. Members and staff share these pages."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.common.verdict import require
from musubi.flow.cases import permissions, services
from musubi.flow.cases.enums import MeetingState
from musubi.flow.cases.queries import actions_for, cases_for, meetings_for, parties_of
from musubi.web.design.numbers import whole_number
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.agendas import AGENDAS
from musubi.web.shared.dates import EnterDatesForm, dates_arguments, dates_table

from .forms import ActionRows, AnswerByForm, CancelForm, DateRows, MeetingForm, RecordForm
from .pages import all_valid, facts_of, typed_with_rows

if TYPE_CHECKING:
    from musubi.flow.cases.models import PreMeeting

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def meeting_new(request: PersonRequest, case_pk: int) -> HttpResponse:
    """Ask everybody who takes part which dates suit."""
    case = get_object_or_404(cases_for(request.user), pk=case_pk)
    require(permissions.can_call_meeting(request.user, case))
    form, rows = typed_with_rows(
        request, MeetingForm, DateRows, initial={"agenda": str(AGENDAS["first"].text)}
    )
    if request.method == "POST" and all_valid(form, rows, none=_no_dates()):
        values = {name: value for name, value in form.cleaned_data.items() if name != "template"}
        try:
            row = services.call_meeting(
                case=case, options=_dates(rows), by=request.user, now=timezone.now(), **values
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("日程のうかがいを送りました。あなたのご都合も入れてください。"))
            return redirect(_saved(row))
    return render(request, "workspace/meetings/new.html", {"case": case, "form": form, "rows": rows})


@require_safe
def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """Where it stands: the dates and answers, then when and where, then what was decided."""
    row, user = _found(request, pk), request.user
    actions = list(row.actions.select_related("actor"))
    for action in actions:
        action.meeting = row
    context = {
        "meeting": row,
        "address": request.build_absolute_uri(reverse("public:dates", args=[row.token])),
        "actions": [(action, permissions.can_finish_action(user, action)) for action in actions],
        "facts": facts_of(row),
        "may": {
            "settle": permissions.can_settle_meeting(user, row),
            "cancel": permissions.can_cancel_meeting(user, row),
            "record": permissions.can_record_meeting(user, row)
            and permissions.can_record_now(row, timezone.now()),
            "enter": permissions.can_enter_answers(user, row),
        },
        "is_early": row.starts_at is not None and row.starts_at > timezone.now(),
        "keep_clear": f"meeting-of-{row.case_id} meeting-dates-{pk} meeting-record-{pk} meeting-told-{pk}"
        if "saved" in request.GET
        else "",
    }
    if row.state == MeetingState.FINDING:
        context |= dates_table(row)
    return render(request, "workspace/meetings/meeting.html", context)


@require_POST
def meeting_fix(request: PersonRequest, pk: int) -> HttpResponse:
    """Settle on a date."""
    row = _found(request, pk)
    require(permissions.can_settle_meeting(request.user, row))
    option = row.options.filter(pk=whole_number(request.POST.get("option", ""))).first()
    if option is None:
        messages.error(request, _("日時を選んでから、もう一度押してください。"))
        return redirect("workspace:meeting", pk)
    try:
        services.fix_date(meeting=row, option=option, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("日時を決めました。参加する人に知らせました。"))
    return redirect("workspace:meeting", pk)


@require_http_methods(GET_POST)
def meeting_more(request: PersonRequest, pk: int) -> HttpResponse:
    """Further dates beside those that are asked about."""
    return _ask_dates(request, pk, again=False)


@require_http_methods(GET_POST)
def meeting_again(request: PersonRequest, pk: int) -> HttpResponse:
    """The fixed date does not do: other ones."""
    return _ask_dates(request, pk, again=True)


def _ask_dates(request: PersonRequest, pk: int, *, again: bool) -> HttpResponse:
    row = _found(request, pk)
    require(permissions.can_settle_meeting(request.user, row))
    if request.method != "POST" and row.state != (MeetingState.FIXED if again else MeetingState.FINDING):
        return redirect("workspace:meeting", pk)
    form, rows = typed_with_rows(request, AnswerByForm, DateRows)
    if request.method == "POST" and all_valid(form, rows, none=_no_dates()):
        verb = services.find_again if again else services.offer_more_dates
        try:
            verb(meeting=row, options=_dates(rows), by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("新しい候補日を、参加する人に知らせました。"))
            return redirect(_saved(row))
    context = {"meeting": row, "form": form, "rows": rows, "again": again}
    return render(request, "workspace/meetings/more_dates.html", context)


@require_http_methods(GET_POST)
def meeting_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask before it is given up, with a word for the others."""
    row = _found(request, pk)
    require(permissions.can_cancel_meeting(request.user, row))
    if request.method != "POST" and row.state not in (MeetingState.FINDING, MeetingState.FIXED):
        return redirect("workspace:meeting", pk)
    form = typed(request, CancelForm)
    if request.method == "POST" and form.is_valid():
        services.cancel_meeting(meeting=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("打ち合わせを取りやめました。参加する人に知らせました。"))
        return redirect("workspace:meeting", pk)
    context = {
        "meeting": row,
        "form": form,
        "question": _("この打ち合わせを取りやめますか？"),
        "confirm_label": _("取りやめる"),
        "back_url": reverse("workspace:meeting", args=[pk]),
        "dangerous": True,
    }
    return render(request, "workspace/meetings/cancel.html", context)


@require_http_methods(GET_POST)
def meeting_record(request: PersonRequest, pk: int) -> HttpResponse:
    """What was said, and who does what until when."""
    row = _found(request, pk)
    require(permissions.can_record_meeting(request.user, row))
    if request.method != "POST" and row.state != MeetingState.FIXED:
        return redirect("workspace:meeting", pk)
    now = timezone.now()
    if row.state == MeetingState.FIXED:
        require(permissions.can_record_now(row, now))
    form, rows = typed_with_rows(
        request,
        RecordForm,
        ActionRows,
        rows={
            "actors": [party.actor for party in parties_of(row.case)],
            "earliest": timezone.localdate(min(row.starts_at or now, now)),
        },
    )
    none = _("決めたことを、1つ以上入れてください。次に会う日を決めることでもかまいません。")
    if request.method == "POST" and all_valid(form, rows, none=none):
        actions = [
            services.ActionValue(what=line["what"], actor=line["actor"], due_on=line["due_on"])
            for line in rows.filled
        ]
        try:
            services.record_meeting(
                meeting=row, actions=actions, by=request.user, now=now, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("打ち合わせの記録を残しました。"))
            return redirect(_saved(row))
    return render(request, "workspace/meetings/record.html", {"meeting": row, "form": form, "rows": rows})


@require_http_methods(GET_POST)
def meeting_told(request: PersonRequest, pk: int, answer_pk: int = 0) -> HttpResponse:
    """Staff type in an answer they were told, or change one that has no account."""
    row = _found(request, pk)
    require(permissions.can_enter_answers(request.user, row))
    answer = row.answers.filter(pk=answer_pk, user=None).first() if answer_pk else None
    if answer_pk and answer is None:
        raise Http404
    form = typed(request, EnterDatesForm, **dates_arguments(row, request.user, answer, told=True))
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_dates(
                meeting=row,
                by=request.user,
                key=answer.key if answer else "",
                source=form.cleaned_data["source"],
                now=timezone.now(),
                **form.values,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("聞いた返事を入れました。"))
            return redirect(_saved(row))
    return render(request, "workspace/meetings/told.html", {"meeting": row, "form": form, "answer": answer})


@require_POST
def meeting_action_done(request: PersonRequest, pk: int) -> HttpResponse:
    """What was decided is done."""
    action = get_object_or_404(actions_for(request.user), pk=pk)
    services.finish_action(action=action, by=request.user, now=timezone.now())
    messages.success(request, _("「済んだ」にしました。"))
    if request.POST.get("back") == "case":
        return redirect("workspace:case", action.meeting.case_id)
    return redirect("workspace:meeting", action.meeting_id)


def _found(request: PersonRequest, pk: int) -> "PreMeeting":
    return get_object_or_404(meetings_for(request.user), pk=pk)


def _dates(rows: Any) -> list[Any]:
    return [line["starts_at"] for line in rows.filled]


def _no_dates() -> str:
    return _("候補の日時を、1つ以上入れてください。")


def _saved(row: "PreMeeting") -> str:
    """The meeting's page, which then forgets what this device had kept."""
    return f"{reverse('workspace:meeting', args=[row.pk])}?saved"
