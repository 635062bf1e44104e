"""A listing and its proposals in words, for the pages of its own people and of the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from musubi.base.common.enums import Field
from musubi.base.common.joining import apart, bracketed, listed
from musubi.base.knowledge.words import topic
from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import Condition
from musubi.flow.listings.models import Listing, Requirement
from musubi.flow.listings.words import amount_words, window_words
from musubi.flow.matching.enums import Fit
from musubi.flow.matching.models import Introduction, Proposal
from musubi.flow.matching.queries import AnsweredLine
from musubi.flow.matching.words import Said, said
from musubi.web.design.wording import day

SHOWN_AT_ONCE = 5
REASONS_AT_ONCE = 4


@dataclass(frozen=True)
class Candidate:
    """A proposal as one card: the other listing, and the reasons in the order of their weight.

    `ordered`: the same reasons in another order, where the card stands under one requirement.
    """

    proposal: Proposal
    other: Listing
    told_above: bool = False
    introduction: Introduction | None = None
    ordered: list[Any] | None = None

    @property
    def reasons(self) -> list[Said]:
        rows = self.proposal.reasons if self.ordered is None else self.ordered
        return [said(row) for row in rows if row["weight"] >= 0]

    @property
    def first_reasons(self) -> list[Said]:
        return self.reasons[:REASONS_AT_ONCE]

    @property
    def more_reasons(self) -> list[Said]:
        return self.reasons[REASONS_AT_ONCE:]

    @property
    def cautions(self) -> list[Said]:
        return [said(row) for row in self.proposal.reasons if row["weight"] < 0]


@dataclass(frozen=True)
class Group:
    """One requirement and who answers it: the best at once, the others folded away."""

    requirement: Requirement
    first: list[Candidate]
    more: list[Candidate]

    @property
    def title(self) -> str:
        return line_words(self.requirement)


def groups_of(
    lines: Iterable[AnsweredLine], introduced: Mapping[int, Introduction] | None = None
) -> list[Group]:
    """Per requirement; who was told above in full is named once more with a link only.

    `introduced`: how far the need has come with each offer (`introductions_between`).
    """
    told: set[int] = set()
    groups = []
    for line in lines:
        cards = []
        for proposal in line.proposals:
            cards.append(
                Candidate(
                    proposal,
                    proposal.offer,
                    told_above=proposal.offer_id in told,
                    introduction=(introduced or {}).get(proposal.offer_id),
                    ordered=line.reasons[proposal.offer_id],
                )
            )
            told.add(proposal.offer_id)
        worth = [card for card in cards if card.proposal.fit != Fit.FAINT]
        first = worth[:SHOWN_AT_ONCE]
        shown = {id(card) for card in first}
        groups.append(Group(line.requirement, first, [card for card in cards if id(card) not in shown]))
    return groups


def facts_of(listing: Listing) -> list[tuple[str, Any]]:
    """What a listing says besides its words, as terms and values."""
    menu = getattr(listing, "menu_item", None)
    lines = listed(line_words(line) for line in listing.lines.all())
    days = menu.answers_within_days if menu else None
    return [
        (_("必要なもの") if listing.is_need else _("できること・渡せるもの"), lines),
        (
            _("地域"),
            listed(area.name for area in listing.areas.all()) + (f" {listing.town}" if listing.town else ""),
        ),
        (
            _("日時"),
            apart(window_words(row) for row in listing.availabilities.all())
            or _("いつでも・相談して決めます"),
        ),
        (_("できること"), menu.can_do if menu else ""),
        (_("できないこと"), menu.cannot_do if menu else ""),
        (_("答える係"), menu.answered_by if menu else ""),
        (
            _("お返事まで"),
            ngettext("%(days)d営業日以内", "%(days)d営業日以内", days) % {"days": days} if days else "",
        ),
        (_("条件"), listed(str(Condition(value).label) for value in listing.conditions)),
        (_("どんな相手と"), listed(str(ActorKind(value).label) for value in listing.wanted_kinds)),
        (_("活動の分野"), listed(str(Field(number).label) for number in listing.fields)),
        (_("ことがら"), listed(map(topic, listing.concepts or ()))),
        (_("だれに見せるか"), listing.get_visibility_display()),
        (_("いつまで載せるか"), day(listing.expires_on) if listing.expires_on else ""),
        (_("公開した日"), day(listing.published_at) if listing.published_at else ""),
        (_("内容を確かめた日"), day(listing.confirmed_at) if listing.confirmed_at else ""),
    ]


def line_words(line: Any) -> str:
    """「場所 台所のある部屋（30席）」."""
    name = " ".join(part for part in (line.get_resource_display(), line.what) if part)
    return bracketed(name, amount_words(line.amount, line.unit) if line.amount is not None else "")
