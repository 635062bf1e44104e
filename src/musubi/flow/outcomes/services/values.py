"""What somebody typed, checked once more before it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from musubi.base.common.joining import listed, quoted

from ..enums import SCALE, Continuation, Counterfactual, PartnerQuestion, VoiceQuestion, VoiceRelation


@dataclass(frozen=True)
class IndicatorValue:
    """One line of figures."""

    name: str
    unit: str = ""
    before: Decimal | None = None
    target: Decimal | None = None
    after: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class ReviewValue:
    """One partner's answers: a number from 1 to 5 to each of the ten questions, and the rest."""

    answers: Mapping[str, int] = field(default_factory=dict)
    without_musubi: str = ""
    decision: str = ""
    learnt: str = ""
    without_words: str = ""
    next_year: str = ""


@dataclass(frozen=True)
class VoiceValue:
    """The answers of somebody concerned, without a name."""

    relation: str
    answers: Mapping[str, int] = field(default_factory=dict)
    words: str = ""


def check_review(value: ReviewValue) -> None:
    """All ten, and what would have been and shall be; the error names what is missing."""
    _check_answers(PartnerQuestion, value.answers)
    if value.without_musubi not in Counterfactual.values:
        raise ValidationError({"without_musubi": _("Musubi がなければどうしていたかを選んでください。")})
    check_decision(value.decision)


def check_voice(value: VoiceValue, *, on_paper: bool = False) -> None:
    """All three, and how one has to do with it; a sheet of paper may have blanks, but not only blanks."""
    _check_answers(VoiceQuestion, value.answers, some_are_enough=on_paper)
    if value.relation not in VoiceRelation.values:
        raise ValidationError({"relation": _("この活動との関わりを選んでください。")})


def check_decision(decision: str) -> None:
    """Go on, do it again, or end it."""
    if decision not in Continuation.values:
        raise ValidationError({"decision": _("続けるか、もう一度行うか、終えるかを選んでください。")})


def check_indicators(rows: Iterable[IndicatorValue], *, kept: Iterable[str]) -> None:
    """Each has a name of its own, and what was agreed on is not left out."""
    names = [row.name.strip() for row in rows]
    if not all(names):
        raise ValidationError(_("なにを数えるかを入れてください。"))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ValidationError(_("「%(name)s」が二つあります。一つにまとめてください。") % {"name": twice})
    gone = [name for name in kept if name not in names]
    if gone:
        raise ValidationError(
            _(
                "%(names)sは合意書で決めた指標です。消さずに、数えられなかったときは「ひとこと」にわけを書いてください。"
            )
            % {"names": quoted(gone)}
        )


def _check_answers(
    questions: type[TextChoices], answers: Mapping[str, int], *, some_are_enough: bool = False
) -> None:
    asked = [question for question in questions if question.value in answers or not some_are_enough]
    if not asked:
        raise ValidationError({"answers": _("質問の答えを、1つ以上入れてください。")})
    missing = [str(question.label) for question in asked if answers.get(question.value) not in SCALE]
    if missing:
        raise ValidationError(
            {"answers": _("まだ答えていない質問があります：%(missing)s") % {"missing": listed(missing)}}
        )
    if answers.keys() - set(questions.values):
        raise ValidationError({"answers": _("知らない質問への答えがあります。もう一度開いてください。")})
