"""Words that people searched in vain: kept without who, counted, answered by the office."""

import datetime as dt
import logging
import re
import unicodedata
from collections.abc import Sequence

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.patience import without_waiting
from musubi.base.common.verdict import Verdict, require
from musubi.base.places.models import Municipality

from ..enums import Settled
from ..models import LONGEST_SEARCH, OwnSynonym, VainSearch
from ..queries.searches import open_searches_of
from .synonyms import save_synonym

log = logging.getLogger(__name__)

MOST_A_DAY = 1000
"""New words kept of one town on one day: a robot does not fill the table."""
KEPT_FOR = dt.timedelta(days=365)

_PERSONAL = re.compile(r"[@＠]|\d[\d\s()（）.\-‐-―ー−]{5,}\d|\d+\s*[-‐-―ー−]\s*\d+|〒")
"""Mail addresses, numbers as long as a telephone's, 番地 such as 3-12-1, post codes."""


def record_vain_search(*, municipality: Municipality, words: str, now: dt.datetime) -> bool:
    """Count that these words were searched for and nothing was found; whether they were kept.

    Not kept: signs alone (「」, ...), what may name a person (mail addresses, telephone numbers, 番地), what is longer than 60
    characters, and what the office has dismissed. No row of the log: nobody is to be told apart. If it cannot
    be written, the page is shown all the same.
    """
    kept = _as_kept(words)
    if not kept:
        return False
    try:
        with without_waiting():
            return _record(municipality, kept, now)
    except DatabaseError:
        log.warning("A search in vain was not counted", exc_info=True)
        return False


def _record(municipality: Municipality, kept: str, now: dt.datetime) -> bool:
    today = timezone.localdate(now)
    rows = VainSearch.objects.filter(municipality=municipality)
    if rows.filter(words=kept, day=today, settled="").update(count=F("count") + 1):
        return True
    settled_today = rows.filter(words=kept, day=today).exists()
    if settled_today or rows.filter(words=kept, settled=Settled.DISMISSED).exists():
        return False
    if rows.filter(day=today).count() >= MOST_A_DAY:
        return False
    row, is_new = VainSearch.objects.get_or_create(municipality=municipality, words=kept, day=today)
    if not is_new:
        rows.filter(pk=row.pk).update(count=F("count") + 1)
    return True


@transaction.atomic
def accept_vain_search(
    *,
    municipality: Municipality,
    words: str,
    synonyms: Sequence[str],
    reason: str,
    allowed: Verdict,
    by: User,
    now: dt.datetime,
) -> OwnSynonym:
    """Let words that were searched in vain mean the same as others; they leave the list."""
    require(allowed)
    known = OwnSynonym.objects.filter(municipality=municipality, word=words).first()
    more = [*(known.words if known else ()), *synonyms]
    synonym = save_synonym(
        municipality=municipality,
        word=words,
        words=list(dict.fromkeys(more)),
        reason=reason,
        allowed=allowed,
        by=by,
        now=now,
    )
    open_searches_of(municipality).filter(words=words).update(settled=Settled.SYNONYM)
    return synonym


@transaction.atomic
def dismiss_vain_search(
    *, municipality: Municipality, words: str, allowed: Verdict, by: User, now: dt.datetime
) -> int:
    """Take words off the list for good; how often they had been searched for."""
    require(allowed)
    rows = list(open_searches_of(municipality).filter(words=words).select_for_update())
    if not rows:
        return 0
    number = sum(row.count for row in rows)
    VainSearch.objects.filter(pk__in=[row.pk for row in rows]).update(settled=Settled.DISMISSED)
    audit.record(
        by=by, verb="search.dismiss", subject=rows[0], at=now, before={"words": words, "times": number}
    )
    return number


def forget_vain_searches(*, now: dt.datetime) -> int:
    """Delete what is older than a year; how many days' words."""
    return VainSearch.objects.filter(day__lt=timezone.localdate(now - KEPT_FOR)).delete()[0]


def _as_kept(words: str) -> str:
    """The words in one width and case; empty where they are not to be kept."""
    known = " ".join(unicodedata.normalize("NFKC", words).lower().split())
    says_something = any(letter.isalnum() for letter in known)
    return "" if not says_something or len(known) > LONGEST_SEARCH or _PERSONAL.search(known) else known
