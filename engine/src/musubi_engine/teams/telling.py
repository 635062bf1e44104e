"""A team in words: what each brings, what they reach together, what is missing, when all can come."""

from collections.abc import Mapping
from dataclasses import dataclass

from musubi_engine.feasibility.time import PRESENT, least_of
from musubi_engine.feasibility.times import windows_words
from musubi_engine.labels import RESOURCES
from musubi_engine.teams.covering import Cover, adds_up
from musubi_engine.teams.times import Moment, common, window_at
from musubi_engine.teams.values import Member, Missing, Share, TeamProposal
from musubi_engine.telling import Sentence, Value, amount, quoted, run_on, say, term, together
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


def line_name(line: Line) -> Value:
    """A line as it is named in sentences: its words, else the resource."""
    return line.what or term(RESOURCES, line.resource)


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


def _brings(need: Listing, name: str, shares: tuple[Share, ...]) -> Sentence:
    by_line: dict[int, list[Share]] = {}
    for share in shares:
        by_line.setdefault(share.line, []).append(share)
    lines = together(_part(need.lines[place], found) for place, found in sorted(by_line.items()))
    asked = [line_name(need.lines[place]) for place, found in sorted(by_line.items()) if _is_unsure(found)]
    sentence = (
        say("%(name)sが、%(lines)sに応えます。", name=name, lines=lines)
        if name
        else say("%(lines)sに応えます。", lines=lines)
    )
    if not asked:
        return sentence
    return run_on([sentence, say("%(lines)sの数は、相手に確かめてください。", lines=quoted(asked))])


def _part(line: Line, found: list[Share]) -> Value:
    if not line.amount or not line.unit or _is_unsure(found):
        return quoted([line_name(line)])
    return say(
        "「%(line)s」（%(wanted)sのところ%(given)s）",
        line=line_name(line),
        wanted=amount(line.amount, line.unit),
        given=amount(_sum(line, found), line.unit),
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
            sentence = say("「%(line)s」に応える提供は、まだ見つかっていません。", line=name)
            missing.append(Missing(line=place, lacking=None, sentence=sentence))
        elif line.amount and line.unit and (given := _sum(line, found)) < line.amount:
            lacking = line.amount - given
            sentence = say(
                "「%(line)s」は、%(wanted)sのうち%(lacking)sが足りません。",
                line=name,
                wanted=amount(line.amount, line.unit),
                lacking=amount(lacking, line.unit),
            )
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
    asked = tuple(window for window in need.windows if least_of(window) == moment.least)
    windows.append(window_at(asked, moment))
    return common([window for window in windows if window is not None])


def _whole(
    need: Listing, members: list[Member], missing: tuple[Missing, ...], shared: Window | None
) -> list[str]:
    number, lines = len(members), len(need.lines)
    if not missing:
        sentences: list[str] = [
            say("%(number)s者で、求めている%(lines)sつがそろいます。", number=number, lines=lines)
        ]
    else:
        met = lines - len(missing)
        sentences = [
            say(
                "%(number)s者で、求めている%(lines)sつのうち%(met)sつがそろいます。",
                number=number,
                lines=lines,
                met=met,
            )
            if met
            else say("%(number)s者で、一部がそろいます。", number=number),
            *(each.sentence for each in missing),
        ]
    if shared is not None:
        when = windows_words((shared,))
        sentences.append(
            say("全員が集まれる日時は、%(when)sです。", when=when)
            if number > 1
            else say("集まれる日時は、%(when)sです。", when=when)
        )
    return sentences
