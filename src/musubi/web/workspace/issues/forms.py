"""A local issue as a form: what, where, and who may read it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Field, Source, Visibility
from musubi.base.places.models import Area, AreaLevel, Municipality
from musubi.base.places.queries import areas_within
from musubi.web.design.forms import Form, Kind, Part, PlainTextField, Question, Written

HOW_IT_CAME = (Source.COUNTER, Source.TELEPHONE, Source.FAX, Source.PAPER)


class IssueForm(Form):
    written = Written(Kind.ISSUE, title=Part.TITLE, body=Part.BODY, place_note=Part.PLACE).asking(
        Question.WHERE
    )
    title = PlainTextField(
        label=_("困っていること"),
        max_length=80,
        help_text=_("ひとことで。例：公園の北側の階段の手すりがぐらつく"),
    )
    body = PlainTextField(
        label=_("くわしく"),
        rows=6,
        max_length=2000,
        help_text=_(
            "いつから、だれが、どのように困っているかを書いてください。人の名前や電話番号は書かないでください。"
        ),
    )
    area = forms.ChoiceField(
        label=_("区・町"), help_text=_("町が分からないときは「（区の全体）」を選んでください。")
    )
    place_note = PlainTextField(
        label=_("場所の目印"),
        max_length=120,
        required=False,
        help_text=_("例：中央公園の北側、バス通りへ下りる階段"),
    )
    fields_of_activity = forms.TypedMultipleChoiceField(
        label=_("分野"),
        choices=Field.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("分かるときだけ、あてはまるものをいくつでも。"),
    )
    visibility = forms.ChoiceField(
        label=_("だれに見せますか"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
        help_text=_("あなたの名前は、どれを選んでも載りません。"),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = list(
            areas_within(municipality, AreaLevel.WARD, AreaLevel.TOWN).order_by("code", "kana", "name", "pk")
        )
        self.areas = {str(area.pk): area for area in [municipality.area, *areas]}
        self.fields["area"].choices = [("", _("選んでください")), *_grouped(municipality, areas)]  # type: ignore[attr-defined]

    def clean_area(self) -> Area:
        return self.areas[self.cleaned_data["area"]]

    @property
    def facts(self) -> dict[str, Any]:
        """The cleaned values under the names of the services."""
        facts = dict(self.cleaned_data)
        return facts | {"fields": facts.pop("fields_of_activity")}


class EnterIssueForm(IssueForm):
    """For staff: also how it came and whose words these are."""

    source = forms.ChoiceField(
        label=_("受け付けた方法"),
        choices=[
            (Source.WEB, _("自分で気づいた（代理入力ではない）")),
            *((s.value, s.label) for s in HOW_IT_CAME),
        ],
        initial=Source.WEB,
    )
    reporter_name = PlainTextField(
        label=_("伝えた人"),
        max_length=80,
        required=False,
        help_text=_(
            "電話や窓口で聞いたとき。市の担当とコーディネーターだけに見えます。例：70代の女性、川辺町の佐藤さん"
        ),
    )


def _grouped(municipality: Municipality, areas: list[Area]) -> list[Any]:
    """The whole city, then its wards, each with its towns; a city without wards has its towns."""
    towns: dict[int | None, list[tuple[str, str]]] = {}
    for area in areas:
        if area.level == AreaLevel.TOWN:
            towns.setdefault(area.parent_id, []).append((str(area.pk), area.name))
    wards = [area for area in areas if area.level == AreaLevel.WARD]
    whole = (str(municipality.area_id), _("%(city)s（どこか分からない・全体）") % {"city": municipality.name})
    return [
        whole,
        *towns.get(municipality.area_id, []),
        *(
            (
                ward.name,
                [(str(ward.pk), _("%(ward)s（区の全体）") % {"ward": ward.name}), *towns.get(ward.pk, [])],
            )
            for ward in wards
        ),
    ]
