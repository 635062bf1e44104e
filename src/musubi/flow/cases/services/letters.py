"""What the parties write to each other through Musubi, kept with the case."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.files.services import Upload, store_file
from musubi.flow.actors.models import Actor
from musubi.flow.matching.models import Introduction

from ..models import Case, Letter
from ..notifications.letters import tell_letter
from ..permissions.cases import LETTER, can_write_letter, can_write_now
from ..queries import introductions_of
from .moving import locked_case, moved


@transaction.atomic
def write_letter(
    *,
    case: Case,
    introduction: Introduction | None,
    actor: Actor | None,
    text: str,
    upload: Upload | None = None,
    by: User,
    now: dt.datetime,
) -> Letter:
    """Write to everybody who takes part, or with an introduction to its two sides; staff read along.

    `actor` is in whose name; None for staff. Addresses are never told. ValidationError without words,
    FileRefused with a sentence for a file that cannot be kept.
    """
    case = locked_case(case)
    if introduction is not None:
        introduction = introductions_of(case).get(pk=introduction.pk)
    require(can_write_letter(by, case, introduction, actor))
    require(can_write_now(by, now))
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("本文を書いてください。")})
    file = store_file(upload=upload, by=by, municipality_id=case.municipality_id, now=now) if upload else None
    letter = Letter.objects.create(
        case=case,
        introduction=introduction,
        actor=actor,
        author=by,
        text=text[:4000],
        file=file,
        sent_at=now,
    )
    audit.record(by=by, verb=LETTER, subject=case, at=now, after={"letter": letter.pk})
    tell_letter(letter, by=by, at=now)
    moved(case, now)
    return letter
