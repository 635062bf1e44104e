"""The meetings' part of a case's page."""

from typing import Any

from musubi.flow.cases.models import Case
from musubi.flow.cases.permissions import can_call_meeting, can_finish_action
from musubi.flow.cases.queries import meetings_of
from musubi.web.design.requests import PersonRequest


def section_of(request: PersonRequest, case: Case) -> dict[str, Any]:
    """What `workspace/meetings/section.html` reads under the name `meetings`."""
    rows = []
    for meeting in meetings_of(request.user, case):
        actions = list(meeting.actions.all())
        for action in actions:
            action.meeting = meeting
        rows.append((meeting, [(action, can_finish_action(request.user, action)) for action in actions]))
    return {"case": case, "rows": rows, "may_call": can_call_meeting(request.user, case)}
