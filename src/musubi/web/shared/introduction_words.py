"""An introduction in words: what a side is told about the other."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.flow.listings.enums import Side
from musubi.flow.matching.enums import Answer, IntroductionState
from musubi.flow.matching.queries.told_lines import REASONS, told_lines_of
from musubi.flow.matching.words import Said, said

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing
    from musubi.flow.matching.models import Introduction


@dataclass(frozen=True)
class Told:
    """What one side is told: about which of its own listings, and who the other is."""

    side: str
    own: "Listing"
    other: "Listing"
    lines: list[tuple[str, str]]
    more_reasons: list[Said]


def told_to(introduction: "Introduction", side: str) -> Told:
    """What this side of an introduction is told about the other."""
    need, offer = introduction.need, introduction.offer
    own, other = (need, offer) if side == Side.NEED else (offer, need)
    lines = [(line.label, line.text) for line in told_lines_of(introduction, side)]
    return Told(str(side), own, other, lines, [said(reason) for reason in introduction.reasons[REASONS:]])


def told_after(answer: str, state: str) -> str:
    """What happens next, after an answer."""
    if answer == Answer.NO:
        return _("見送りのお返事を、理由といっしょに伝えました。この組み合わせは、もう候補に出ません。")
    if state == IntroductionState.CONNECTED:
        return _("お返事がそろいました。おたがいの連絡先を見られます。次は、打ち合わせの日を決めましょう。")
    return _("「話してみたい」とお伝えしました。相手のお返事がそろったら、お知らせします。")
