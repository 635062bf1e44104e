"""Concepts and synonyms as the office types them: one word a line."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple, ChoiceField, MultipleChoiceField
from django.utils.translation import gettext_lazy as _

from musubi.base.knowledge.enums import ConceptKind
from musubi.web.design.forms import Form, PlainTextField

ONE_A_LINE = _("1行に1つ書いてください。")


class LinesField(PlainTextField):
    """Some words or sentences, one a line: a tuple of them, empty lines left out, each once."""

    def __init__(self, *, rows: int = 4, longest_line: int = 200, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", ONE_A_LINE)
        super().__init__(rows=rows, max_length=4000, **kwargs)
        self.longest_line = longest_line

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value) or ""
        lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        if too_long := next((line for line in lines if len(line) > self.longest_line), ""):
            raise ValidationError(
                _("1行は%(most)d文字までにしてください：%(line)s…"),
                params={"most": self.longest_line, "line": too_long[:20]},
            )
        return lines


def put_problems(form: Form, refused: ValidationError, *, elsewhere: str = "") -> None:
    """Put what a service refuses at the fields it names, anything else above the form."""
    for name, sentences in refused.message_dict.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else (elsewhere or None), sentence)


class ConceptForm(Form):
    """A thing or an idea of the town's own."""

    name = PlainTextField(
        label=_("名前"),
        max_length=40,
        help_text=_(
            "例：浜風ホール。はじめから入っていることがらと同じ名前にすると、ことばを足すことになります。"
        ),
    )
    kind = ChoiceField(label=_("種類"), choices=[("", _("選んでください")), *ConceptKind.choices])
    words = LinesField(
        label=_("人が使うことば"),
        longest_line=40,
        help_text=_("1行に1つ、2文字以上で。文章の中にこのことばがあれば、このことがらだと読み取ります。"),
    )
    reason = PlainTextField(
        label=_("理由"), max_length=200, help_text=_("あとで見る人のために、なぜ足したかを書いてください。")
    )
    broader = MultipleChoiceField(
        label=_("何の一つか"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("例：浜風ホールは「広い会場・ホール」の一つ。"),
    )
    serves = MultipleChoiceField(
        label=_("何として使えるか"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("提供として載ったときに、何の役に立つか。"),
    )

    def __init__(self, *args: Any, known: Any, fixed_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed_name:
            del self.fields["name"]
        groups = [
            (kind.label, [(name, name) for name, of in known if of == kind and name != fixed_name])
            for kind in ConceptKind
        ]
        for part in ("broader", "serves"):
            field = self.fields[part]
            assert isinstance(field, MultipleChoiceField)
            field.choices = groups


class WordForm(Form):
    """An entry about one word of the town's own, with the reason why; a word that is there already stays."""

    field_order = ("word", "words", "reading", "reason")
    reason = PlainTextField(
        label=_("理由"), max_length=200, help_text=_("あとで見る人のために、なぜ足したかを書いてください。")
    )

    def __init__(self, *args: Any, fixed_word: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed_word:
            del self.fields["word"]


class SynonymForm(WordForm):
    """Words that mean the same in this town."""

    word = PlainTextField(label=_("ことば"), max_length=60, help_text=_("例：よりあい"))
    words = LinesField(
        label=_("同じ意味のことば"),
        longest_line=60,
        help_text=_("1行に1つ。どのことばで探しても、ほかのことばで書かれたものが見つかります。例：集会"),
    )


class ReadingForm(WordForm):
    """How a word or a name is read in this town."""

    word = PlainTextField(
        label=_("ことば"),
        max_length=40,
        help_text=_("漢字のまま書いてください。例：浜風ホール"),
    )
    reading = PlainTextField(
        label=_("読み方"),
        max_length=100,
        help_text=_("ことばの初めから終わりまでの読み方を、ひらがなで書いてください。例：はまかぜほーる"),
    )
