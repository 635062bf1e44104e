"""Verbs of a case: open, introduce, meet, agree, close."""

from .agreements import (
    NotComplete,
    StaleVersion,
    VersionChanged,
    begin_agreement,
    confirm_version,
    problems_of_terms,
    propose_version,
    revise_agreement,
    save_version,
)
from .closing import close_case, leave_case
from .dates import answer_dates
from .introducing import ask_to_talk, introduce, introduce_from_need, introduce_team, withdraw
from .letters import write_letter
from .meetings import call_meeting, cancel_meeting, find_again, fix_date, offer_more_dates
from .minutes import ActionValue, finish_action, record_meeting
from .opening import open_case, open_contacts, set_next_step, take_case
from .outreach import begin_outreach, continue_outreaches
from .replying import lapse_due, reopen, reply
from .starting import start_case

__all__ = [
    "ActionValue",
    "NotComplete",
    "StaleVersion",
    "VersionChanged",
    "answer_dates",
    "ask_to_talk",
    "begin_agreement",
    "begin_outreach",
    "call_meeting",
    "cancel_meeting",
    "close_case",
    "confirm_version",
    "continue_outreaches",
    "find_again",
    "finish_action",
    "fix_date",
    "introduce",
    "introduce_from_need",
    "introduce_team",
    "lapse_due",
    "leave_case",
    "offer_more_dates",
    "open_case",
    "open_contacts",
    "problems_of_terms",
    "propose_version",
    "record_meeting",
    "reopen",
    "reply",
    "revise_agreement",
    "save_version",
    "set_next_step",
    "start_case",
    "take_case",
    "withdraw",
    "write_letter",
]
