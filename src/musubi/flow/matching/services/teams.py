"""Keeping the teams that the engine puts together, in the transaction that keeps the proposals."""

import datetime as dt
from typing import Any

from musubi.base.audit import services as audit
from musubi.flow.listings.models import Listing

from ..adapter import as_json, reasons_as_stored
from ..models import TeamMember, TeamProposal
from ..queries import FoundTeam


def keep_teams(*, need: Listing, found: list[FoundTeam], now: dt.datetime) -> list[TeamProposal]:
    """Keep these as the need's teams, best first; earlier ones stay as superseded.

    To be called with the need locked. The same teams again change nothing.
    """
    current = list(TeamProposal.objects.filter(need=need, superseded_at=None).prefetch_related("members"))
    wanted = [_unsaved(need, each, position, now) for position, each in enumerate(found, start=1)]
    if [_said_by(row, list(row.members.all())) for row in current] == [
        _said_by(row, members) for row, members in wanted
    ]:
        return current
    TeamProposal.objects.filter(pk__in=[row.pk for row in current]).update(superseded_at=now)
    # One by one: a bulk insert gives the members no team to point to on every database.
    for row, members in wanted:
        row.save()
        for member in members:
            member.team = row
    TeamMember.objects.bulk_create([member for _, members in wanted for member in members])
    audit.record(by=None, verb="teams.refresh", subject=need, at=now, before=len(current), after=len(wanted))
    return [row for row, _ in wanted]


def _unsaved(
    need: Listing, found: FoundTeam, position: int, now: dt.datetime
) -> tuple[TeamProposal, list[TeamMember]]:
    team = found.team
    row = TeamProposal(
        need=need,
        position=position,
        score=team.score,
        sentences=[as_json(sentence) for sentence in team.sentences],
        missing=[
            {"line": each.line, "lacking": each.lacking, **as_json(each.sentence)} for each in team.missing
        ],
        is_exact=team.exact,
        engine_version=team.engine_version,
        proposed_at=now,
    )
    members = [
        TeamMember(
            offer=found.offers[ref],
            covers=[
                {
                    "line": share.line,
                    "what": found.lines[share.line][0],
                    "unit": found.lines[share.line][1],
                    "amount": share.amount,
                    "sure": share.sure,
                }
                for share in member.shares
                if share.offer == ref
            ],
            **(as_json(member.sentence) if ref == member.offers[0] else {}),
            reasons=reasons_as_stored(found.suggestions[ref].reasons),
        )
        for member in team.members
        for ref in member.offers
    ]
    for number, each in enumerate(members, start=1):
        each.position = number
    return row, members


def _said_by(team: TeamProposal, members: list[TeamMember]) -> tuple[Any, ...]:
    """All that a team says, to be compared with another."""
    return (
        team.position,
        team.score,
        team.sentences,
        team.missing,
        team.is_exact,
        team.engine_version,
        [(row.offer_id, row.covers, row.sentence, row.parts, row.reasons) for row in members],
    )
