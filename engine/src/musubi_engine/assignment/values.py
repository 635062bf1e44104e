"""What goes into a season's assignment and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """How a season decides, published before it begins; the two are never mixed."""

    MOST_FIT = "most_fit"
    STABLE = "stable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """Somebody who gives `hours` in the season.

    `ranking` holds refs of projects, the most wanted first; empty leaves the choice to the fit. With
    `only_ranked` nothing else is acceptable, otherwise the rest follows by fit.
    """

    ref: str
    name: str = ""
    skills: frozenset[str] = frozenset()
    hours: int = 0
    ranking: tuple[str, ...] = ()
    only_ranked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Work for a team of `minimum` to `maximum` people, of whom each gives `hours`.

    Who joins has at least one of the needed `skills`, where any are; together they should have all.
    `ranking` holds refs of volunteers, as a volunteer's does of projects. Raises ValueError for a
    team size that no team can have.
    """

    ref: str
    name: str = ""
    skills: frozenset[str] = frozenset()
    hours: int = 0
    minimum: int = 1
    maximum: int = 1
    ranking: tuple[str, ...] = ()
    only_ranked: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.minimum <= self.maximum:
            message = (
                f"{self.ref}: a team has at least one person and a minimum that is no more than its maximum."
            )
            raise ValueError(message)


Fits = Mapping[tuple[str, str], float]
"""(volunteer, project) -> fit 0..1 by the platform; a pair that is not named has 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One volunteer's result: the project, None for nowhere, and why, as a sentence."""

    volunteer: str
    project: str | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """One project's result: its people by ref, the needed skills nobody brings, and a sentence."""

    project: str
    volunteers: tuple[str, ...]
    missing_skills: frozenset[str]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A minimum that cannot be met as it stands, and what it would have to be."""

    project: str
    minimum: int
    possible: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who works where, explained; `total_fit` sums the pairs' values (see `pairs.value_of`).

    `changes` is empty unless every project had to run and could not: then the placements are those
    after the smallest change.
    """

    rule: Rule
    placements: tuple[Placement, ...]
    teams: tuple[Team, ...]
    total_fit: float
    changes: tuple[Change, ...] = ()

    @property
    def placed(self) -> dict[str, str]:
        """Volunteer → project, of those who have one."""
        return {row.volunteer: row.project for row in self.placements if row.project is not None}
