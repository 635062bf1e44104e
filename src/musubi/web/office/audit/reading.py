"""What stood before and after, from the log's own form into words."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from musubi.base.common.enums import Source, Visibility
from musubi.flow.actors.enums import (
    ActorKind,
    ActorState,
    CloseReason,
    CredentialKind,
    MandateRole,
    MembershipRole,
    ProfileItem,
)
from musubi.flow.cases.enums import AgreementState, CaseCloseReason, CaseState, MeetingState
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.matching.enums import Answer, DeclineReason, IntroductionState
from musubi.flow.outcomes.enums import EvaluationState
from musubi.flow.projects.enums import AllotmentState, PartnerRole, ProjectState, StopReason, TaskState
from musubi.flow.stories.enums import StoryState

KEYS = {
    "name": gettext_lazy("名前"),
    "kind": gettext_lazy("種類"),
    "state": gettext_lazy("状態"),
    "source": gettext_lazy("届いた方法"),
    "reason": gettext_lazy("理由"),
    "role": gettext_lazy("役割"),
    "user": gettext_lazy("人の番号"),
    "areas": gettext_lazy("地域"),
    "area": gettext_lazy("地域"),
    "town": gettext_lazy("町名"),
    "valid_from": gettext_lazy("始まり"),
    "valid_until": gettext_lazy("終わり"),
    "title": gettext_lazy("題名"),
    "issuer": gettext_lazy("出した機関"),
    "summary": gettext_lazy("ひとこと紹介"),
    "description": gettext_lazy("活動の内容"),
    "fields": gettext_lazy("分野"),
    "item_visibility": gettext_lazy("だれに見せるか"),
    "invitation": gettext_lazy("招待の番号"),
    "credential": gettext_lazy("裏付けの番号"),
    "created": gettext_lazy("新しく入れた数"),
    "updated": gettext_lazy("直した数"),
    "refs": gettext_lazy("外部の番号"),
    "answer": gettext_lazy("答え"),
    "version": gettext_lazy("版"),
    "task": gettext_lazy("やること"),
    "due_on": gettext_lazy("いつまで"),
    "partner": gettext_lazy("団体"),
    "was": gettext_lazy("前"),
    "is": gettext_lazy("いま"),
    "starts_on": gettext_lazy("始まりの日"),
    "ends_on": gettext_lazy("終わりの日"),
    "review_on": gettext_lazy("見直しの日"),
    "ended_at": gettext_lazy("終わった日時"),
    "stop_reason": gettext_lazy("中止の理由"),
    "result": gettext_lazy("結果"),
    "visibility": gettext_lazy("だれに見せるか"),
    **{item.value: item.label for item in ProfileItem},
}
_ENUMS = (
    *(ActorState, MembershipRole, MandateRole, ActorKind, CredentialKind, CloseReason, ProfileItem),
    *(ListingState, Side, Visibility, Source),
)
VALUES = {choice.value: choice.label for enum in reversed(_ENUMS) for choice in enum}
VALUES["reporter_name"] = gettext_lazy("困りごとを伝えた人の名前")

_OF_VERBS: dict[str, tuple[type[TextChoices], ...]] = {
    "introduction": (IntroductionState, Answer, DeclineReason),
    "case": (CaseState, CaseCloseReason, DeclineReason),
    "meeting": (MeetingState,),
    "agreement": (AgreementState,),
    "project": (ProjectState, TaskState, AllotmentState, PartnerRole, StopReason),
    "evaluation": (EvaluationState,),
    "story": (StoryState,),
}
"""The same word means different things: 「open」 of a case, of a task, of an evaluation."""


def readable(text: str, verb: str = "") -> str:
    """What a verb left in the log as a person reads it; what is not known stays as it is."""
    enums = _OF_VERBS.get(verb.partition(".")[0], ())
    words = VALUES | {choice.value: choice.label for enum in reversed(enums) for choice in enum}
    try:
        found = json.loads(text)
    except ValueError:
        found = text
    return _said(found, words)


def _said(value: Any, words: Mapping[str, Any]) -> str:
    if isinstance(value, dict):
        return "、".join(f"{KEYS.get(key, key)}：{_said(part, words)}" for key, part in value.items())
    if isinstance(value, list):
        return "・".join(_said(part, words) for part in value) or _("なし")
    if value in (None, ""):
        return "" if value == "" else _("なし")
    if isinstance(value, str):
        return "、".join(str(words.get(part, part)) for part in value.split("、"))
    return str(value)
