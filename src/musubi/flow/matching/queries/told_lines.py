"""What a side of an introduction is told of the other, in five lines: what, who, where, when, why them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from musubi.base.common.joining import apart, bracketed, listed
from musubi.flow.listings.models import Listing
from musubi.flow.listings.words import amount_and_name, window_words

from ..models import Introduction, Proposal
from ..words import Said, said
from .introductions import listing_of, other_side

REASONS = 2
"""So many of the proposal's reasons are told."""
LINES = 3


@dataclass(frozen=True)
class ToldLine:
    """One of the five lines: なに, だれ, どこ, いつ, なぜ."""

    label: str
    text: str


def told_lines(
    listing: Listing, *, reasons: Iterable[Mapping[str, Any] | str], words: str, introducer: str
) -> list[ToldLine]:
    """The five lines about a listing; `reasons` as they are kept, `words` the introducer's own."""
    actor = listing.actor
    return [
        ToldLine(_("なに"), _what(listing)),
        ToldLine(_("だれ"), bracketed(actor.name, actor.get_kind_display())),
        ToldLine(_("どこ"), _where(listing)),
        ToldLine(_("いつ"), _when(listing)),
        ToldLine(_("なぜ"), _why([said(reason) for reason in list(reasons)[:REASONS]], words, introducer)),
    ]


def told_lines_of(introduction: Introduction, side: str) -> list[ToldLine]:
    """The five lines that this side is told of the other."""
    return told_lines(
        listing_of(introduction, other_side(side)),
        reasons=introduction.reasons,
        words=introduction.words,
        introducer=introducer_of(introduction),
    )


def reasons_of(proposal: Proposal | None) -> list[dict[str, Any]]:
    """What speaks for the pair, to be kept: the strongest first; cautions stay with the proposal."""
    if proposal is None:
        return []
    return [
        {"sentence": reason["sentence"], "parts": reason.get("parts", [])}
        for reason in proposal.reasons
        if reason["value"] * reason["weight"] > 0
    ]


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
    lines = listed(amount_and_name(row) for row in rows[:LINES])
    if len(rows) > LINES:
        lines += _(" ほか%(number)d件") % {"number": len(rows) - LINES}
    return bracketed(listing, lines)


def _where(listing: Listing) -> str:
    areas = listed(area.name for area in listing.areas.all())
    return " ".join(part for part in (areas, listing.town) if part) or _("どこでも・相談して決めます")


def _when(listing: Listing) -> str:
    return apart(window_words(row) for row in listing.availabilities.all()) or _("いつでも・相談して決めます")


def _why(reasons: list[Said], words: str, introducer: str) -> str:
    said = (
        _("%(who)sから「%(words)s」") % {"who": introducer, "words": words.strip()} if words.strip() else ""
    )
    return " ".join(part for part in (*reasons, said) if part) or _("%(who)sが、合いそうだと考えました。") % {
        "who": introducer
    }
