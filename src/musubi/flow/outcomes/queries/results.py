"""What came of it, in figures and sentences: for pages and for stories, in four queries."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ..enums import Continuation, Counterfactual, EvaluationState, PartnerQuestion, VoiceQuestion
from ..models import Evaluation, PartnerReview
from .figures import IndicatorResult
from .reviews import sees_others_reviews

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

REVIEWS_FOR_AVERAGES = 2
VOICES_FOR_EVERYBODY = 3
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class QuestionResult:
    """One question: the average of 1 to 5 with one decimal, and how many answered it."""

    key: str
    label: str
    average: Decimal
    count: int


@dataclass(frozen=True)
class ChoiceResult:
    """How often something was chosen."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Result:
    """An evaluation in figures and words; `of_partners` is empty for whoever may not know yet."""

    number: int
    is_closed: bool
    closed_at: dt.datetime | None
    decision: str
    decision_label: str
    summary: str
    next_year: str
    indicators: tuple[IndicatorResult, ...]
    review_count: int
    of_partners: tuple[QuestionResult, ...]
    without_musubi: tuple[ChoiceResult, ...]
    decisions: tuple[ChoiceResult, ...]
    learnt: tuple[str, ...]
    voice_count: int
    of_voices: tuple[QuestionResult, ...]

    @property
    def voices_for_everybody(self) -> tuple[QuestionResult, ...]:
        """The voices' averages once there are so many that nobody is recognised."""
        return self.of_voices if self.voice_count >= VOICES_FOR_EVERYBODY else ()


def result_of(evaluation: Evaluation, *, reader: "Person | None" = None) -> Result:
    """The figures: what partners said of each other once it is closed, before that only to a reader who may.

    Averages of partners need two answers, so that nobody reads a single one out of them.
    """
    is_closed = evaluation.state == EvaluationState.CLOSED
    reviews = list(PartnerReview.objects.filter(evaluation=evaluation))
    told = is_closed or (reader is not None and sees_others_reviews(reader, evaluation))
    words = reviews if told else []
    shown = words if len(words) >= REVIEWS_FOR_AVERAGES else []
    voices: list[dict[str, Any]] = list(evaluation.voices.order_by().values_list("answers", flat=True))
    return Result(
        number=evaluation.number,
        is_closed=is_closed,
        closed_at=evaluation.closed_at,
        decision=evaluation.decision,
        decision_label=str(evaluation.get_decision_display()) if evaluation.decision else "",
        summary=evaluation.summary,
        next_year=evaluation.next_year,
        indicators=tuple(IndicatorResult.of(row) for row in evaluation.indicators.all()),
        review_count=len(reviews),
        of_partners=_averages(PartnerQuestion, [review.answers for review in shown]),
        without_musubi=_counts(Counterfactual, (review.without_musubi for review in shown)),
        decisions=_counts(Continuation, (review.decision for review in shown)),
        learnt=tuple(review.learnt for review in words if review.learnt),
        voice_count=len(voices),
        of_voices=_averages(VoiceQuestion, voices),
    )


def _averages(
    questions: type[PartnerQuestion | VoiceQuestion], answers: list[dict[str, Any]]
) -> tuple[QuestionResult, ...]:
    found = []
    for question in questions:
        given = [int(one[question.value]) for one in answers if question.value in one]
        if given:
            average = (Decimal(sum(given)) / len(given)).quantize(TENTH, ROUND_HALF_UP)
            found.append(QuestionResult(question.value, str(question.label), average, len(given)))
    return tuple(found)


def _counts(choices: type[Counterfactual | Continuation], chosen: Iterable[str]) -> tuple[ChoiceResult, ...]:
    counted = Counter(chosen)
    return tuple(
        ChoiceResult(choice.value, str(choice.label), counted[choice.value])
        for choice in choices
        if counted[choice.value]
    )
