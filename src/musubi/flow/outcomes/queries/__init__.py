"""The only door to evaluations, reviews and voices, and to what came of a project."""

from .evaluations import (
    closed_evaluation_of,
    evaluations_by_token,
    evaluations_for,
    newest_evaluation_of,
    open_evaluation_of,
    voices_for,
)
from .figures import IndicatorResult, as_written
from .given import given_indicators
from .results import (
    VOICES_FOR_EVERYBODY,
    ChoiceResult,
    QuestionResult,
    Result,
    result_of,
)
from .reviews import reviewed_partners, reviews_for, sees_others_reviews, sources_of_answers
from .team import arranges, is_there, leads_of
from .turns import awaited_reviews_for, turns_of_evaluation

__all__ = [
    "VOICES_FOR_EVERYBODY",
    "ChoiceResult",
    "IndicatorResult",
    "QuestionResult",
    "Result",
    "arranges",
    "as_written",
    "awaited_reviews_for",
    "closed_evaluation_of",
    "evaluations_by_token",
    "evaluations_for",
    "given_indicators",
    "is_there",
    "leads_of",
    "newest_evaluation_of",
    "open_evaluation_of",
    "result_of",
    "reviewed_partners",
    "reviews_for",
    "sees_others_reviews",
    "sources_of_answers",
    "turns_of_evaluation",
    "voices_for",
]
