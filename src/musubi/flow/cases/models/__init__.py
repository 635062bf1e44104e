from .agreement import (
    Agreement,
    AgreementIndicator,
    AgreementPart,
    AgreementUse,
    AgreementVersion,
    Confirmation,
)
from .case import Case, CaseIntroduction, Letter, Party
from .meeting import DateAnswer, DateMark, DateOption, MeetingAction, PreMeeting

__all__ = [
    "Agreement",
    "AgreementIndicator",
    "AgreementPart",
    "AgreementUse",
    "AgreementVersion",
    "Case",
    "CaseIntroduction",
    "Confirmation",
    "DateAnswer",
    "DateMark",
    "DateOption",
    "Letter",
    "MeetingAction",
    "Party",
    "PreMeeting",
]
