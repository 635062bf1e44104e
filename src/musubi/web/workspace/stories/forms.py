"""What is typed into a story, about its pictures, and in answer to it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Field,
    FileField,
    HiddenInput,
    RadioSelect,
    TypedMultipleChoiceField,
    URLField,
)
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Field as Activity
from musubi.base.common.enums import Source
from musubi.flow.stories.enums import PictureLicence
from musubi.web.design import forms, reading
from musubi.web.shared.story_steps import Step

HEARD = [choice for choice in Source.choices if choice[0] not in (Source.WEB, Source.IMPORT)]
LONG = {"summary": 1000, "activity": 4000, "programmes": 1000}
LINES = {
    "title": 80,
    "subtitle": 120,
    "place": 120,
    "audience": 200,
    "keywords": 200,
    "video_title": 120,
    "contact": 200,
}
LABELS = {
    "title": _("題名"), "subtitle": _("副題（なくてもかまいません）"), "year": _("行った年"),
    "place": _("行った場所"), "fields": _("分野（3つくらいまで）"),
    "keywords": _("キーワード（「、」で区切ってください）"), "video_title": _("動画の題名"),
    "video_url": _("動画のアドレス（URL）"), "url": _("関連ページのアドレス（URL）"),
}  # fmt: skip
PARTS = {
    "title": forms.Part.TITLE,
    "subtitle": forms.Part.TITLE,
    "summary": forms.Part.BODY,
    "place": forms.Part.PLACE,
    "audience": forms.Part.LINE,
    "programmes": forms.Part.TEXT,
    "keywords": forms.Part.NAME,
    "video_title": forms.Part.TITLE,
    "contact": forms.Part.CONTACT,
}
"""What each question's answer is for its reader; the others are told in sentences."""
PLAIN = ("fields", "year", "url", "video_url")
ADDRESS = _("アドレスは「https://example.jp/」のような形で入れてください。")


class YearField(CharField):
    """「2026」 or 「令和8」."""

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        year = reading.read_year(text)
        if year is None:
            raise ValidationError(_("年は「2026」または「令和8」のように入れてください。"))
        return year

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "input-short", "autocomplete": "off"}


class StepForm(forms.Form):
    """The fields of one question; a draft may lack anything. `base` tells whether others wrote meanwhile."""

    base = CharField(widget=HiddenInput, required=False, max_length=64)
    address = ""

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written = forms.Written(
            forms.Kind.STORY,
            **{name: PARTS.get(name, forms.Part.TEXT) for name in step.names if name not in PLAIN},
        ).asking(forms.Question.WHEN, forms.Question.WHERE, forms.Question.WHOM)
        alone = len(step.names) == 1
        for name in step.names:
            field = _field(name)
            field.label = str(step.question if alone else LABELS[name])
            field.help_text = str(step.example) if alone else ""
            self.fields[form_name(name)] = field

    def values(self, step: Step) -> dict[str, Any]:
        """What was typed, by the names of the story's own fields."""
        typed = self.cleaned_data
        return {name: tuple(typed["fields_"]) if name == "fields" else typed[name] for name in step.names}


def form_name(name: str) -> str:
    """`form.fields` is Django's own."""
    return "fields_" if name == "fields" else name


def _field(name: str) -> Field:
    if name == "fields":
        return TypedMultipleChoiceField(
            coerce=int, choices=Activity.choices, widget=CheckboxSelectMultiple, required=False
        )
    if name == "year":
        return YearField(required=False)
    if name in ("url", "video_url"):
        return URLField(
            required=False, assume_scheme="https", max_length=200, error_messages={"invalid": ADDRESS}
        )
    if name in LINES:
        return forms.PlainTextField(required=False, max_length=LINES[name])
    return forms.PlainTextField(required=False, max_length=LONG.get(name, 2000), rows=8)


