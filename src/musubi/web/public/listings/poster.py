"""A listing as the values of its poster for a notice board."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from musubi.base.common.joining import listed
from musubi.flow.actors.enums import ProfileItem
from musubi.flow.actors.queries import visible_items_for
from musubi.flow.listings.enums import Condition
from musubi.flow.listings.words import window_words
from musubi.web.design.markdown import to_text
from musubi.web.design.phrases import phrases_of
from musubi.web.design.wording import era_day
from musubi.web.shared.listing_words import line_words

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing

SUMMARY = 200
"""Characters of the text; who stands before a board reads no more, and the code leads to the rest."""
MOST = 6
"""Lines of a list; beyond that it says how many more there are."""
LONGEST_LINE = 60
"""Characters of one of them."""


def poster_of(listing: "Listing") -> dict[str, Any]:
    """What a passer-by needs: what, when, where, for how long, whom to ask. Only what everybody may read."""
    return {
        "side": _("さがしています") if listing.is_need else _("お役に立てます"),
        "heading": phrases_of(listing.title),  # no line of a poster ends within a word
        "summary": _cut(to_text(listing.body), SUMMARY),
        "facts": [(term, said) for term, said in _facts(listing) if said],
        "asking": {
            "heading": _("くわしく知りたい方・お話を聞きたい方は"),
            "lines": _asking(listing),
            "page": _("または、左のQRコードか、次のページから"),
        },
    }


def _facts(listing: "Listing") -> list[tuple[str, str]]:
    menu = getattr(listing, "menu_item", None)
    areas = listed(area.name for area in listing.areas.all())
    return [
        (
            _("必要なもの") if listing.is_need else _("渡せるもの"),
            _some([line_words(line) for line in listing.lines.all()]),
        ),
        (_("できること"), _cut(to_text(menu.can_do), SUMMARY) if menu else ""),
        (
            _("いつ"),
            _some([window_words(row) for row in listing.availabilities.all()])
            or _("いつでも・相談して決めます"),
        ),
        (_("どこで"), f"{areas or _('どこでも')} {listing.town}".strip()),
        (
            _("条件"),
            listed(str(Condition(value).label) for value in listing.conditions if value in Condition.values),
        ),
        (_("いつまで"), era_day(listing.expires_on) if listing.expires_on else ""),
        (_("だれが"), listing.actor.name),
    ]


def _some(lines: list[str]) -> str:
    shown = [_cut(line, LONGEST_LINE) for line in lines[:MOST]]
    if len(lines) > MOST:
        shown.append(_("ほか%(count)d件") % {"count": len(lines) - MOST})
    return "\n".join(shown)


def _cut(text: str, most: int) -> str:
    return Truncator(text).chars(most, truncate="……")


def _asking(listing: "Listing") -> list[str]:
    """Whom to ask: the actor where it has made a telephone or a mail public, and the town's own desk."""
    items = visible_items_for(AnonymousUser(), listing.actor)
    ways = [items[item] for item in (ProfileItem.PHONE, ProfileItem.EMAIL) if item in items]
    menu = getattr(listing, "menu_item", None)
    who = " ".join(part for part in (listing.actor.name, menu.answered_by if menu else "") if part)
    asked = ["\n".join([who, *ways])] if ways else []
    if listing.municipality.contact:
        asked.append(listing.municipality.contact)
    return asked or [who]
