"""What a meeting's pages are made of: its facts, and a form with rows beside it as one thing."""

from typing import Any, TypeVar

from django.utils.translation import gettext as _

from musubi.flow.cases.enums import MeetingState
from musubi.flow.cases.models import PreMeeting
from musubi.web.design import wording
from musubi.web.design.distances import duration
from musubi.web.design.forms import Form
from musubi.web.design.kept import kept_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.rows import RowFormSet
from musubi.web.shared.agendas import AGENDAS, with_agenda

F = TypeVar("F", bound=Form)
R = TypeVar("R", bound=RowFormSet)


def facts_of(meeting: PreMeeting) -> list[tuple[str, Any]]:
    """When, how long, where, who called it."""
    finding = meeting.state == MeetingState.FINDING
    return [
        (_("日時"), wording.moment(meeting.starts_at) if meeting.starts_at else ""),
        (_("長さ"), duration(meeting.minutes)),
        (_("場所"), meeting.place),
        (_("オンラインの入口"), meeting.online_url),
        (_("答えてほしい日"), wording.day(meeting.answer_by) if meeting.answer_by and finding else ""),
        (_("呼びかけた人"), str(meeting.called_by) if meeting.called_by else ""),
    ]


def typed_with_rows(
    request: PersonRequest,
    form_class: type[F],
    rows_class: type[R],
    *,
    initial: dict[str, Any] | None = None,
    rows: dict[str, Any] | None = None,
) -> tuple[F, R]:
    """The form and its rows; unjudged when a button only asked for a row or a template."""
    kept = None if request.method == "POST" else kept_for(request)
    data = request.POST if request.method == "POST" else kept
    asked = data.get("template", "") if data is not None and "fill" in data else ""
    if data is not None and asked in AGENDAS:
        data = data.copy()
        data["agenda"] = with_agenda(data.get("agenda", ""), asked)
    form, lines = form_class(data, initial=initial), rows_class(data, prefix="rows", form_kwargs=rows or {})
    if kept is not None or asked:
        lines.row_asked = True
    if lines.row_asked:
        form.keep_unchecked()
        form.was_kept = kept is not None  # type: ignore[attr-defined]
    return form, lines


def all_valid(form: Form, rows: RowFormSet, *, none: str) -> bool:
    """Whether all is right; each part is judged, so that all sentences show, and one row is the least."""
    if rows.row_asked:
        return False
    valid = [form.is_valid(), rows.is_valid()]
    if valid[1] and not rows.filled:
        rows.non_form_errors().append(none)
        return False
    return all(valid)
