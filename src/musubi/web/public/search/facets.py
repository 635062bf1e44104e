"""The ways of narrowing a search: what can be chosen, and how many each choice would leave."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from musubi.base.common.enums import Field
from musubi.base.index.queries import FacetCounts, FacetGroup
from musubi.base.knowledge.words import topic
from musubi.base.places.models import Area
from musubi.flow.listings.enums import Resource
from musubi.flow.listings.services import facets_of_month

if TYPE_CHECKING:
    from .asked import Asked

MONTHS = 12
MOST_CONCEPTS = 12  # a town's listings touch a hundred: the most frequent are told
KINDS = {"need": "s:need", "offer": "s:offer", "actor": "k:actor", "issue": "k:issue", "story": "k:story"}


@dataclass(frozen=True)
class Choice:
    """One value of a group: as it stands in the address, as it is called, and the facets that meet it."""

    value: str
    label: str
    facets: frozenset[str]

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Shown:
    """A choice on the page: chosen or not, how many it leaves (in words: `said`), and where it leads."""

    label: str
    count: int
    said: str
    url: str
    here: bool


@dataclass(frozen=True)
class Group:
    """A group on the page; `url` takes its choice away."""

    name: str
    title: str
    values: list[Shown]
    chosen: str
    url: str


def choices_of(wards: Iterable[Area], concepts: Iterable[str] = ()) -> Mapping[str, tuple[Choice, ...]]:
    """Everything that can be chosen in a town; `concepts` are names that listings carry as `c:<name>`."""
    first = timezone.localdate().replace(day=1)
    return _choices(tuple((ward.pk, ward.name) for ward in wards), tuple(concepts), first, get_language())


@lru_cache(maxsize=64)
def _choices(
    wards: tuple[tuple[int, str], ...], concepts: tuple[str, ...], first: dt.date, _language: str | None
) -> Mapping[str, tuple[Choice, ...]]:
    """Two hundred choices, the same for every search in a town, a language and a month."""
    months = [_later(first, number) for number in range(MONTHS)]
    choices = {
        "kind": tuple(
            Choice(kind, str(label), frozenset([KINDS[kind]])) for kind, label in kind_labels()[1:]
        ),
        "area": tuple(Choice(str(pk), name, frozenset([f"a:{pk}"])) for pk, name in wards),
        "resource": tuple(
            Choice(value, str(label), frozenset([f"r:{value}"])) for value, label in Resource.choices
        ),
        "field": tuple(
            Choice(str(number), str(label), frozenset([f"f:{number}"])) for number, label in Field.choices
        ),
        "month": tuple(
            Choice(
                f"{month:%Y-%m}",
                date_format(month, "YEAR_MONTH_FORMAT"),
                facets_of_month(month),
            )
            for month in months
        ),
        "day": tuple(
            Choice(str(number), label, frozenset([f"w:{number}"])) for number, label in enumerate(_weekdays())
        ),
        "concept": tuple(Choice(name, topic(name), frozenset([f"c:{name}"])) for name in concepts),
    }
    return MappingProxyType(choices)


def kind_labels() -> list[tuple[str, str]]:
    """The tabs, the first of which is everything."""
    return [
        ("", _("すべて")),
        ("need", _("ニーズ")),
        ("offer", _("提供")),
        ("actor", _("人・団体")),
        ("issue", _("困りごと")),
        ("story", _("事例")),
    ]


def counted_groups(asked: "Asked") -> dict[str, FacetGroup]:
    """The groups as the index counts them."""
    return {
        name: FacetGroup(
            values={choice.value: choice.facets for choice in choices},
            chosen=frozenset({asked.chosen[name].value} if name in asked.chosen else ()),
        )
        for name, choices in asked.groups.items()
    }


def groups_shown(asked: "Asked", told: FacetCounts) -> list[Group]:
    """The groups beside the results, without the kinds (which are tabs) and without what would leave nothing."""
    titles = {
        "area": _("区"),
        "resource": _("なにを"),
        "field": _("分野"),
        "month": _("いつ（月）"),
        "day": _("いつ（曜日）"),
        "concept": _("内容"),
    }
    groups = []
    for name, title in titles.items():
        values = values_shown(asked, told, name)
        if values:
            chosen = asked.chosen.get(name)
            groups.append(Group(name, title, values, chosen.label if chosen else "", asked.url(**{name: ""})))
    return groups


def values_shown(asked: "Asked", told: FacetCounts, name: str) -> list[Shown]:
    """The values of a group that would leave something, and the chosen one."""
    counts: Mapping[str, int] = told.counts.get(name, {})
    chosen = asked.chosen.get(name)
    left = [choice for choice in asked.groups[name] if counts.get(choice.value) or choice == chosen]
    if name == "concept":  # of a hundred a dozen is shown: only these need an address
        left.sort(key=lambda choice: (choice != chosen, -counts[choice.value], choice.label))
        del left[MOST_CONCEPTS:]
    how_many = _("%(n)s件")
    return [
        Shown(
            choice.label,
            counts[choice.value],
            how_many % {"n": counts[choice.value]},
            asked.url(**{name: "" if choice == chosen else choice.value}),
            choice == chosen,
        )
        for choice in left
    ]


def _weekdays() -> list[str]:
    return [
        _("月曜"), _("火曜"), _("水曜"), _("木曜"), _("金曜"), _("土曜"), _("日曜"),
    ]  # fmt: skip


def _later(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)
