"""The plain values that go into and come out of the engine; it knows no others."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPath:
    """One area with everything above it, from the prefecture down; a town may stand last by name.

    `codes` are 6-digit 全国地方公共団体コード; `names` may be longer than `codes`
    (a town has no such code) or empty (a file without an area tree).
    """

    codes: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When something is possible: dates, weekdays (0 = Monday, empty = every day), hours.

    None means open on that side; `closes` before `opens` runs past midnight. `least` is how many minutes on end a
    need asks for within it, None: as many as the rule on time asks of every pair; an offer's counts for nothing.
    """

    start: date | None = None
    end: date | None = None
    weekdays: frozenset[int] = frozenset()
    opens: time | None = None
    closes: time | None = None
    least: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One requirement of a need or one provision of an offer: a resource, in words, how much."""

    resource: str
    what: str = ""
    amount: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Who vouches for the actor, how, and until when (None: without an end)."""

    kind: str
    issuer: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A need or an offer, with what the engine may know of the actor behind it.

    `declined` holds the refs of listings already refused together with this one,
    `past_partners` the refs of actors this actor has worked with. `concepts` are the names of
    those found when it was saved, as its author corrected them, `concepts_in_title` what its title
    names; None: the engine finds them in the words. `responsiveness_days` is the median number of days in which the actor answers,
    a polite refusal included; None: nobody knows yet. `resources` are the kinds its lines name.
    """

    ref: str
    side: str
    title: str
    body: str
    actor: str
    actor_name: str = ""
    actor_kind: str
    lines: tuple[Line, ...]
    fields: frozenset[int] = frozenset()
    areas: tuple[AreaPath, ...] = ()
    town: str = ""
    point: tuple[float, float] | None = None
    windows: tuple[Window, ...] = ()
    conditions: frozenset[str] = frozenset()
    wanted_kinds: frozenset[str] = frozenset()
    credentials: tuple[Credential, ...] = ()
    past_partners: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    can_do: str = ""
    cannot_do: str = ""
    registered: bool = False
    concepts: frozenset[str] | None = None
    concepts_in_title: frozenset[str] | None = None
    responsiveness_days: float | None = None
    state: str = "published"
    resources: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for in every pair, and worked out once.
        object.__setattr__(self, "resources", frozenset([line.resource for line in self.lines]))

    def amount(self, unit: str) -> int | None:
        """The largest amount given in `unit`, None when no line states one."""
        amounts = [line.amount for line in self.lines if line.unit == unit and line.amount is not None]
        return max(amounts, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One signal's finding: it adds `value` (0..1) times `weight` (negative: a caution) to the score."""

    signal: str
    sentence: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What this reason adds to the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That an offer answers a need: the score (0..1), why, and by which engine."""

    need: str
    offer: str
    score: float
    reasons: tuple[Reason, ...] = field(default=())
    engine_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """Why a pair is ruled out, and what would have to change, each a Japanese sentence."""

    rule: str
    sentence: str
    change: str
