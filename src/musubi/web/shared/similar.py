"""What is like the thing that somebody is writing: so that a wish is joined and not posted again."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from musubi.base.index.queries import Ref, more_like, wording_scores
from musubi.base.places.models import Municipality
from musubi.flow.actors.queries import facets_of_reach, standing_of
from musubi.flow.issues.enums import IssueState
from musubi.flow.listings.enums import ListingState
from musubi.web.design.numbers import whole_number

from .indexed import rows_of_refs

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

MOST = 5
LONGEST = 600  # letters of what is typed that are looked at
LEAST = 0.25  # of the text's own score: below this it is the language that is shared, not the matter
# How wishes end says nothing about what is wished for: 「〜をさがしています」「〜してほしい」.
_ENDINGS = re.compile(
    "(?:さがし|し|っ|り|き|え)?(?:て(?:い(?:ます|る)|くださ(?:い|る)|下さい|ほしい|欲しい|もらえ(?:ます|る)か?)"
    "|たい(?:です)?|ました|ません|ます(?:か)?|です(?:か)?)|お願いし|よろしく|ありがとうござい"
)
KINDS: Mapping[str, str] = {"need": "s:need", "issue": "k:issue", "story": "k:story"}
STATES = (ListingState.PUBLISHED, ListingState.RESERVED, IssueState.OPEN, IssueState.TAKEN_UP)
TEXT_FIELDS = ("title", "subtitle", "summary", "body")


@dataclass(frozen=True)
class Similar:
    """One need, issue or story that is there already, where it stands, and how one joins in."""

    kind: str
    label: str
    row: Any
    url: str
    join_label: str
    join_url: str


def similar_for(
    user: "Person",
    text: str,
    kinds: Iterable[str] = tuple(KINDS),
    *,
    town: Municipality,
    besides: Ref | None = None,
) -> list[Similar]:
    """The five most like a text among the needs, issues and stories of a town that this person may read.

    Most alike first; `besides` is what the person is writing. As many queries for any number. Nothing of
    the text is kept.
    """
    text = _ENDINGS.sub(" ", text[:LONGEST]).strip()
    if not text:
        return []
    facets = [
        [f"v:{level}" for level in facets_of_reach(user, town.pk)],
        [f"st:{state}" for state in STATES],
        [KINDS[kind] for kind in kinds],
    ]
    hits = more_like(text, [town.pk], facets=facets, limit=2 * MOST)
    shares = wording_scores(text, town.pk, hits.refs)
    near = [ref for ref in hits.refs if shares[ref] >= LEAST and ref != besides]
    rows = rows_of_refs(near, user)
    own = standing_of(user).edits
    return [_similar(ref, rows[ref], own) for ref in near if ref in rows][:MOST]


def typed_text(data: Mapping[str, Any]) -> str:
    """The words of a form that say what it is about."""
    return "\n".join(str(data[name]) for name in TEXT_FIELDS if data.get(name))


def besides_of(text: str) -> Ref | None:
    """`listing-12` or `story-3` of an address: what the person is writing; anything else is nothing."""
    kind, _dash, number = text.partition("-")
    return Ref(kind, whole_number(number)) if kind in {"listing", "issue", "story"} else None


def _similar(ref: Ref, row: Any, own: Collection[int]) -> Similar:
    if ref.kind == "issue":
        join = (_("私も困っています"), reverse("workspace:issue_support", args=[row.pk]))
        return Similar("issue", _("困りごと"), row, reverse("public:issue", args=[row.pk]), *join)
    if ref.kind == "story":
        join = (_("うちの地域でもやりたい"), reverse("workspace:story_repeat", args=[row.pk]))
        return Similar("story", _("事例"), row, reverse("public:story", args=[row.pk]), *join)
    if row.actor_id in own:
        return Similar(
            "need", _("わたしたちのニーズ"), row, reverse("workspace:listing", args=[row.pk]), "", ""
        )
    join = (_("いっしょにできるか、話を聞きたい"), reverse("workspace:ask", args=[row.pk]))
    return Similar("need", _("ニーズ"), row, reverse("public:listing", args=[row.pk]), *join)
