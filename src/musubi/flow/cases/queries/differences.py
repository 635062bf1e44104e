"""What is different between two versions of an agreement, part by part, in words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from musubi.base.common.joining import bracketed, with_unit
from musubi.flow.listings.words import amount_words

from ..enums import AgreementForm
from ..models import AgreementIndicator, AgreementUse, AgreementVersion


@dataclass(frozen=True)
class Difference:
    """One part of an agreement before and after; empty where it was or is not there."""

    label: str
    before: str
    after: str


def differences(old: AgreementVersion, new: AgreementVersion) -> list[Difference]:
    """Everything that differs, in the order of the page; nothing when the versions say the same."""
    before, after = _in_words(old), _in_words(new)
    labels = [*after, *(label for label in before if label not in after)]
    rows = [Difference(label, before.get(label, ""), after.get(label, "")) for label in labels]
    return [row for row in rows if row.before != row.after]


def _in_words(version: AgreementVersion) -> dict[str, str]:
    """Every part of a version under its label; equal labels are put together."""
    said = [
        (_("協働の形"), str(AgreementForm(version.form).label) if version.form else ""),
        (_("いっしょに目指すこと"), version.aim),
    ]
    for part in version.parts.all():
        said += [
            (_("%(actor)s：すること") % {"actor": part.actor}, part.does),
            (_("%(actor)s：できること") % {"actor": part.actor}, part.can),
            (_("%(actor)s：できないこと") % {"actor": part.actor}, part.cannot),
        ]
    said += [(_("使うもの：%(what)s") % {"what": _use_name(use)}, _amount(use)) for use in version.uses.all()]
    said += [
        (_("お金の分担"), version.cost),
        (_("もしものときと保険"), version.risk),
        (_("広報のしかた"), version.publicity),
        (_("始まりの日"), _day(version.starts_on)),
        (_("終わりの日"), _day(version.ends_on)),
        (_("見直しの日"), _day(version.review_on)),
    ]
    said += [
        (_("数えるもの：%(name)s") % {"name": row.name}, indicator_words(row))
        for row in version.indicators.all()
    ]
    said.append((_("そのほか"), version.other))
    words: dict[str, str] = {}
    for label, text in said:
        words[label] = "\n".join(each for each in (words.get(label, ""), text) if each)
    return words


def indicator_words(row: AgreementIndicator) -> str:
    """「始める前 0人、目標 100人」."""
    return _("始める前 %(before)s、目標 %(target)s") % {
        "before": _number(row.before, row.unit),
        "target": _number(row.target, row.unit),
    }


def _use_name(use: AgreementUse) -> str:
    return bracketed(f"{use.get_resource_display()} {use.what}".strip(), use.listing.actor)


def _amount(use: AgreementUse) -> str:
    return amount_words(use.amount, use.unit) if use.amount is not None else _("使います")


def _day(day: dt.date | None) -> str:
    return date_format(day) if day else ""


def _number(value: Decimal | None, unit: str) -> str:
    return _("（まだ分かりません）") if value is None else with_unit(f"{value.normalize():,f}", unit)