class PictureWordsForm(forms.Form):
    """What is to be seen, and what others may do with it."""

    written = forms.Written(forms.Kind.OTHER, alt=forms.Part.PICTURE)
    title = CharField(widget=HiddenInput, required=False, max_length=80)
    alt = forms.PlainTextField(
        label=_("何が写っていますか"),
        max_length=200,
        help_text=_("写真を見られない方に読み上げられます。例：公園で、いすを運ぶ人たち"),
    )
    licence = ChoiceField(
        label=_("ほかの人が使ってよい範囲"),
        choices=PictureLicence.choices,
        widget=RadioSelect,
        initial=PictureLicence.HERE_ONLY,
    )

    @property
    def words(self) -> dict[str, Any]:
        """What is kept of it; the title is there for the writing helper alone."""
        return {name: self.cleaned_data[name] for name in ("alt", "licence")}


class PictureForm(PictureWordsForm):
    """A picture from one's own device."""

    file = FileField(
        label=_("写真のファイル"),
        help_text=_("JPEG・PNG・WebP・HEIC、10MBまで。撮った場所や日時の記録は、自動で消します。"),
    )
    field_order = ("file", "alt", "licence")


class ConsentForm(forms.Form):
    """Yes or no to the words and to the pictures; staff say how they heard it."""

    text = ChoiceField(
        label=_("この文章を公開してよいですか"),
        choices=[
            ("yes", _("はい。このまま公開してよいです")),
            ("no", _("いいえ。直してほしいところがあります")),
        ],
        widget=RadioSelect,
    )
    pictures = ChoiceField(
        label=_("写真を公開してよいですか"),
        choices=[("yes", _("はい。写真も公開してよいです")), ("no", _("いいえ。写真は載せないでください"))],
        widget=RadioSelect,
        help_text=_("一人でも「いいえ」のときは、写真なしで公開します。"),
    )
    words = forms.PlainTextField(
        label=_("直してほしいこと・ひとこと"),
        max_length=500,
        rows=4,
        required=False,
        help_text=_("「いいえ」のときは、どこをどう直せばよいかを書いてください。チームの方が読みます。"),
    )
    source = ChoiceField(label=_("どうやって聞きましたか"), choices=HEARD, widget=RadioSelect)
    over = CharField(widget=HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, has_pictures: bool, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_pictures:
            del self.fields["pictures"]
        if is_own:
            del self.fields["source"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("text") == "no" and not cleaned.get("words") and "words" in cleaned:
            self.add_error(
                "words", _("直してほしいことや、困ることを書いてください。書いた人が読んで、直します。")
            )
        return cleaned


class WithdrawForm(forms.Form):
    """What is taken back, and why; the reason is for the office alone."""

    what = ChoiceField(
        label=_("何への同意を取り消しますか"),
        choices=[
            ("text", _("文章と写真の両方（事例の公開をやめます）")),
            ("pictures", _("写真だけ（写真が見えなくなり、文章は残ります）")),
        ],
        widget=RadioSelect,
        initial="text",
    )
    reason = forms.PlainTextField(
        label=_("理由"),
        max_length=500,
        rows=4,
        help_text=_(
            "市の運営担当だけが読みます。チームのほかの方には「取り消しがあった」ことだけを知らせます。"
        ),
    )
    source = ChoiceField(label=_("どうやって聞きましたか"), choices=HEARD, widget=RadioSelect)

    def __init__(self, *args: Any, has_pictures: bool, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_pictures:
            del self.fields["what"]
        if is_own:
            del self.fields["source"]


class ReasonForm(forms.Form):
    """Why staff take a story down; its team reads it."""

    reason = forms.PlainTextField(
        label=_("公開をやめる理由"),
        max_length=500,
        rows=4,
        help_text=_("チームの方に、そのまま届きます。何を直せばよいかが分かるように書いてください。"),
    )


class RepeatForm(forms.Form):
    """For which of one's actors a need begins."""

    actor = ChoiceField(label=_("どの団体（または個人）で始めますか"), widget=RadioSelect)

    def __init__(self, *args: Any, actors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["actor"]
        assert isinstance(field, ChoiceField)
        field.choices = [(str(pk), name) for pk, name in actors]
        if len(actors) == 1:
            field.initial, field.widget = str(actors[0][0]), HiddenInput()
