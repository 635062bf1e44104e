"""A listing and its proposals in words, for the pages of its own people and of the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from musubi.base.common.enums import Field
from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import Condition
from musubi.flow.listings.models import Availability, Listing, Requirement
from musubi.flow.matching.enums import Fit
from musubi.flow.matching.models import Introduction, Proposal
from musubi.flow.matching.queries import AnsweredLine
from musubi.web.design.wording import day, weekdays

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
    def reasons(self) -> list[str]:
        rows = self.proposal.reasons if self.ordered is None else self.ordered
        return [row["sentence"] for row in rows if row["weight"] >= 0]

    @property
    def first_reasons(self) -> list[str]:
        return self.reasons[:REASONS_AT_ONCE]

    @property
    def more_reasons(self) -> list[str]:
        return self.reasons[REASONS_AT_ONCE:]

    @property
    def cautions(self) -> list[str]:
        return [row["sentence"] for row in self.proposal.reasons if row["weight"] < 0]


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
    lines = "、".join(line_words(line) for line in listing.lines.all())
    days = menu.answers_within_days if menu else None
    return [
        (_("必要なもの") if listing.is_need else _("できること・渡せるもの"), lines),
        (
            _("地域"),
            "、".join(area.name for area in listing.areas.all())
            + (f" {listing.town}" if listing.town else ""),
        ),
        (
            _("日時"),
            "／".join(window_words(row) for row in listing.availabilities.all())
            or _("いつでも・相談して決めます"),
        ),
        (_("できること"), menu.can_do if menu else ""),
        (_("できないこと"), menu.cannot_do if menu else ""),
        (_("答える係"), menu.answered_by if menu else ""),
        (_("お返事まで"), _("%(days)d営業日以内") % {"days": days} if days else ""),
        (_("条件"), "、".join(str(Condition(value).label) for value in listing.conditions)),
        (_("どんな相手と"), "、".join(str(ActorKind(value).label) for value in listing.wanted_kinds)),
        (_("活動の分野"), "、".join(str(Field(number).label) for number in listing.fields)),
        (_("ことがら"), "、".join(listing.concepts or ())),
        (_("だれに見せるか"), listing.get_visibility_display()),
        (_("いつまで載せるか"), day(listing.expires_on) if listing.expires_on else ""),
        (_("公開した日"), day(listing.published_at) if listing.published_at else ""),
        (_("内容を確かめた日"), day(listing.confirmed_at) if listing.confirmed_at else ""),
    ]


def line_words(line: Any) -> str:
    """「場所 台所のある部屋（30席）」."""
    amount = f"（{line.amount:,}{_unit(line)}）" if line.amount is not None else ""
    return " ".join(part for part in (line.get_resource_display(), line.what) if part) + amount


def window_words(window: Availability) -> str:
    """「12月1日(火)〜12月25日(金) 毎週土・日 10:00〜12:00」."""
    starts, ends = window.starts_on, window.ends_on
    if starts and starts == ends:
        days = day(starts)
    else:
        days = f"{day(starts) if starts else ''}〜{day(ends) if ends else ''}" if starts or ends else ""
    named = weekdays(window.weekdays)
    every = "" if named in ("", _("毎日"), _("平日")) else _("毎週%(days)s") % {"days": named}
    opens = f"{window.opens:%H:%M}" if window.opens else ""
    closes = f"{window.closes:%H:%M}" if window.closes else ""
    times = f"{opens}〜{closes}" if opens or closes else ""
    return " ".join(part for part in (days, every or named, times) if part)


def _unit(line: Any) -> str:
    """The unit as it is said after a number: 席 without its explanation."""
    return str(line.get_unit_display()).split("（", maxsplit=1)[0]
