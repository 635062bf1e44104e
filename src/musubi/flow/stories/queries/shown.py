"""Team and figures of a story: as they stood when it went out; today's as long as it is written."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from musubi.flow.actors.models import Actor
from musubi.flow.outcomes.queries import IndicatorResult, closed_evaluation_of
from musubi.flow.projects.enums import PartnerRole
from musubi.flow.projects.queries import partners_of

from ..enums import StoryState
from ..models import Story

COUNTED = ("before", "target", "after")


@dataclass(frozen=True)
class Companion:
    """Somebody who took part, under the name of today; `is_hidden` ones are not named."""

    name: str
    role: str
    does: str
    actor_id: int | None
    is_hidden: bool = False


def shown_now(story: Story) -> dict[str, Any]:
    """What a story keeps when it goes out; actors by their ids, so that their names follow them."""
    return {"team": _team_now(story), "figures": [_kept(row) for row in _figures_now(story)]}


def companions_of(story: Story) -> list[Companion]:
    """Who did it with whom."""
    return teams_of([story])[story.pk]


def teams_of(stories: Iterable[Story]) -> dict[int, list[Companion]]:
    """The companions of each story by its id, for published ones together in one query."""
    rows = {story.pk: _team_of(story) for story in stories}
    actors = Actor.objects.in_bulk({row["actor"] for team in rows.values() for row in team if row["actor"]})
    return {pk: [_companion(row, actors) for row in team] for pk, team in rows.items()}


def figures_of(story: Story) -> list[IndicatorResult]:
    """The indicators that were counted at the end."""
    if story.state != StoryState.PUBLISHED:
        return _figures_now(story)
    return [_figure(kept) for kept in story.shown.get("figures", [])]


def _team_of(story: Story) -> list[dict[str, Any]]:
    if story.state != StoryState.PUBLISHED:
        return _team_now(story)
    return list(story.shown.get("team", []))


def _team_now(story: Story) -> list[dict[str, Any]]:
    return [
        {"actor": row.actor_id, "name": row.name, "role": row.role, "does": row.does}
        for row in partners_of(story.project)
    ]


def _figures_now(story: Story) -> list[IndicatorResult]:
    evaluation = closed_evaluation_of(story.project)
    if evaluation is None:
        return []
    rows = (IndicatorResult.of(row) for row in evaluation.indicators.all())
    return [row for row in rows if row.after is not None]


def _companion(row: dict[str, Any], actors: dict[int, Actor]) -> Companion:
    role = str(PartnerRole(row["role"]).label)
    if row["actor"] is None:
        return Companion(row["name"], role, row["does"], None)
    actor = actors.get(row["actor"])
    if actor is None:
        return Companion(_("退会した団体"), role, row["does"], None)
    return Companion(actor.name, role, row["does"], actor.pk, is_hidden=actor.hidden_at is not None)


def _kept(row: IndicatorResult) -> dict[str, Any]:
    """Numbers as text: JSON knows no decimals."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(row).items()}


def _figure(kept: dict[str, Any]) -> IndicatorResult:
    counted = {name: None if kept[name] is None else Decimal(kept[name]) for name in COUNTED}
    return IndicatorResult(**{**kept, **counted})
