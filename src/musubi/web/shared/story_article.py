"""A story as it is read: the public page, the preview and the page that asks for consent show the same."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from musubi.base.common.enums import Field
from musubi.base.common.joining import listed
from musubi.flow.actors.queries import actors_for
from musubi.flow.projects.queries import projects_for
from musubi.flow.stories.queries import (
    Companion,
    companions_of,
    examples_before,
    figures_of,
    needed_lines,
    needs_after,
    pictures_shown_of,
    stories_after,
)

from .story_steps import SECTIONS, step_of_field

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person
    from musubi.flow.stories.models import Story

FOLLOWERS_SHOWN = 50


@dataclass(frozen=True)
class Article:
    """Everything the template `public/stories/article.html` reads."""

    story: "Story"
    facts: list[tuple[str, str]]
    sections: list[tuple[str, str]]
    team: list[Companion]
    lines: list[Any]
    figures: list[Any]
    pictures: list[Any]
    before: list["Story"] = field(default_factory=list)
    after: list["Story"] = field(default_factory=list)
    needs: list[Any] = field(default_factory=list)
    project_shown: bool = False


def article_of(user: "Person", story: "Story", *, as_draft: bool = False) -> Article:
    """The story for this reader; `as_draft` shows all pictures, also such as not everybody agrees to yet."""
    pictures = list(story.pictures.select_related("file").all()) if as_draft else pictures_shown_of(story)
    return Article(
        story=story,
        facts=_facts(story),
        sections=[
            (str(step_of_field(name).heading), text) for name in SECTIONS if (text := getattr(story, name))
        ],
        team=_team(user, story),
        lines=needed_lines(story),
        figures=figures_of(story),
        pictures=pictures,
        before=examples_before(story),
        after=list(stories_after(story)[:FOLLOWERS_SHOWN]),
        needs=list(needs_after(user, story)[:FOLLOWERS_SHOWN]),
        project_shown=projects_for(user).filter(pk=story.project_id).exists(),
    )


def field_names(numbers: list[int]) -> str:
    """「まちづくり、環境の保全」."""
    return listed(Field(number).label for number in numbers if number in Field.values)


def _facts(story: "Story") -> list[tuple[str, str]]:
    return [
        (_("行った年"), _("%(year)d年") % {"year": story.year} if story.year else ""),
        (_("場所"), story.place),
        (_("だれに向けて"), story.audience),
        (_("協働の形"), story.project.get_form_display()),
        (_("分野"), field_names(story.fields)),
        (_("キーワード"), story.keywords),
    ]


def _team(user: "Person", story: "Story") -> list[Companion]:
    """Who did it with whom: hidden ones without a name, and a way only to what this reader may open."""
    rows = companions_of(story)
    ids = [row.actor_id for row in rows if row.actor_id]
    shown = set(actors_for(user).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        replace(
            row,
            name=_("（名前を表示していません）") if row.is_hidden else row.name,
            actor_id=row.actor_id if row.actor_id in shown else None,
        )
        for row in rows
    ]
