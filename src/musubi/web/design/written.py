"""Beside every public text field: what could be said more plainly. A form declares its texts, all else follows.

    class IssueForm(Form):
        written = Written(Kind.ISSUE, title=Part.TITLE, body=Part.BODY).asking(Question.WHERE)

Names that end in `_` stand for a family of fields (`alt_` for `alt_1`, `alt_2`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.forms import BaseForm, BaseFormSet
from django.urls import reverse

from musubi.base.knowledge.writing import Advice, Kind, Part, Question, Rule, advise, most_important

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

__all__ = ["Advice", "Advised", "Kind", "Part", "Question", "Rule", "Written", "advice_in", "asks_for_a_look"]

LOOK = "look"
BESIDE = (Part.TITLE, Part.BODY, Part.TEXT)
TITLE = "title"


@dataclass(frozen=True, init=False)
class Written:
    """Which fields of a form the public reads, what kind of text they are, and what the form asks elsewhere."""

    kind: Kind
    parts: Mapping[str, Part]
    asked: tuple[Question, ...] = field(default=())

    def __init__(self, kind: Kind, **parts: Part) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "asked", ())

    def asking(self, *questions: Question) -> "Written":
        """The same for a form that has fields of its own for these questions."""
        made = Written(self.kind, **self.parts)
        object.__setattr__(made, "asked", questions)
        return made

    def part_of(self, name: str) -> Part | None:
        """The part that a field of this name holds; None where nobody reads it in public."""
        family = next((key for key in self.parts if key.endswith("_") and name.startswith(key)), "")
        return self.parts.get(name) or self.parts.get(family)


@dataclass(frozen=True)
class Advised:
    """An advice at its field."""

    label: str
    target: str
    address: str
    advice: Advice


class Helped:
    """What a bound field knows of its text; a part of `MusubiBoundField`."""

    form: Any
    name: str
    auto_id: Any
    html_name: str

    @property
    def part(self) -> Part | None:
        """What the writing helper looks at here, if anything."""
        written = getattr(self.form, "written", None)
        return written.part_of(self.name) if written else None

    @property
    def advice(self) -> list[Advice]:
        """What the text that stands in the field now could be told."""
        part = self.part
        if part is None:
            return []
        written = self.form.written
        beside = [str(self.form[name].value() or "") for name in self._beside]
        title = self.form[TITLE].value() if part == Part.PICTURE and TITLE in self.form.fields else ""
        return advise(
            str(self.value() or ""),  # type: ignore[attr-defined]
            kind=written.kind,
            part=part,
            asked=written.asked,
            beside="\n".join(beside),
            title=str(title or ""),
        )

    @property
    def advised_id(self) -> str:
        """The line that says how many there are: what the field is described by."""
        return f"{self.auto_id}_advised"

    @property
    def advice_url(self) -> str:
        """Where the helper is asked while somebody types."""
        written = self.form.written
        asked = {"name": self.html_name, "kind": written.kind, "part": self.part}
        return f"{reverse('public:writing')}?{urlencode([*asked.items(), *(('asked', q) for q in written.asked)])}"

    @property
    def advice_fields(self) -> str:
        """The names that are posted: this field, and those whose words count with it."""
        names = [self.form[name].html_name for name in self._beside]
        if self.part == Part.PICTURE and TITLE in self.form.fields:
            names.append(self.form[TITLE].html_name)
        return " ".join([self.html_name, *names])

    @property
    def _beside(self) -> list[str]:
        """The title beside the body: what it says need not be said again."""
        if self.part != Part.BODY:
            return []
        others = self.form.written.parts
        return [
            name
            for name, part in others.items()
            if part in BESIDE and name != self.name and name in self.form.fields
        ]


def asks_for_a_look(data: Mapping[str, Any]) -> bool:
    """Whether only the button was pressed that shows what was written, with advice: nothing is to be done with it."""
    return data.get("act") == LOOK


def advice_in(*parts: "BaseForm | BaseFormSet | list[Any]") -> list[Advised]:
    """The five most important advices over all texts of forms and rows."""
    fields = list(_fields_of(*parts))
    at: dict[int, Any] = {id(advice): bound for bound, found in fields for advice in found}
    chosen = most_important(advice for _bound, found in fields for advice in found)
    return [
        Advised(str(bound.label), bound.first_control_id, getattr(bound.form, "address", ""), each)
        for each in chosen
        for bound in [at[id(each)]]
    ]


def _fields_of(*parts: Any) -> "list[tuple[BoundField, list[Advice]]]":
    found: list[Any] = []
    for part in parts:
        if isinstance(part, list):
            found += _fields_of(*part)
        elif isinstance(part, BaseFormSet):
            found += _fields_of(*part.forms)
        elif getattr(part, "written", None):
            found += [(bound, bound.advice) for bound in part if getattr(bound, "part", None)]
    return found
