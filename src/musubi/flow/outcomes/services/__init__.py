"""Verbs of looking back: open, count, answer, close."""

from .answering import answer_review, enter_voice, give_voice
from .closing import close_evaluation, reopen_evaluation
from .opening import figures_seen, open_evaluation, save_indicators
from .values import IndicatorValue, ReviewValue, VoiceValue

__all__ = [
    "IndicatorValue",
    "ReviewValue",
    "VoiceValue",
    "answer_review",
    "close_evaluation",
    "enter_voice",
    "figures_seen",
    "give_voice",
    "open_evaluation",
    "reopen_evaluation",
    "save_indicators",
]
