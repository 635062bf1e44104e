"""Teams: the fewest actors that together cover every line of a need, best first, exact."""

from musubi_engine.teams.covering import Cover, covers
from musubi_engine.teams.finding import MOST_MEMBERS, teams, teams_among
from musubi_engine.teams.values import Member, Missing, Share, TeamProposal

__all__ = [
    "MOST_MEMBERS",
    "Cover",
    "Member",
    "Missing",
    "Share",
    "TeamProposal",
    "covers",
    "teams",
    "teams_among",
]
