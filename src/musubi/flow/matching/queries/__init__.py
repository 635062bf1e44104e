"""The only door to proposals and introductions, and what the engine says without its being kept."""

from .answers import AnsweredLine, answered_lines
from .circles import is_open_to_town
from .coordinators import coordinators_of
from .fair import exposure_of, fairly
from .introductions import (
    actor_of,
    awaited_replies_for,
    introductions_between,
    introductions_for,
    listing_of,
    not_yet_introduced,
    other_side,
    reply_of,
    sides_of,
    standing_between,
    unanswered,
)
from .links import Linked, reply_by_link
from .outreaches import (
    ENOUGH_FOR,
    Progress,
    interested_in,
    is_due,
    next_invitees,
    outreaches_for,
    progress_of,
    running_outreach_of,
    running_outreaches,
)
from .partners import PossiblePartner, partners_of
from .preview import NeedBefore, preview_of_rule
from .proposals import (
    fair_proposals_of_need,
    proposal_between,
    proposals_for,
    proposals_of_need,
    proposals_of_offer,
    proposals_while_arranged,
    unsaved,
)
from .rules import RuleInForce, SignalWeight, proposed_rule, rule_in_force, rules_for, usual_rule
from .suggestions import Match, listing_by_reference, match_all, match_offer, match_one, reference_of
from .team_suggestions import FoundTeam, match_teams
from .teams import TeamActor, actors_of_team, team_for, teams_for
from .told_lines import ToldLine, introducer_of, reasons_of, told_lines, told_lines_of
from .why_not import RuledOut, blockers_between, ruled_out_for

__all__ = [
    "ENOUGH_FOR",
    "AnsweredLine",
    "FoundTeam",
    "Linked",
    "Match",
    "NeedBefore",
    "PossiblePartner",
    "Progress",
    "RuleInForce",
    "RuledOut",
    "SignalWeight",
    "TeamActor",
    "ToldLine",
    "actor_of",
    "actors_of_team",
    "answered_lines",
    "awaited_replies_for",
    "blockers_between",
    "coordinators_of",
    "exposure_of",
    "fair_proposals_of_need",
    "fairly",
    "interested_in",
    "introducer_of",
    "introductions_between",
    "introductions_for",
    "is_due",
    "is_open_to_town",
    "listing_by_reference",
    "listing_of",
    "match_all",
    "match_offer",
    "match_one",
    "match_teams",
    "next_invitees",
    "not_yet_introduced",
    "other_side",
    "outreaches_for",
    "partners_of",
    "preview_of_rule",
    "progress_of",
    "proposal_between",
    "proposals_for",
    "proposals_of_need",
    "proposals_of_offer",
    "proposals_while_arranged",
    "proposed_rule",
    "reasons_of",
    "reference_of",
    "reply_by_link",
    "reply_of",
    "rule_in_force",
    "ruled_out_for",
    "rules_for",
    "running_outreach_of",
    "running_outreaches",
    "sides_of",
    "standing_between",
    "team_for",
    "teams_for",
    "told_lines",
    "told_lines_of",
    "unanswered",
    "unsaved",
    "usual_rule",
]
