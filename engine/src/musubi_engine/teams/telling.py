"""A team in words: what each brings, what they reach together, what is missing, when all can come."""

from collections.abc import Mapping
from dataclasses import dataclass

from musubi_engine.feasibility.time import PRESENT
from musubi_engine.feasibility.times import windows_words
from musubi_engine.labels import RESOURCES, amount_words
from musubi_engine.teams.covering import Cover, adds_up
from musubi_engine.teams.times import Moment, common, window_at
from musubi_engine.teams.values import Member, Missing, Share, TeamProposal
from musubi_engine.types import Line, Listing, Window
from musubi_engine.version import ENGINE_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An actor of a team with what its offers cover: (ref, covers)."""

    actor: str
    brought: tuple[tuple[str, tuple[Cover, ...]], ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The moment a team was found for, and whether it is proved to be the best."""

    moment: Moment
    proved: bool


def told(
    need: Listing, chosen: tuple[Chosen, ...], meeting: Meeting, offers: Mapping[str, Listing]
) -> TeamProposal:
    """The team with its sentences; who gives most stands first, then the lower ref."""
    members = [_member(need, each, offers) for each in chosen]
    members.sort(
        key=lambda member: (-len({share.line for share in member.shares}), -member.score, member.actor)
    )
    missing = tuple(_missing(need, members))
    shared = _shared(need, members, meeting.moment, offers)
    return TeamProposal(
        need=need.ref,
        members=tuple(members),
        score=round(sum(member.score for member in members), 9),
        missing=missing,
        shared=shared,
        sentences=tuple(_whole(need, members, missing, shared)),
        exact=meeting.proved,
        engine_version=ENGINE_VERSION,
    )


def line_name(line: Line) -> str:
    """A line as it is named in sentences: its words, else the resource."""
    return f"「{line.what or RESOURCES.get(line.resource, line.resource)}」"


def _member(need: Listing, chosen: Chosen, offers: Mapping[str, Listing]) -> Member:
    shares = tuple(
        Share(line=each.line, offer=ref, amount=each.amount, sure=each.sure)
        for ref, covered in chosen.brought
        for each in covered
    )
    name = offers[chosen.brought[0][0]].actor_name
    return Member(
        actor=chosen.actor,
        offers=tuple(ref for ref, _ in chosen.brought),
        shares=shares,
        score=chosen.score,
        sentence=_brings(need, name, shares),
    )


def _brings(need: Listing, name: str, shares: tuple[Share, ...]) -> str:
    by_line: dict[int, list[Share]] = {}
    for share in shares:
        by_line.setdefault(share.line, []).append(share)
    parts = [_part(need.lines[place], found) for place, found in sorted(by_line.items())]
    asked = [line_name(need.lines[place]) for place, found in sorted(by_line.items()) if _is_unsure(found)]
    who = f"{name}が、" if name else ""
    sentence = f"{who}{'と'.join(parts)}に応えます。"
    if asked:
        sentence += f"{''.join(asked)}の数は、相手に確かめてください。"
    return sentence


def _part(line: Line, found: list[Share]) -> str:
    if not line.amount or not line.unit or _is_unsure(found):
        return line_name(line)
    given = _sum(line, found)
    return (
        f"{line_name(line)}（{amount_words(line.amount, line.unit)}のところ{amount_words(given, line.unit)}）"
    )


def _is_unsure(found: list[Share]) -> bool:
    return any(not share.sure for share in found)


def _sum(line: Line, found: list[Share]) -> int:
    """What the shares come to in the line's unit; where one is not stated, as much as is asked for."""
    amounts = [(line.amount or 0) if share.amount is None else share.amount for share in found]
    return sum(amounts) if adds_up(line) else max(amounts)


def _missing(need: Listing, members: list[Member]) -> list[Missing]:
    missing = []
    for place, line in enumerate(need.lines):
        found = [share for member in members for share in member.shares if share.line == place]
        name = line_name(line)
        if not found:
            sentence = f"{name}に応える提供は、まだ見つかっていません。"
            missing.append(Missing(line=place, lacking=None, sentence=sentence))
        elif line.amount and line.unit and (given := _sum(line, found)) < line.amount:
            lacking = line.amount - given
            sentence = f"{name}は、{amount_words(line.amount, line.unit)}のうち{amount_words(lacking, line.unit)}が足りません。"
            missing.append(Missing(line=place, lacking=lacking, sentence=sentence))
    return missing


def _shared(
    need: Listing, members: list[Member], moment: Moment, offers: Mapping[str, Listing]
) -> Window | None:
    """The time that all share who must be there, with the need's; None where nobody states one."""
    bound = {
        share.offer
        for member in members
        for share in member.shares
        if need.lines[share.line].resource in PRESENT and offers[share.offer].windows
    }
    if not bound:
        return None
    windows = [window_at(offers[ref].windows, moment) for ref in sorted(bound)]
    windows.append(window_at(need.windows, moment))
    return common([window for window in windows if window is not None])


def _whole(
    need: Listing, members: list[Member], missing: tuple[Missing, ...], shared: Window | None
) -> list[str]:
    number, lines = len(members), len(need.lines)
    if not missing:
        sentences = [f"{number}者で、求めている{lines}つがそろいます。"]
    else:
        met = lines - len(missing)
        sentences = [
            f"{number}者で、求めている{lines}つのうち{met}つがそろいます。"
            if met
            else f"{number}者で、一部がそろいます。",
            *(each.sentence for each in missing),
        ]
    if shared is not None:
        together = "全員が" if number > 1 else ""
        sentences.append(f"{together}集まれる日時は、{windows_words((shared,))}です。")
    return sentences
