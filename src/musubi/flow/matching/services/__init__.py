"""Verbs of matching: publish and find, find anew, introduce."""

from .exposure import note_contacted, note_opened, note_shown, prune_exposure
from .following import follow_actor, follow_actors, follow_knowledge, follow_meaning
from .introducing import (
    answer_introduction,
    lapse_introduction,
    make_introduction,
    part_introduction,
    release_introduction,
    reopen_introduction,
    withdraw_introduction,
)
from .outreach import (
    end_outreach,
    locked_outreach,
    pause_outreach,
    plan_outreach,
    stop_outreach,
    take_up,
)
from .proposals import KEPT, propose_for_need, propose_for_offer
from .publishing import publish_and_match, release_and_match, save_and_match
from .refreshing import refresh, refresh_later, refresh_later_for_actor, refresh_town_later
from .reminding import remind_introductions
from .rules import StaleRule, change_matching_rule
from .town import propose_for_town

__all__ = [
    "KEPT",
    "StaleRule",
    "answer_introduction",
    "change_matching_rule",
    "end_outreach",
    "follow_actor",
    "follow_actors",
    "follow_knowledge",
    "follow_meaning",
    "lapse_introduction",
    "locked_outreach",
    "make_introduction",
    "note_contacted",
    "note_opened",
    "note_shown",
    "part_introduction",
    "pause_outreach",
    "plan_outreach",
    "propose_for_need",
    "propose_for_offer",
    "propose_for_town",
    "prune_exposure",
    "publish_and_match",
    "refresh",
    "refresh_later",
    "refresh_later_for_actor",
    "refresh_town_later",
    "release_and_match",
    "release_introduction",
    "remind_introductions",
    "reopen_introduction",
    "save_and_match",
    "stop_outreach",
    "take_up",
    "withdraw_introduction",
]
