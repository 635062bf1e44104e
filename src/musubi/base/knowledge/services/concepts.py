"""Things and ideas that a town speaks of besides the shipped ones."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import Verdict, require
from musubi.base.places.models import Municipality

from ..adapter import fold, hold_together, known_concepts
from ..enums import ConceptKind
from ..models import OwnConcept
from .holding import hold_town

SHORTEST_WORD = 2


@transaction.atomic
def save_concept(
    *,
    municipality: Municipality,
    name: str,
    kind: str,
    words: Sequence[str],
    reason: str,
    allowed: Verdict,
    by: User,
    now: dt.datetime,
    broader: Sequence[str] = (),
    serves: Sequence[str] = (),
) -> OwnConcept:
    """Make or renew the town's concept of this name. ValidationError with a sentence by field.

    Under the name of a shipped concept it adds words and relations, and the kind stays as shipped.

    Listings carry it from their next saving on, or once they have been read anew (`follow_knowledge` of matching).
    """
    require(allowed)
    hold_town(municipality)
    values = {
        "kind": known_concepts().get(name, kind),
        "words": list(words),
        "broader": list(broader),
        "serves": list(serves),
        "reason": reason,
    }
    row = OwnConcept.objects.filter(municipality=municipality, name=name).first()
    before = {} if row is None else {key: getattr(row, key) for key in values}
    if row is not None and before == values:
        return row
    row = row or OwnConcept(municipality=municipality, name=name)
    for key, value in values.items():
        setattr(row, key, value)
    _check(row)
    row.save()
    audit.record(
        by=by, verb="concept.save", subject=row, at=now, before=before or "", after={"name": name, **values}
    )
    return row


@transaction.atomic
def remove_concept(*, concept: OwnConcept, allowed: Verdict, by: User, now: dt.datetime) -> None:
    """Forget a concept; what other concepts of the town say of it goes with it."""
    require(allowed)
    audit.record(by=by, verb="concept.remove", subject=concept, at=now, before={"name": concept.name})
    for other in OwnConcept.objects.filter(municipality=concept.municipality_id).exclude(pk=concept.pk):
        kept = {
            key: [name for name in getattr(other, key) if name != concept.name]
            for key in ("broader", "serves")
        }
        if any(getattr(other, key) != value for key, value in kept.items()):
            for key, value in kept.items():
                setattr(other, key, value)
            other.save(update_fields=list(kept))
    concept.delete()


def _check(row: OwnConcept) -> None:
    problems: dict[str, str] = {}
    if not row.name:
        problems["name"] = _("名前を入れてください。")
    if row.kind not in ConceptKind.values:
        problems["kind"] = _("種類を選んでください。")
    if not row.words:
        problems["words"] = _("人が使うことばを、1つ以上入れてください。")
    elif short := [word for word in row.words if len(fold(word)) < SHORTEST_WORD]:
        problems["words"] = _("「%(word)s」は短すぎて、ほかのことばの一部にも当たります。") % {
            "word": short[0]
        }
    if not row.reason:
        problems["reason"] = _("理由を入れてください。")
    others = OwnConcept.objects.filter(municipality=row.municipality_id).exclude(pk=row.pk)
    if not problems and (row.name in row.serves or not hold_together([*others, row])):
        problems["broader"] = _(
            "関係することがらを選び直してください。自分自身や、たがいに「何の一つ」になるものは選べません。"
        )
    if problems:
        raise ValidationError(problems)
