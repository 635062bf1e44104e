"""What was asked for, and the rows that answer it: words from the index, rows through their queries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from musubi.base.index import queries as index
from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import municipalities, wards_of
from musubi.flow.actors.queries import actors_for, facets_of_reach
from musubi.flow.issues.enums import IssueState
from musubi.flow.issues.queries import issues_for, with_support_counts
from musubi.flow.listings.enums import ListingState, Resource
from musubi.flow.listings.queries import listings_for, of_open_actors
from musubi.flow.stories.queries import published_stories
from musubi.web.design.paging import Page, page_number
from musubi.web.design.reading import plain_text

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

LONGEST, LONGEST_CONCEPT = 200, 40
PER_PAGE = 20
SNIPPET, BEFORE_MARK = 90, 20

KINDS = {"need": "s:need", "offer": "s:offer", "actor": "k:actor", "issue": "k:issue", "story": "k:story"}
LISTING_KINDS = ("", "need", "offer")
GOING_ON = (ListingState.PUBLISHED, ListingState.RESERVED, IssueState.OPEN, IssueState.TAKEN_UP)
OVER = (ListingState.FULFILLED, IssueState.RESOLVED)


@dataclass(frozen=True)
class Asked:
    """A search as the reader put it, with what makes no sense left out."""

    words: str
    was_cut: bool
    kind: str
    area: Area | None
    resource: str
    concept: str
    with_over: bool
    everywhere: bool
    wards: list[Area]
    has_other_towns: bool
    params: QueryDict

    @property
    def url_without_concept(self) -> str:
        """The same search whatever the listings speak of."""
        return self._url(self.kind, self.area, with_concept=False)

    def url_of_kind(self, kind: str) -> str:
        """The same search among one kind of thing only."""
        return self._url(kind, self.area)

    @property
    def url_without_area(self) -> str:
        """The same search in the whole city."""
        return self._url(self.kind, None)

    def _url(self, kind: str, area: Area | None, *, with_concept: bool = True) -> str:
        params = QueryDict(mutable=True)
        values = {
            "q": self.words,
            "kind": kind,
            "area": str(area.pk) if area else "",
            "resource": self.resource if kind in LISTING_KINDS else "",
            "concept": self.concept if with_concept and kind in LISTING_KINDS else "",
            "over": "1" if self.with_over else "",
            "everywhere": "1" if self.everywhere else "",
        }
        params.update({name: value for name, value in values.items() if value})
        return f"{reverse('public:search')}?{params.urlencode()}" if params else reverse("public:search")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.area or self.resource or self.concept)


@dataclass(frozen=True)
class Found:
    """One row of the answer, its title and an excerpt with the words marked."""

    kind: str
    row: Any
    title: SafeString
    excerpt: SafeString


def asked_of(params: QueryDict, town: Municipality) -> Asked:
    """The search that an address asks for; unknown values count as not given."""
    typed = " ".join(plain_text(params.get("q", ""), multiline=False).split())
    kind = params.get("kind", "")
    kind = kind if kind in KINDS else ""
    wards = list(wards_of(town))
    resource = params.get("resource", "")
    others = municipalities().exclude(pk=town.pk).exists()
    return Asked(
        words=typed[:LONGEST].strip(),
        was_cut=len(typed) > LONGEST,
        kind=kind,
        area=next((ward for ward in wards if str(ward.pk) == params.get("area", "")), None),
        resource=resource if resource in Resource.values and kind in LISTING_KINDS else "",
        concept=_concept(params) if kind in LISTING_KINDS else "",
        with_over=bool(params.get("over")),
        everywhere=bool(params.get("everywhere")) and others,
        wards=wards,
        has_other_towns=others,
        params=params,
    )


def _concept(params: QueryDict) -> str:
    return plain_text(params.get("concept", ""), multiline=False).strip()[:LONGEST_CONCEPT]


def find(asked: Asked, *, user: "Person", town: Municipality) -> Page:
    """A page of what this reader may see, best first, or newest first where no words were given."""
    number = page_number(asked.params)
    hits = index.search(
        partitions=[each.pk for each in municipalities()] if asked.everywhere else [town.pk],
        text=asked.words,
        facets=_facets(asked, user, town),
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    rows = _load(hits.refs, user)
    items = [_found(ref.kind, rows[ref], asked.words) for ref in hits.refs if ref in rows]
    return Page(items, number, number * PER_PAGE < hits.total, hits.total, asked.params)


def newest_menu_items(user: "Person", town: Municipality, limit: int) -> list[Any]:
    """The latest of the 協働メニュー; through the index, for among all listings they are few."""
    levels = facets_of_reach(user, town.pk)
    hits = index.search(
        partitions=[town.pk],
        facets=[(f"v:{level}" for level in levels), [f"st:{ListingState.PUBLISHED}"], ["menu:1"]],
        limit=limit,
    )
    rows = _load(hits.refs, user)
    return [rows[ref] for ref in hits.refs if ref in rows]


def _facets(asked: Asked, user: "Person", town: Municipality) -> list[frozenset[str]]:
    """Groups of which a row must have one each. Of other towns only what is public is looked for."""
    levels = ["public"] if asked.everywhere else facets_of_reach(user, town.pk)
    states = (*GOING_ON, *OVER) if asked.with_over else GOING_ON
    groups = [
        frozenset(f"v:{level}" for level in levels),
        frozenset(["k:actor", *(f"st:{state}" for state in states)]),
    ]
    if asked.kind:
        groups.append(frozenset([KINDS[asked.kind]]))
    if asked.area:
        groups.append(frozenset([f"a:{asked.area.pk}"]))
    if asked.concept:
        groups.append(frozenset([f"c:{asked.concept}"]))
    if asked.resource:
        groups.append(frozenset([f"r:{asked.resource}"]))
    return groups


def _load(refs: tuple[index.Ref, ...], user: "Person") -> dict[index.Ref, Any]:
    """The rows this reader may see now: what vanished since it was indexed is not there."""
    doors = {
        "listing": of_open_actors(listings_for(user)).select_related("municipality").filter(hidden_at=None),
        "actor": actors_for(user).filter(hidden_at=None),
        "issue": with_support_counts(issues_for(user)).filter(hidden_at=None),
        "story": published_stories(),
    }
    rows: dict[index.Ref, Any] = {}
    for kind, door in doors.items():
        ids = [ref.object_id for ref in refs if ref.kind == kind]
        rows |= {index.Ref(kind, row.pk): row for row in door.filter(pk__in=ids).order_by()}
    return rows


def _found(kind: str, row: Any, words: str) -> Found:
    title = row.name if kind == "actor" else row.title
    texts = {"actor": lambda: row.summary or row.description, "story": lambda: row.summary}
    text = " ".join(texts.get(kind, lambda: row.body)().split())
    return Found(kind, row, marked(title, words), marked(_excerpt(text, words), words))


def _excerpt(text: str, words: str) -> str:
    """The part of a text where the words first stand, else its beginning."""
    first = next(iter(index.marks(text, words)), (0, 0))[0]
    start = max(0, first - BEFORE_MARK) if first > SNIPPET - BEFORE_MARK else 0
    part = text[start : start + SNIPPET]
    return f"{'…' if start else ''}{part}{'…' if start + SNIPPET < len(text) else ''}"


def marked(text: str, words: str) -> SafeString:
    """The text as HTML, the words in `<mark>`."""
    parts, end = [], 0
    for start, stop in index.marks(text, words):
        parts += [escape(text[end:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))
