"""Who works where: a season's volunteers and projects, and lotteries where places are short."""

from musubi_engine.assignment.assigning import assign
from musubi_engine.assignment.lottery import Applicant, Draw, draw, number_of
from musubi_engine.assignment.values import (
    Assignment,
    Change,
    Fits,
    Placement,
    Project,
    Rule,
    Team,
    Volunteer,
)

__all__ = [
    "Applicant",
    "Assignment",
    "Change",
    "Draw",
    "Fits",
    "Placement",
    "Project",
    "Rule",
    "Team",
    "Volunteer",
    "assign",
    "draw",
    "number_of",
]
