"""Everything that is written in a story, as one value, and what it still lacks before it is shown to anybody."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from musubi.base.common.enums import Field

from ..models import Story

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, kw_only=True)
class StoryContent:
    """A story's words; `fields` are numbers of `common.Field`."""

    title: str = ""
    subtitle: str = ""
    year: int | None = None
    place: str = ""
    audience: str = ""
    fields: tuple[int, ...] = ()
    keywords: str = ""
    summary: str = ""
    why: str = ""
    purpose: str = ""
    challenge: str = ""
    activity: str = ""
    learnt: str = ""
    result: str = ""
    ingenuity: str = ""
    limits: str = ""
    spread: str = ""
    lasting: str = ""
    evaluation: str = ""
    programmes: str = ""
    video_title: str = ""
    video_url: str = ""
    url: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", tuple(sorted(set(self.fields))))


COLUMNS = tuple(each.name for each in fields(StoryContent))


@dataclass(frozen=True)
class Problem:
    """A sentence that says what to do, and the part of the story it is about."""

    field: str
    sentence: str


class NotComplete(Exception):
    """The story cannot be shown to the partners yet; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


class StaleStory(Exception):
    """Somebody else saved in between; nothing was stored, and what was typed is with the caller."""

    def __init__(self, story: Story) -> None:
        self.sentence = _(
            "ほかの人（または別の画面）が先に保存したため、まだ保存していません。"
            "書いたものはこの画面に残っています。保存されている内容を見てから、もう一度押してください。"
        )
        super().__init__(self.sentence)
        self.version, self.saved_at = story.version, story.updated_at


def content_of(story: Story) -> StoryContent:
    """What is stored."""
    values: dict[str, Any] = {name: getattr(story, name) for name in COLUMNS}
    return StoryContent(**{**values, "fields": tuple(story.fields)})


def put_content(story: Story, content: StoryContent) -> list[str]:
    """Set the story's own fields; the names of what has changed."""
    before, after = asdict(content_of(story)), asdict(content)
    changed = [name for name in COLUMNS if before[name] != after[name]]
    for name in changed:
        setattr(story, name, list(after[name]) if name == "fields" else after[name])
    return changed


def checked_content(content: StoryContent) -> StoryContent:
    """The same content; ValidationError with a sentence where a value is none of its list or too long."""
    if not set(content.fields) <= set(Field.values):
        raise ValidationError(_("活動の分野を選び直してください。"))
    if content.year is not None and not FIRST_YEAR <= content.year <= LAST_YEAR:
        raise ValidationError(_("行った年を確かめてください。"))
    for name in COLUMNS:
        column: Any = Story._meta.get_field(name)
        value = getattr(content, name)
        if column.max_length and isinstance(value, str) and len(value) > column.max_length:
            raise ValidationError(
                _("「%(label)s」は%(limit)d文字までにしてください。")
                % {"label": column.verbose_name, "limit": column.max_length}
            )
    return content


def problems_of(content: StoryContent) -> list[Problem]:
    """What is missing before the partners are asked; empty when they may be."""
    asked = (
        ("title", _("題名を書いてください。ひと目で分かる短い言葉で十分です。")),
        ("summary", _("取り組みの概要を、2〜3文で書いてください。")),
        ("activity", _("取り組んだことを書いてください。")),
        ("result", _("成果を書いてください。小さなことでもかまいません。")),
    )
    return [Problem(name, sentence) for name, sentence in asked if not getattr(content, name).strip()]
