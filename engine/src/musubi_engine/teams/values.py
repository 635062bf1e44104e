"""What the search for a team answers with."""

from dataclasses import dataclass

from musubi_engine.types import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a member brings for one line of the need, by the line's place (0 is the first).

    `amount` is in the line's unit, None where the line counts nothing or the offer does not say
    how much; `sure` is False where the amount has to be asked for.
    """

    line: int
    offer: str
    amount: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One actor of a team: the offers it comes with, and for which lines."""

    actor: str
    offers: tuple[str, ...]
    shares: tuple[Share, ...]
    score: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A line of the need that the team does not meet; `lacking` in its unit, None when all of it is."""

    line: int
    lacking: int | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProposal:
    """Offers that together cover the lines of a need.

    `score` is the sum of the members' scores (each 0..1), `shared` a time at which all who must be
    there can be there (None where nobody is bound to one), `exact` whether the search proved that
    no smaller team and no better one of this size comes before it.
    """

    need: str
    members: tuple[Member, ...]
    score: float
    missing: tuple[Missing, ...]
    shared: Window | None
    sentences: tuple[str, ...]
    exact: bool
    engine_version: str

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def offers(self) -> frozenset[str]:
        """The refs of every offer in it."""
        return frozenset(ref for member in self.members for ref in member.offers)
