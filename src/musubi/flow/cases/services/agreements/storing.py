"""Terms into rows: what no form offers is refused, what was there before is replaced."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from musubi.flow.listings.words import amount_words

from ...enums import AgreementForm
from ...models import AgreementIndicator, AgreementPart, AgreementUse, AgreementVersion
from ...queries import parties_of
from ...queries.terms import COLUMNS, OfferedLine, PartValue, Terms, UseValue, offered_lines


def checked_terms(terms: Terms, version: AgreementVersion) -> Terms:
    """The same terms; ValidationError with a sentence where a value is none of its list or too much."""
    case = version.agreement.case
    if terms.form not in {"", *AgreementForm.values}:
        raise ValidationError(_("協働の形を選び直してください。"))
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise ValidationError(_("終わりの日は、始まりの日と同じか、それより後にしてください。"))
    if not set(terms.parts) <= {party.actor_id for party in parties_of(case)}:
        raise ValidationError(_("分担に、いまの当事者ではない団体があります。画面を開き直してください。"))
    lines = {line.key: line for line in offered_lines(case)}
    if len({use.key for use in terms.uses}) < len(terms.uses):
        raise ValidationError(_("同じものが2回入っています。1つにまとめてください。"))
    for use in terms.uses:
        sentence = too_much(use, lines.get(use.key))
        if sentence:
            raise ValidationError(sentence)
    return terms


def too_much(use: UseValue, line: OfferedLine | None) -> str:
    """Why this much of an offer cannot be used; empty when it can."""
    if line is None:
        what = use.what or _("使うもの")
        return _("「%(what)s」は、いまの当事者の提供にありません。外してください。") % {"what": what}
    if use.amount is not None and line.left is not None and use.amount > line.left:
        return _("%(what)s：使えるのは、あと%(left)sまでです。") % {
            "what": line,
            "left": amount_words(line.left, line.unit),
        }
    return ""


def put_terms(version: AgreementVersion, terms: Terms) -> list[str]:
    """Set the version's own fields; their names, for `save(update_fields=…)`."""
    for name in COLUMNS:
        setattr(version, name, getattr(terms, name))
    return list(COLUMNS)


def replace_parts(version: AgreementVersion, terms: Terms) -> None:
    """Store what each current party does, what is used and what is counted; what was there is gone."""
    version.parts.all().delete()
    version.uses.all().delete()
    version.indicators.all().delete()
    AgreementPart.objects.bulk_create(
        AgreementPart(
            version=version, actor=party.actor, **asdict(terms.parts.get(party.actor_id, PartValue()))
        )
        for party in parties_of(version.agreement.case)
    )
    AgreementUse.objects.bulk_create(AgreementUse(version=version, **asdict(use)) for use in terms.uses)
    AgreementIndicator.objects.bulk_create(
        AgreementIndicator(version=version, position=position, **asdict(row))
        for position, row in enumerate(terms.indicators)
    )


def changed_names(old: Terms, new: Terms) -> list[str]:
    """Which parts of the terms differ: for the log, without their words."""
    before: dict[str, Any] = vars(old)
    return sorted(name for name, value in vars(new).items() if before[name] != value)
