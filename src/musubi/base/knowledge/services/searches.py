"""Words that people searched in vain: kept without who, counted, answered by the office."""

import datetime as dt
import logging
import re
import unicodedata
from collections.abc import Sequence

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.patience import is_busy, without_waiting
from musubi.base.common.verdict import Verdict, require
from musubi.base.places.models import Municipality

from ..adapter import may_name_person
from ..enums import Settled
from ..models import LONGEST_SEARCH, OwnSynonym, VainSearch
from ..queries.searches import open_searches_of
from .synonyms import save_synonym

log = logging.getLogger(__name__)

MOST_A_DAY = 1000
"""New words kept of one town on one day: a robot does not fill the table."""
KEPT_FOR = dt.timedelta(days=365)
KEPT_OF_ONE_FOR = dt.timedelta(days=30)
"""How long words wait for a second person to search for them."""
_MARK_LENGTH = 1  # hexadecimal digits: of 16 marks, so that even of a small town many people have the same

_PERSONAL = re.compile(r"[@＠]|\d[\d\s()（）.\-‐-―ー−]{5,}\d|\d+\s*[-‐-―ー−]\s*\d+|〒")
"""Mail addresses, numbers as long as a telephone's, 番地 such as 3-12-1, post codes."""


def record_vain_search(*, municipality: Municipality, words: str, asker: str, now: dt.datetime) -> bool:
    """Count that these words were searched for and nothing was found; whether they were kept.

    Not kept: signs alone (「」, ...), what may name a person (names, mail addresses, telephone numbers, 番地), what is
    longer than 60 characters, and what the office has dismissed. What one `asker` alone has searched for is told
    to nobody and forgotten after a month; of the asker (an account, or an address of who is not signed in) no more is kept than a mark that a sixteenth of
    all share, for these words alone, and only until another one asks. No row of the log: nobody is to be told apart. If it cannot be written,
    the page is shown all the same.
    """
    kept = _as_kept(words)
    if not kept:
        return False
    try:
        with without_waiting():
            return _record(municipality, kept, _mark(municipality, kept, asker), now)
    except DatabaseError as error:
        log.warning("A search in vain was not counted: %s", error, exc_info=not is_busy(error))
        return False


def _record(municipality: Municipality, kept: str, mark: str, now: dt.datetime) -> bool:
    today = timezone.localdate(now)
    in_town = VainSearch.objects.filter(municipality=municipality)
    rows = in_town.filter(words=kept)
    known = list(rows.values_list("day", "settled", "asked_by"))
    if any(settled == Settled.DISMISSED or (settled and day == today) for day, settled, _by in known):
        return False
    askers = {asker for _day, _settled, asker in known}
    if askers - {mark}:
        mark = ""
        if askers != {""}:
            rows.update(asked_by="")
    if any(day == today for day, _settled, _by in known):
        return bool(rows.filter(day=today).update(count=F("count") + 1))
    if in_town.filter(day=today).count() >= MOST_A_DAY:
        return False
    row, is_new = in_town.get_or_create(
        municipality=municipality, words=kept, day=today, defaults={"asked_by": mark}
    )
    if not is_new:  # another request was first; whether it was another person shows in its mark
        by = row.asked_by if row.asked_by == mark else ""
        rows.filter(pk=row.pk).update(count=F("count") + 1, asked_by=by)
    return True


def _mark(municipality: Municipality, kept: str, asker: str) -> str:
    """Another mark for each words, so that nobody's searches can be laid side by side."""
    salt = f"vain-search:{municipality.area.code}:{kept}"
    return salted_hmac(salt, asker, secret=settings.SECRET_KEY).hexdigest()[:_MARK_LENGTH]


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
    """Delete what is older than a year, and what one person alone asked a month ago; how many days' words."""
    old = Q(day__lt=timezone.localdate(now - KEPT_FOR))
    of_one = ~Q(asked_by="") & Q(day__lt=timezone.localdate(now - KEPT_OF_ONE_FOR))
    return VainSearch.objects.filter(old | of_one).delete()[0]


def _as_kept(words: str) -> str:
    """The words in one width and case; empty where they are not to be kept."""
    known = " ".join(unicodedata.normalize("NFKC", words).lower().split())
    says_something = any(letter.isalnum() for letter in known)
    if not says_something or len(known) > LONGEST_SEARCH or _PERSONAL.search(known):
        return ""
    return "" if may_name_person(known) else known
