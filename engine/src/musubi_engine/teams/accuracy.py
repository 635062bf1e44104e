"""How often the first team is the one that a coordinator would have put together.

Input beside the listings: JSON Lines with `need`, `requirements` (objects with `resource`, `what` and
`quantity`, unit → amount), `ideal_team` and `alternatives` (lists of refs of offers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from musubi_engine import bruteforce
from musubi_engine.evaluate import read_flags, read_qrels
from musubi_engine.jsonl import InputError, read_listings, read_rows
from musubi_engine.teams.finding import teams
from musubi_engine.teams.values import TeamProposal
from musubi_engine.types import Line, Listing
from musubi_engine.wording import WordingPool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAccuracy:
    """Shares (0..1) of the needs, by what comes first.

    `ideal`: the ideal team itself; `listed`: it, or an alternative of as few; `as_good`: one of as few
    actors that covers every requirement, breaks no hard rule by the check written apart from the
    engine and, where judgements are given, has no member judged 0; `complete`: all is covered.
    `in_five`: the ideal team or a listed one is among the first five.
    """

    needs: int
    ideal: float
    listed: float
    as_good: float
    complete: float
    in_five: float

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def team_accuracy(
    listings: Path, judged_teams: Path, qrels: Path | None = None, flags: Path | None = None
) -> TeamAccuracy:
    """Team accuracy over a judged collection; the qrels and flags are those of `evaluate`.

    Raises InputError for a file that cannot be read as described.
    """
    pool = read_listings(listings)
    raw = {row["id"]: row for _, row in read_rows(listings)}
    by_ref = {listing.ref: listing for listing in pool}
    offers = [listing for listing in pool if listing.side == "offer"]
    wording = WordingPool(offers)
    grades = read_qrels(qrels) if qrels else None
    known = read_flags(flags) if flags else {}
    verdicts = []
    for number, row in read_rows(judged_teams):
        try:
            need = replace(by_ref[row["need"]], lines=_lines(row["requirements"]))
            ideal = frozenset(row["ideal_team"])
            listed = [ideal, *(frozenset(each) for each in row["alternatives"])]
        except (KeyError, TypeError, AttributeError) as error:
            message = f"{judged_teams.name} の{number}行目を読めません（{error}）。"
            raise InputError(message) from error
        found = teams(need, offers, wording=wording.similarities(need))
        judged = None if grades is None else grades.get(need.ref, {})
        verdicts.append(_verdict(found, listed, by_ref, raw, need.ref, judged, known.get(need.ref, "")))
    return _shares(verdicts)


def _lines(requirements: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    lines = []
    for row in requirements:
        amounts = list((row.get("quantity") or {}).items())
        unit, amount = amounts[0] if amounts else (None, None)
        lines.append(Line(resource=row["resource"], what=row.get("what") or "", amount=amount, unit=unit))
    return tuple(lines)


def _verdict(
    found: Sequence[TeamProposal],
    listed: list[frozenset[str]],
    by_ref: Mapping[str, Listing],
    raw: Mapping[str, Mapping[str, Any]],
    need: str,
    judged: Mapping[str, int] | None,
    flags: str,
) -> dict[str, bool]:
    """What is true of the first teams of one need."""
    if not found:
        return dict.fromkeys(("ideal", "listed", "as_good", "complete", "in_five"), False)
    first = found[0]
    smallest = len({by_ref[ref].actor for ref in listed[0] if ref in by_ref})
    is_small = len(first.members) <= smallest
    is_listed = first.offers in listed and is_small
    is_feasible = not any(bruteforce.infeasible(raw[need], raw[ref], flags) for ref in first.offers)
    is_judged = judged is None or all(judged.get(ref, 0) > 0 for ref in first.offers)
    return {
        "ideal": first.offers == listed[0],
        "listed": is_listed,
        "as_good": is_listed or (first.complete and is_small and is_feasible and is_judged),
        "complete": first.complete,
        "in_five": any(team.offers in listed for team in found),
    }


def _shares(verdicts: list[dict[str, bool]]) -> TeamAccuracy:
    number = len(verdicts)
    names = ("ideal", "listed", "as_good", "complete", "in_five")
    shares = {name: sum(verdict[name] for verdict in verdicts) / number if number else 0.0 for name in names}
    return TeamAccuracy(needs=number, **shares)
