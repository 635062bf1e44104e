"""What a side of an introduction is told of the other, in five lines: what, who, where, when, why them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from musubi.base.common.days import day, weekday
from musubi.flow.listings.models import Availability, Listing, Provision, Requirement

from ..models import Introduction, Proposal
from .introductions import listing_of, other_side

REASONS = 2
"""So many of the proposal's reasons are told."""
LINES = 3


@dataclass(frozen=True)
class ToldLine:
    """One of the five lines: なに, だれ, どこ, いつ, なぜ."""

    label: str
    text: str


def told_lines(listing: Listing, *, reasons: Iterable[str], words: str, introducer: str) -> list[ToldLine]:
    """The five lines about a listing; `reasons` are sentences, `words` the introducer's own."""
    actor = listing.actor
    return [
        ToldLine(_("なに"), _what(listing)),
        ToldLine(
            _("だれ"), _("%(name)s（%(kind)s）") % {"name": actor.name, "kind": actor.get_kind_display()}
        ),
        ToldLine(_("どこ"), _where(listing)),
        ToldLine(_("いつ"), _when(listing)),
        ToldLine(_("なぜ"), _why(list(reasons)[:REASONS], words, introducer)),
    ]


def told_lines_of(introduction: Introduction, side: str) -> list[ToldLine]:
    """The five lines that this side is told of the other."""
    return told_lines(
        listing_of(introduction, other_side(side)),
        reasons=introduction.reasons,
        words=introduction.words,
        introducer=introducer_of(introduction),
    )


def reasons_of(proposal: Proposal | None) -> list[str]:
    """What speaks for the pair, the strongest first; cautions stay with the proposal."""
    if proposal is None:
        return []
    return [reason["sentence"] for reason in proposal.reasons if reason["value"] * reason["weight"] > 0]


def introducer_of(introduction: Introduction) -> str:
    """Who began it, as its readers call them: a side by its actor's name, else the coordinator's."""
    if introduction.initiative == "need":
        return introduction.need.actor.name
    if introduction.initiative == "offer":
        return introduction.offer.actor.name
    person = introduction.introduced_by
    return _("コーディネーター%(name)sさん") % {"name": person} if person else _("コーディネーター")


def _what(listing: Listing) -> str:
    rows = list(listing.lines.all())
    lines = "、".join(_line(row) for row in rows[:LINES])
    if len(rows) > LINES:
        lines += _(" ほか%(number)d件") % {"number": len(rows) - LINES}
    return _("%(title)s（%(lines)s）") % {"title": listing, "lines": lines} if lines else str(listing)


def _line(row: Requirement | Provision) -> str:
    """「折りたたみいす 100個」."""
    what = row.what or str(row.get_resource_display())
    unit = str(row.get_unit_display()).split("（", maxsplit=1)[0]
    return what if row.amount is None else f"{what} {row.amount:,}{unit}"


def _where(listing: Listing) -> str:
    areas = "、".join(area.name for area in listing.areas.all())
    return " ".join(part for part in (areas, listing.town) if part) or _("どこでも・相談して決めます")


def _when(listing: Listing) -> str:
    windows = [_window(row) for row in listing.availabilities.all()]
    return "／".join(window for window in windows if window) or _("いつでも・相談して決めます")


def _window(row: Availability) -> str:
    """「12月1日(火)〜12月25日(金) 土・日 10:00〜12:00」."""
    starts, ends = row.starts_on, row.ends_on
    days = ""
    if starts or ends:
        days = _day(starts) if starts == ends else f"{_day(starts)}〜{_day(ends)}"
    weekdays = "・".join(weekday(number) for number in row.weekdays)
    opens = f"{row.opens:%H:%M}" if row.opens else ""
    closes = f"{row.closes:%H:%M}" if row.closes else ""
    times = f"{opens}〜{closes}" if opens or closes else ""
    return " ".join(part for part in (days, weekdays, times) if part)


def _day(on: dt.date | None) -> str:
    return "" if on is None else day(on)


def _why(reasons: list[str], words: str, introducer: str) -> str:
    said = (
        _("%(who)sから「%(words)s」") % {"who": introducer, "words": words.strip()} if words.strip() else ""
    )
    parts = [*reasons, said]
    return " ".join(part for part in parts if part) or _("%(who)sが、合いそうだと考えました。") % {
        "who": introducer
    }
