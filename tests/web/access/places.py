"""A town at work, and the main pages of everybody in it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from musubi.base.notify.services import tell
from musubi.flow.cases.models import Letter
from tests.factories import make_actor, make_issue, make_listing
from tests.together import (
    make_agreement,
    make_case,
    make_introduction,
    make_meeting,
    make_project,
    make_story,
)
from tests.web.pairs import Pair

LONG = "はじめての方も歓迎します：食事と学習と遊びの居場所づくりのための月に二回の夕食づくりと配膳と片付けの手伝い"


@dataclass(frozen=True)
class Places:
    """Who reads which pages."""

    visitor: list[str]
    member: list[str]
    coordinator: list[str]
    officer: list[str]

    def of(self, who: str) -> list[str]:
        return list(getattr(self, who))


def make_places(pair: Pair) -> Places:
    """Something of everything, with short and long words."""
    town, now = pair.town, timezone.now()
    long = make_listing(
        town.actor,
        title=LONG,
        body=f"{LONG}。\n\n- 机\n- いす\n\n| 時間 | すること |\n|---|---|\n| 9:00 | 準備 |",
        areas=[town.wards[0]],
        lines=[("people", "配膳", 4, "people"), ("place", "調理のできる部屋", 30, "capacity")],
    )
    draft = make_listing(town.actor, title="書きかけ", state="draft", published_at=None)
    issue = make_issue(town, title="石段の手すりがぐらぐらしています")
    waiting = make_introduction(pair.need, pair.offer, reasons=["100個のうち40個で足ります。"])
    make_case(town, state="open", need=pair.need).introductions.create(introduction=waiting)
    case = make_case(town, title=f"案件 {LONG}", moved_at=now - dt.timedelta(days=20))
    Letter.objects.create(
        case=case, actor=town.actor, author=town.owner, text="何時に運びますか。", sent_at=now
    )
    meeting = make_meeting(case, state="fixed", starts_at=now - dt.timedelta(hours=2))
    make_agreement(case, state="draft")
    project = make_project(town)
    story = make_story(make_project(town, state="achieved"), state="published")
    pending = make_actor(town.municipality, state="pending", name="汐風台町内会")
    tell(to=town.owner, kind="listing_published", subject="載りました", text="", path="/", at=now)
    return Places(
        visitor=[
            "/",
            "/search/?q=いす",
            f"/listings/{long.pk}/",
            f"/actors/{town.actor.pk}/",
            "/issues/",
            f"/issues/{issue.pk}/",
            "/guides/",
            f"/stories/{story.pk}/",
            "/register/",
            "/help/",
            "/accessibility/",
            "/accounts/login/",
        ],
        member=[
            "/workspace/",
            "/workspace/listings/new/?side=need",
            f"/workspace/listings/{draft.pk}/edit/",
            f"/workspace/listings/{pair.need.pk}/",
            f"/workspace/introductions/{waiting.pk}/",
            f"/workspace/cases/{case.pk}/",
            f"/workspace/projects/{project.pk}/",
            "/workspace/inbox/",
            "/workspace/preferences/",
        ],
        coordinator=[
            "/desk/",
            f"/desk/needs/{pair.need.pk}/",
            "/desk/cases/",
            f"/workspace/meetings/{meeting.pk}/record/",
            "/desk/entry/",
        ],
        officer=[
            "/office/",
            "/office/actors/",
            f"/office/actors/{pending.pk}/",
            "/office/audit/",
            "/office/matching/",
        ],
    )


def person_of(pair: Pair, who: str) -> Any:
    town = pair.town
    return {
        "visitor": None,
        "member": town.owner,
        "coordinator": town.coordinator,
        "officer": town.officer,
    }[who]
