"""How words and names are read in this town, before what the dictionary says."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import Verdict, require
from musubi.base.places.models import Municipality
from musubi.base.places.services import renew_readings

from ..adapter.furigana import KANJI, pieces_of, plain_reading
from ..models import LONGEST_READING, LONGEST_WORD, OwnReading
from .holding import hold_town

HAS_KANJI = re.compile(f"[{KANJI}]")


@transaction.atomic
def save_reading(
    *,
    municipality: Municipality,
    word: str,
    reading: str,
    reason: str,
    allowed: Verdict,
    by: User,
    now: dt.datetime,
) -> OwnReading:
    """Make or renew how a word is read, from the next page on. ValidationError with a sentence by field."""
    require(allowed)
    _check(word, reading, reason)
    hold_town(municipality)
    values = {"reading": plain_reading(reading), "reason": reason}
    row = OwnReading.objects.filter(municipality=municipality, word=word).first()
    before = {} if row is None else {key: getattr(row, key) for key in values}
    if row is not None and before == values:
        return row
    row = row or OwnReading(municipality=municipality, word=word)
    row.reading, row.reason = values["reading"], reason
    row.save()
    renew_readings(municipality=municipality)
    audit.record(
        by=by, verb="reading.save", subject=row, at=now, before=before or "", after={"word": word, **values}
    )
    return row


@transaction.atomic
def remove_reading(*, reading: OwnReading, allowed: Verdict, by: User, now: dt.datetime) -> None:
    """Read the word as everybody does again."""
    require(allowed)
    before = {"word": reading.word, "reading": reading.reading}
    audit.record(by=by, verb="reading.remove", subject=reading, at=now, before=before)
    renew_readings(municipality=reading.municipality)
    reading.delete()


def _check(word: str, reading: str, reason: str) -> None:
    problems: dict[str, str] = {}
    if not word:
        problems["word"] = _("ことばを入れてください。")
    elif not HAS_KANJI.search(word):
        problems["word"] = _("漢字のあることばを入れてください。ふりがなは、漢字の上に付きます。")
    elif len(word) > LONGEST_WORD:
        problems["word"] = _("ことばは、40文字までにしてください。")
    if not reading:
        problems["reading"] = _("読み方を入れてください。")
    elif len(reading) > LONGEST_READING or not plain_reading(reading):
        problems["reading"] = _("読み方は、ひらがなだけで、100文字までで書いてください。例：はまかぜ")
    elif "word" not in problems and not pieces_of(word, reading):
        problems["reading"] = _(
            "「%(word)s」と読み方が合いません。ことばの初めから終わりまでの読み方を、ひらがなで書いてください。"
        ) % {"word": word}
    if not reason:
        problems["reason"] = _("理由を入れてください。")
    if problems:
        raise ValidationError(problems)
