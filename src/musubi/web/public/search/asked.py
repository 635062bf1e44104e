"""A search as its address puts it, with what makes no sense left out; and the addresses of its neighbours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import municipalities, wards_of
from musubi.web.design.reading import plain_text

from .facets import Choice, choices_of

LONGEST = 200
LISTING_KINDS = ("", "need", "offer")
MAP = "map"
LONGEST_PLACE = 60
OF_LISTINGS = ("resource", "month", "day")
_WITHIN = str.maketrans("「」", "『』")


@dataclass(frozen=True)
class Asked:
    """`chosen`: name of a facet group -> the value by which the reader narrows."""

    words: str
    was_cut: bool
    chosen: Mapping[str, Choice]
    groups: Mapping[str, tuple[Choice, ...]]
    with_over: bool
    everywhere: bool
    wards: list[Area]
    has_other_towns: bool
    as_map: bool
    near: str
    params: QueryDict

    @property
    def kind(self) -> str:
        return self.chosen["kind"].value if "kind" in self.chosen else ""

    @property
    def quotable(self) -> str:
        """The words as they stand between 「」: a quotation within one has 『』."""
        return self.words.translate(_WITHIN)

    @property
    def area(self) -> Choice | None:
        return self.chosen.get("area")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along when other words are typed."""
        chosen = [(name, choice.value) for name, choice in self.chosen.items()]
        return [*chosen, ("view", MAP)] if self.as_map else chosen

    def url_of_kind(self, kind: str) -> str:
        """The same search among one kind of thing only."""
        return self.url(kind=kind)

    @property
    def url_of_map(self) -> str:
        """The same by place."""
        return self.url(view=MAP)

    @property
    def url_of_list(self) -> str:
        """The same as a list, best first."""
        return self.url(view="", near="")

    @property
    def url_without_area(self) -> str:
        """The same search in the whole city."""
        return self.url(area="")

    @property
    def url_without_choices(self) -> str:
        """The same words, nothing narrowed."""
        return self.url(**dict.fromkeys(self.groups, ""))

    def url_with_words(self, words: str) -> str:
        """Other words, narrowed alike."""
        return self.url(q=words)

    def url(self, **changes: str) -> str:
        """The same search with some values changed; "" takes one away."""
        values = {**self._values, **changes}
        if values["kind"] not in LISTING_KINDS:
            values |= dict.fromkeys(OF_LISTINGS, "")
        params = urlencode({name: value for name, value in values.items() if value})
        return f"{self._address}?{params}" if params else self._address

    @cached_property
    def _address(self) -> str:
        return reverse("public:search")

    @cached_property
    def _values(self) -> dict[str, str]:
        """What this search's own address says; a page has dozens of neighbours' addresses."""
        values = {"q": self.words, **dict.fromkeys(self.groups, ""), **dict(self.hidden)}
        values |= {"over": "1" if self.with_over else "", "everywhere": "1" if self.everywhere else ""}
        return {**values, "near": self.near if self.as_map else ""}


def typed_words(params: QueryDict) -> str:
    """The words of an address, on one line and not yet cut."""
    return " ".join(plain_text(params.get("q", ""), multiline=False).split())


def asked_of(params: QueryDict, town: Municipality, concepts: Iterable[str] = ()) -> Asked:
    """The search that an address asks for; unknown values count as not given."""
    typed = typed_words(params)
    wards = list(wards_of(town))
    groups = choices_of(wards, concepts)
    chosen = {
        name: found
        for name, choices in groups.items()
        if (given := params.get(name))
        and (found := next((one for one in choices if one.value == given), None))
    }
    if "kind" in chosen and chosen["kind"].value not in LISTING_KINDS:
        for name in OF_LISTINGS:
            chosen.pop(name, None)
    others = municipalities().exclude(pk=town.pk).exists()
    return Asked(
        words=typed[:LONGEST].strip(),
        was_cut=len(typed) > LONGEST,
        chosen=chosen,
        groups=groups,
        with_over=bool(params.get("over")),
        everywhere=bool(params.get("everywhere")) and others,
        wards=wards,
        has_other_towns=others,
        as_map=params.get("view") == MAP,
        near=" ".join(plain_text(params.get("near", ""), multiline=False).split())[:LONGEST_PLACE],
        params=params,
    )
