"""Who may do what with a case, its meetings and its agreement."""

from .agreements import can_begin_agreement, can_confirm_version, can_revise_agreement, can_write_version
from .cases import (
    can_close_case,
    can_introduce_in,
    can_introduce_team,
    can_introduce_to,
    can_leave_case,
    can_open_case,
    can_reopen_in,
    can_see_contacts,
    can_set_next_step,
    can_take_case,
    can_take_partners,
    can_write_letter,
)
from .meetings import (
    ANSWERS_WITHOUT_ACCOUNT,
    can_answer_dates,
    can_call_meeting,
    can_cancel_meeting,
    can_enter_answers,
    can_finish_action,
    can_record_meeting,
    can_record_now,
    can_settle_meeting,
)
from .taking_part import can_arrange, can_take_part

__all__ = [
    "ANSWERS_WITHOUT_ACCOUNT",
    "can_answer_dates",
    "can_arrange",
    "can_begin_agreement",
    "can_call_meeting",
    "can_cancel_meeting",
    "can_close_case",
    "can_confirm_version",
    "can_enter_answers",
    "can_finish_action",
    "can_introduce_in",
    "can_introduce_team",
    "can_introduce_to",
    "can_leave_case",
    "can_open_case",
    "can_record_meeting",
    "can_record_now",
    "can_reopen_in",
    "can_revise_agreement",
    "can_see_contacts",
    "can_set_next_step",
    "can_settle_meeting",
    "can_take_case",
    "can_take_part",
    "can_take_partners",
    "can_write_letter",
    "can_write_version",
]
