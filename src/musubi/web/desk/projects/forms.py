"""A collaboration that was born elsewhere, as a form: what it is, who does it, what came of it."""

from typing import TYPE_CHECKING, Any

from django import forms as django
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Field, Visibility
from musubi.base.places.queries import choosable_areas
from musubi.flow.cases.enums import AgreementForm
from musubi.flow.projects.enums import PartnerRole, ProjectState, StopReason
from musubi.flow.projects.services import PartnerValue, ProjectContent
from musubi.web.design import forms
from musubi.web.design.rows import rows_of
from musubi.web.shared.agreement_forms import EXPLANATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from musubi.base.places.models import Municipality
    from musubi.flow.actors.models import Actor


class EnteredForm(forms.Form):
    written = forms.Written(
        forms.Kind.PROJECT,
        title=forms.Part.TITLE,
        aim=forms.Part.BODY,
        result=forms.Part.TEXT,
        town=forms.Part.PLACE,
    ).asking(forms.Question.WHEN, forms.Question.WHERE)
    title = forms.PlainTextField(
        label=_("協働の名前"), max_length=120, help_text=_("例：桜台公園の花だんづくり")
    )
    aim = forms.PlainTextField(
        label=_("目指すこと"), max_length=2000, rows=5, help_text=_("何のために、何をしているかを2〜3文で。")
    )
    form = django.ChoiceField(label=_("協働の形"), choices=AgreementForm.choices, widget=django.RadioSelect)
    state = django.ChoiceField(
        label=_("いまの様子"),
        choices=ProjectState.choices,
        initial=ProjectState.ACTIVE,
        widget=django.RadioSelect,
    )
    stop_reason = django.ChoiceField(
        label=_("中止の理由"),
        choices=[("", _("中止していない")), *StopReason.choices],
        required=False,
        help_text=_("「中止しました」を選んだときだけ、選んでください。"),
    )
    starts_on = forms.JapaneseDateField(label=_("始まりの日"), required=False)
    ends_on = forms.JapaneseDateField(label=_("終わりの日"), required=False)
    review_on = forms.JapaneseDateField(
        label=_("見直しの日"), required=False, help_text=_("入れておくと、その日のあとにお知らせします。")
    )
    result = forms.PlainTextField(
        label=_("結果"),
        max_length=2000,
        rows=4,
        required=False,
        help_text=_("分かっていることだけで十分です。"),
    )
    area_ids = django.TypedMultipleChoiceField(
        label=_("地域"), coerce=int, widget=django.CheckboxSelectMultiple, required=False
    )
    town = forms.PlainTextField(label=_("町名"), max_length=60, required=False)
    fields_of_activity = django.TypedMultipleChoiceField(
        label=_("分野"),
        choices=Field.choices,
        coerce=int,
        required=False,
        widget=django.CheckboxSelectMultiple,
    )
    visibility = django.ChoiceField(
        label=_("だれに見せるか"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=django.RadioSelect,
    )

    def __init__(self, *args: Any, municipality: "Municipality", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(row.form, row.choice) for row in EXPLANATIONS]  # type: ignore[attr-defined]
        city = municipality.area_id
        self.fields["area_ids"].choices = [  # type: ignore[attr-defined]
            (area.pk, gettext("%(city)s全体") % {"city": area.name} if area.pk == city else area.name)
            for area in choosable_areas(municipality).order_by("level", "code", "pk")
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("state") == ProjectState.STOPPED and not cleaned.get("stop_reason"):
            self.add_error("stop_reason", gettext("中止の理由を選んでください。"))
        return cleaned


class PartnerRowForm(forms.Form):
    written = forms.Written(forms.Kind.PROJECT, name=forms.Part.NAME, does=forms.Part.TEXT)
    name = forms.PlainTextField(
        label=_("団体の名前"),
        max_length=120,
        help_text=_("登録してある名前と同じなら、その団体につながります。"),
    )
    role = django.ChoiceField(label=_("役割"), choices=PartnerRole.choices, initial=PartnerRole.PARTNER)
    does = forms.PlainTextField(label=_("すること"), max_length=1000, required=False)


PartnerRows = rows_of(PartnerRowForm, extra=2, most=30, least=1)
PartnerRows.default_error_messages = {
    **PartnerRows.default_error_messages,
    "too_few_forms": _("団体を1つ以上入れてください。"),
    "too_many_forms": _("団体は30までにしてください。"),
}


def content_of(form: EnteredForm, rows: list[dict[str, Any]], known: "Mapping[str, Actor]") -> ProjectContent:
    """What was typed, with those partners linked that `known` has under their name."""
    values = dict(form.cleaned_data)
    partners = []
    for row in rows:
        actor = known.get(row["name"])
        who = {"actor_id": actor.pk} if actor else {"name": row["name"]}
        partners.append(PartnerValue(**who, role=row["role"], does=row["does"]))
    for name in ("area_ids", "fields_of_activity"):
        values[name] = tuple(values[name])
    return ProjectContent(**values | {"fields": values.pop("fields_of_activity")}, partners=tuple(partners))


def initial_of(content: ProjectContent) -> dict[str, Any]:
    """The stored words as the form shows them."""
    named = {name: getattr(content, name) for name in EnteredForm.base_fields if hasattr(content, name)}
    return {**named, "fields_of_activity": content.fields}
