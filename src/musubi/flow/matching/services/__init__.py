"""Verbs of matching: publish and find, find anew, introduce."""

from .following import follow_actor, follow_actors
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
from .refreshing import refresh, refresh_later, refresh_later_for_actor
from .reminding import remind_introductions
from .town import propose_for_town

__all__ = [
    "KEPT",
    "answer_introduction",
    "end_outreach",
    "follow_actor",
    "follow_actors",
    "lapse_introduction",
    "locked_outreach",
    "make_introduction",
    "part_introduction",
    "pause_outreach",
    "plan_outreach",
    "propose_for_need",
    "propose_for_offer",
    "propose_for_town",
    "publish_and_match",
    "refresh",
    "refresh_later",
    "refresh_later_for_actor",
    "release_and_match",
    "release_introduction",
    "remind_introductions",
    "reopen_introduction",
    "save_and_match",
    "stop_outreach",
    "take_up",
    "withdraw_introduction",
]
