"""What stood before and after, from the log's own form into words."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from musubi.base.audit.services import KEPT_COMMA
from musubi.base.common.enums import Field, Source, Visibility
from musubi.base.common.joining import dotted, labelled, listed
from musubi.flow.actors.enums import (
    ActorKind,
    ActorState,
    CloseReason,
    CredentialKind,
    MandateRole,
    MembershipRole,
    ProfileItem,
)
from musubi.flow.cases.enums import AgreementForm, AgreementState, CaseCloseReason, CaseState, MeetingState
from musubi.flow.listings.enums import ListingState, Resource, Side, Template, Unit
from musubi.flow.matching.enums import Answer, DeclineReason, IntroductionState
from musubi.flow.outcomes.enums import EvaluationState
from musubi.flow.projects.enums import AllotmentState, PartnerRole, ProjectState, StopReason, TaskState
from musubi.flow.stories.enums import StoryState
from musubi.web.design.wording import day, moment

from .keys import KEYS

_NAMES_PARTS = frozenset({"changed"})
"""What lists parts by their names."""

_OF_KEYS: dict[str, type[TextChoices | IntegerChoices]] = {
    "resource": Resource,
    "form": AgreementForm,
    "side": Side,
    "template": Template,
    "source": Source,
    "visibility": Visibility,
    "unit": Unit,
    "fields": Field,
}
"""What always means the same, whatever the verb."""

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


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CONSENT = re.compile(r"text=(True|False) pictures=(True|False|None)")


def _said(value: Any, words: Mapping[str, Any], key: str = "") -> str:
    if isinstance(value, dict):
        return listed(
            labelled(KEYS.get(name, name), _said(part, words, name)) for name, part in value.items()
        )
    if isinstance(value, list):
        return dotted(_said(part, words, key) for part in value) or _("なし")
    if value in (None, ""):
        return "" if value == "" else _("なし")
    return _one(value, words, key)


def _one(value: Any, words: Mapping[str, Any], key: str) -> str:
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if key in _OF_KEYS and value in _OF_KEYS[key].values:
        return str(_OF_KEYS[key](value).label)
    if not isinstance(value, str):
        return str(value)
    if key in _NAMES_PARTS:
        return str(KEYS.get(value, value))
    return (
        _when(value) or _consent(value) or listed(words.get(part, part) for part in value.split(KEPT_COMMA))
    )


def _when(text: str) -> str:
    """A day or a moment as people here say it; nothing where it is neither."""
    try:
        if _DAY.fullmatch(text) and (date := parse_date(text)):
            return day(date)
        if _MOMENT.fullmatch(text) and (at := parse_datetime(text)):
            return moment(at)
    except ValueError:
        pass
    return ""


def _consent(text: str) -> str:
    """The answer of a partner to a story's words and pictures."""
    found = _CONSENT.fullmatch(text)
    if found is None:
        return ""
    words = _("文章に同意") if found[1] == "True" else _("文章に同意しない")
    pictures = _("写真に同意") if found[2] == "True" else _("写真に同意しない")
    return dotted((words, pictures))
