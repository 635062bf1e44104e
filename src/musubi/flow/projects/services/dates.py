"""One rule for the days on which a team looks back: within its time, or soon after its end."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from musubi.flow.cases.services.agreements.completeness import REVIEW_AFTER


def wrong_review(review_on: dt.date | None, *, starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """What is wrong with a day for looking back, as for agreements; nothing where a day is not known."""
    if review_on is None:
        return ""
    early = starts_on is not None and review_on < starts_on
    late = ends_on is not None and review_on > ends_on + REVIEW_AFTER
    if not early and not late:
        return ""
    return _("見直しの日は、始まりの日から、終わりの日の3か月後までの間にしてください。")


def require_review(
    review_on: dt.date, *, starts_on: dt.date | None, ends_on: dt.date | None, hint: str = ""
) -> None:
    """ValidationError at the field; `hint` says what else may be done."""
    if sentence := wrong_review(review_on, starts_on=starts_on, ends_on=ends_on):
        raise ValidationError({"review_on": f"{sentence}{hint}"})


def require_to_come(field: str, day: dt.date, today: dt.date) -> None:
    if day < today:
        raise ValidationError({field: _("今日か、それより後の日にしてください。")})
