"""Words of a town that mean the same."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import Verdict, require
from musubi.base.places.models import Municipality

from ..adapter import fold
from ..models import LONGEST_SEARCH, OwnSynonym
from .holding import hold_town


@transaction.atomic
def save_synonym(
    *,
    municipality: Municipality,
    word: str,
    words: Sequence[str],
    reason: str,
    allowed: Verdict,
    by: User,
    now: dt.datetime,
) -> OwnSynonym:
    """Make or renew what means the same as a word. ValidationError with a sentence by field."""
    require(allowed)
    _check(word, words, reason)
    hold_town(municipality)
    values = {"words": list(words), "reason": reason}
    row = OwnSynonym.objects.filter(municipality=municipality, word=word).first()
    before = {} if row is None else {key: getattr(row, key) for key in values}
    if row is not None and before == values:
        return row
    row = row or OwnSynonym(municipality=municipality, word=word)
    row.words, row.reason = list(words), reason
    row.save()
    audit.record(
        by=by, verb="synonym.save", subject=row, at=now, before=before or "", after={"word": word, **values}
    )
    return row


@transaction.atomic
def remove_synonym(*, synonym: OwnSynonym, allowed: Verdict, by: User, now: dt.datetime) -> None:
    """Forget that these words mean the same."""
    require(allowed)
    before = {"word": synonym.word, "words": synonym.words}
    audit.record(by=by, verb="synonym.remove", subject=synonym, at=now, before=before)
    synonym.delete()


def _check(word: str, words: Sequence[str], reason: str) -> None:
    problems: dict[str, str] = {}
    if not word:
        problems["word"] = _("ことばを入れてください。")
    elif not _has_letters(word):
        problems["word"] = _("記号だけでは探せません。文字のあることばを入れてください。")
    others = {fold(other) for other in words}
    if not words:
        problems["words"] = _("同じ意味のことばを、1つ以上入れてください。")
    elif not all(_has_letters(other) for other in words):
        problems["words"] = _("記号だけでは探せません。文字のあることばを入れてください。")
    elif any(len(other) > LONGEST_SEARCH for other in words):
        problems["words"] = _("ことばは、1つ60文字までにしてください。")
    elif fold(word) in others or len(others) < len(words):
        problems["words"] = _(
            "書き方がちがうだけのことばは、入れなくても見つかります。別のことばを入れてください。"
        )
    if not reason:
        problems["reason"] = _("理由を入れてください。")
    if problems:
        raise ValidationError(problems)


def _has_letters(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
