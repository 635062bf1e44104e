"""What one question's page knows of the words it asks for: filled or not, and whether others changed them."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musubi.flow.stories.services import content_of
from musubi.web.shared.story_steps import STEPS, Step

from .forms import form_name

if TYPE_CHECKING:
    from musubi.flow.stories.models import Story
    from musubi.web.design.requests import PersonRequest

SESSION_KEY = "story_steps"
REMEMBERED = 60


@dataclass(frozen=True)
class Line:
    """One row of the overview."""

    step: Step
    number: int
    text: str

    @property
    def is_filled(self) -> bool:
        return bool(self.text)


def lines_of(story: "Story") -> list[Line]:
    """Every question with the beginning of what has been written."""
    return [Line(step, number, _text(story, step)) for number, step in enumerate(STEPS, start=1)]


def initial_of(story: "Story", step: Step) -> dict[str, Any]:
    """What stands in the fields of a question."""
    content = content_of(story)
    return {"base": base_of(story, step), **{form_name(name): getattr(content, name) for name in step.names}}


def base_of(story: "Story", step: Step) -> str:
    """A mark of what is stored for this question: it changes when the words do."""
    content = content_of(story)
    stored = json.dumps([getattr(content, name) for name in step.names], ensure_ascii=False)
    return hashlib.sha256(stored.encode()).hexdigest()[:16]


def others_wrote(request: "PersonRequest", story: "Story", step: Step, base: str) -> bool:
    """Whether the stored words are neither those this page began from nor those this browser saved last."""
    stored = base_of(story, step)
    return stored not in {base, request.session.get(SESSION_KEY, {}).get(_key(story, step))}


def remember(request: "PersonRequest", story: "Story", step: Step) -> None:
    """Keep that what is stored now came from this browser: going back in it is no conflict."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    kept.pop(_key(story, step), None)
    newest = [*kept.items(), (_key(story, step), base_of(story, step))][-REMEMBERED:]
    request.session[SESSION_KEY] = dict(newest)


def _key(story: "Story", step: Step) -> str:
    return f"{story.pk}:{step.slug}"


def _text(story: "Story", step: Step) -> str:
    from musubi.web.shared.story_article import field_names

    parts = []
    for name in step.names:
        value = getattr(story, name)
        parts.append(field_names(value) if name == "fields" else str(value or ""))
    return " ".join(" ".join(parts).split())
