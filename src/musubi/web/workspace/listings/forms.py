"""What is typed into a listing. Nothing is demanded of a draft; what publishing needs is asked by the service."""

import re
import secrets
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    RadioSelect,
    TypedChoiceField,
    TypedMultipleChoiceField,
)
from django.utils.translation import gettext_lazy as _

from musubi.base.common.days import length, minutes_between
from musubi.base.common.enums import Field, Visibility
from musubi.base.common.joining import bracketed
from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import (
    LONGEST,
    SHORTEST,
    USUAL_LENGTH,
    Condition,
    Resource,
    Side,
    Template,
    Unit,
    WithdrawReason,
)
from musubi.web.design import forms
from musubi.web.design.rows import rows_of
from musubi.web.shared.listing_guides import guide_for

CONDITION_WORDS = {
    Side.NEED: {
        Condition.WHEELCHAIR_OK: _("車いす可（車いすの方が来るので、車いすで入れる場所が必要です）"),
        Condition.ONLINE_OK: _("オンライン可（画面ごしの参加や相談でもかまいません）"),
        Condition.FEE_REQUIRED: _("有料でもよい（費用や謝礼を払えます）"),
        Condition.ADULTS_ONLY: _("大人に限る（子どもは参加しません）"),
    },
    Side.OFFER: {
        Condition.FEE_REQUIRED: _("有料（使用料・材料費・謝礼などがかかります）"),
        Condition.NON_PROFIT_ONLY: _("営利を目的としない団体に限る（会社や個人の商売には使えません）"),
        Condition.ONLINE_OK: _("オンライン可（画面ごしでも行えます）"),
        Condition.WHEELCHAIR_OK: _("車いす可（車いすで入れます）"),
        Condition.NO_POLITICAL_RELIGIOUS: _("政治・宗教の利用は不可（選挙や布教のためには使えません）"),
        Condition.REGISTERED_GROUPS_ONLY: _("登録団体に限る（市や支援センターに登録した団体だけです）"),
        Condition.NO_FOOD: _("飲食不可（食べたり料理したりできません）"),
        Condition.ADULTS_ONLY: _("大人に限る（子どもは利用できません）"),
    },
}
VISIBILITY_WORDS = (
    (Visibility.PUBLIC, _("公開：だれでも見られます")),
    (Visibility.REGISTERED, _("登録者：この町で登録した人だけが見られます")),
    (Visibility.INTERMEDIARIES, _("中間支援：コーディネーターと市の担当だけが見られます")),
    (Visibility.CITY_HALL, _("庁内：市の担当だけが見られます")),
)
_PARTS = {
    "title": forms.Part.TITLE,
    "body": forms.Part.BODY,
    "can_do": forms.Part.TEXT,
    "cannot_do": forms.Part.TEXT,
    "answered_by": forms.Part.NAME,
    "town": forms.Part.PLACE,
}
_ASKED = (forms.Question.WHEN, forms.Question.WHERE, forms.Question.HOW_MUCH, forms.Question.WHOM)
WRITTEN = {
    Side.NEED: forms.Written(forms.Kind.NEED, **_PARTS).asking(*_ASKED),
    Side.OFFER: forms.Written(forms.Kind.OFFER, **_PARTS).asking(*_ASKED),
}
CHOOSE = ("", _("選んでください"))
LENGTHS = (30, 60, 90, 120, 180, 240, 360, 480)
_TIMES = ("starts_on", "ends_on", "weekdays", "opens", "closes")
CALLED = {240: _("半日"), 480: _("一日")}


def _offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field its choices, which depend on whose form it is."""
    field = form.fields[name]
    assert isinstance(field, ChoiceField)
    field.choices = choices


class LineForm(forms.Form):
    """One requirement or provision."""

    written = forms.Written(forms.Kind.OTHER, what=forms.Part.LINE)

    resource = ChoiceField(label=_("種類"), choices=[CHOOSE, *Resource.choices])
    what = forms.PlainTextField(label=_("なにを"), max_length=120, required=False)
    amount = forms.AmountField(label=_("どれだけ"), required=False)
    unit = ChoiceField(label=_("単位"), choices=[("", _("なし")), *Unit.choices], required=False)

    def __init__(self, *args: Any, what_example: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].help_text = str(what_example)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("amount") is not None and not cleaned.get("unit") and "unit" in cleaned:
            self.add_error("unit", _("数を入れたら、単位も選んでください。"))
        return cleaned


class WindowForm(forms.Form):
    """One span of days and times."""

    starts_on = forms.JapaneseDateField(label=_("いつから"), required=False)
    ends_on = forms.JapaneseDateField(
        label=_("いつまで"), required=False, help_text=_("1日だけのときは、同じ日を入れてください。")
    )
    weekdays = forms.WeekdaysField(
        label=_("曜日"), required=False, help_text=_("決まった曜日があるときだけ選んでください。")
    )
    opens = forms.JapaneseTimeField(label=_("何時から"), required=False)
    closes = forms.JapaneseTimeField(label=_("何時まで"), required=False)
    least_minutes = TypedChoiceField(
        label=_("続けて必要な長さ"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("選ばないときは、続けて1時間以上重なる相手をさがします。"),
    )

    takes_time_together = True
    """Whether anything is asked for that both must be there for; told by the editor, who knows the lines."""

    def __init__(self, *args: Any, is_need: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_need:
            _offer(self, "least_minutes", self._lengths())
        else:
            del self.fields["least_minutes"]

    def _lengths(self) -> list[tuple[Any, Any]]:
        """The usual lengths, and the one that a file brought."""
        known = self.data.get(self.add_prefix("least_minutes"), self.initial.get("least_minutes"))
        brought = {int(known)} if re.fullmatch(r"[0-9]{1,4}", str(known)) else set()
        lengths = sorted({*LENGTHS, *(minutes for minutes in brought if SHORTEST <= minutes <= LONGEST)})
        return [("", _("指定しない")), *((minutes, _length_words(minutes)) for minutes in lengths)]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("終わりの日は、始まりの日と同じか、それより後にしてください。"))
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("終わりの時刻は、始まりの時刻より後にしてください。"))
        elif {"opens", "closes", "least_minutes"} <= cleaned.keys():
            self._demand_room(cleaned["least_minutes"], minutes_between(opens, closes))
        self._demand_a_time()
        return cleaned

    def _demand_room(self, least: int | None, available: int) -> None:
        """Nothing fits into less time than is needed, also where that is only the length that was not chosen."""
        if least is None and not self.takes_time_together:
            return
        if (USUAL_LENGTH if least is None else least) <= available:
            return
        if available < min(LENGTHS):
            sentence = _(
                "「何時から」から「何時まで」が%(available)sしかありません。%(shortest)s以上になるように、時刻の幅を広げてください。"
            )
        elif least is None:
            sentence = _(
                "「何時から」から「何時まで」が%(available)sしかありません。長さを選ばないと1時間以上としてさがすので、日時の決まった相手が見つかりません。%(shortest)sのように収まる長さを選ぶか、時刻の幅を広げてください。"
            )
        else:
            sentence = _(
                "「何時から」から「何時まで」が%(available)sしかありません。続けて必要な長さを短くするか、時刻の幅を広げてください。"
            )
        words = {"available": length(available), "shortest": length(min(LENGTHS))}
        self.add_error("least_minutes", sentence % words)

    def _demand_a_time(self) -> None:
        """A length alone would be a window at any time, and widen the need by what was only not filled in."""
        times = [self.cleaned_data.get(name, "unread") for name in _TIMES]
        if self.cleaned_data.get("least_minutes") is not None and not any(times):
            sentence = _(
                "この行には長さしか入っていません。日付・曜日・時刻のどれかを入れるか、長さを「指定しない」に戻してください。"
            )
            self.add_error("least_minutes", sentence)


def _length_words(minutes: int) -> str:
    return bracketed(length(minutes), CALLED[minutes]) if minutes in CALLED else length(minutes)


LineRows = rows_of(LineForm, extra=1, most=12)
WindowRows = rows_of(WindowForm, extra=1, most=12)


class ListingForm(forms.Form):
    """All but the rows. 「※必須」 marks what publishing needs; a draft may lack it."""

    written = WRITTEN[Side.NEED]

    title = forms.PlainTextField(label=_("題名"), max_length=80)
    body = forms.PlainTextField(label=_("くわしく"), max_length=4000, rows=7)
    can_do = forms.PlainTextField(label=_("できること"), max_length=2000, rows=4)
    cannot_do = forms.PlainTextField(
        label=_("できないこと"),
        max_length=2000,
        rows=4,
        help_text=_("先に書いておくと、あとの行き違いを防げます。"),
    )
    answered_by = forms.PlainTextField(
        label=_("だれが答えるか"), max_length=80, help_text=_("例：公園緑地課 協働係")
    )
    answers_within_days = forms.AmountField(
        label=_("何営業日以内に答えるか"),
        maximum=60,
        units=("日", "営業日"),
        help_text=_("土日と祝日を除いた日数です。例：5"),
    )
    areas = TypedMultipleChoiceField(
        label=_("地域"),
        coerce=int,
        widget=CheckboxSelectMultiple,
        help_text=_("市内のどこでもよいときは、市だけを選んでください。"),
    )
    town = forms.PlainTextField(
        label=_("町名"),
        max_length=60,
        required=False,
        help_text=_("分かるときだけ。番地は書かないでください。例：浜町一丁目"),
    )
    conditions = MultipleChoiceField(label=_("条件"), widget=CheckboxSelectMultiple, required=False)
    wanted_kinds = MultipleChoiceField(
        label=_("どんな相手と"),
        choices=ActorKind.choices,
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("だれとでもよいときは、選ばなくてかまいません。"),
    )
    fields_ = TypedMultipleChoiceField(
        label=_("活動の分野"),
        coerce=int,
        choices=Field.choices,
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("近いものを3つくらいまで。選ぶと、合う相手が見つかりやすくなります。"),
    )
    visibility = ChoiceField(label=_("だれに見せるか"), choices=VISIBILITY_WORDS, widget=RadioSelect)
    expires_on = forms.JapaneseDateField(
        label=_("いつまで載せるか"),
        required=False,
        help_text=_("入れないときは、日時の最後の日まで（長くても半年）載せます。"),
    )
    version = IntegerField(widget=HiddenInput, min_value=1)
    page = CharField(widget=HiddenInput, required=False, max_length=32)

    def __init__(self, *args: Any, listing: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("page", secrets.token_hex(8))
        super().__init__(*args, **kwargs)
        self.written = WRITTEN[Side(listing.side)]
        guide = guide_for(listing.side, listing.template)
        self.fields["title"].help_text = str(guide.title_example)
        self.fields["body"].help_text = str(guide.body_hint)
        self._give_choices(listing)
        if listing.template != Template.MENU:
            for name in MENU_FIELDS:
                del self.fields[name]

    def _give_choices(self, listing: Any) -> None:
        """The town's areas and this side's conditions, and whatever an import brought besides."""
        areas = list(choosable_areas(listing.municipality).order_by("level", "code", "pk"))
        offered = {area.pk: area.name for area in areas}
        offered |= {area.pk: area.name for area in listing.areas.all() if area.pk not in offered}
        city = listing.municipality.area_id
        names = {
            pk: _("%(city)s全体") % {"city": name} if pk == city else name for pk, name in offered.items()
        }
        _offer(self, "areas", list(names.items()))
        words = CONDITION_WORDS[Side(listing.side)]
        more = [Condition(value) for value in listing.conditions if value not in words]
        _offer(self, "conditions", [*words.items(), *((value, value.label) for value in more)])

    def _clean_fields(self) -> None:
        """A draft may lack anything: `required` is only the mark that readers see."""
        marked = [field for field in self.fields.values() if field.required]
        for field in marked:
            field.required = False
        super()._clean_fields()  # type: ignore[misc]
        for field in marked:
            field.required = True

    def clean(self) -> dict[str, Any]:
        """Only what was sent: what a request leaves out stays as it is stored, above all who may see it."""
        cleaned = self.cleaned_data
        for name in list(cleaned):
            widget = self.fields[name].widget
            unsent = widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))
            if unsent or (name == "visibility" and not cleaned[name]):
                del cleaned[name]
        return cleaned


MENU_FIELDS = ("can_do", "cannot_do", "answered_by", "answers_within_days")


class WithdrawForm(forms.Form):
    """Every closing carries a reason."""

    reason = ChoiceField(label=_("取り下げる理由"), choices=WithdrawReason.choices, widget=RadioSelect)
    note = forms.PlainTextField(
        label=_("ひとこと"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_("よろしければ、次に役立つことを書いてください。"),
    )


class FulfilForm(forms.Form):
    """How it was solved, in a few words."""

    note = forms.PlainTextField(
        label=_("どのように決まりましたか"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_("例：桜台の集会所を貸していただけることになりました。"),
    )


class StartForm(forms.Form):
    """Whose listing, and what it starts from (one of the cards)."""

    actor = ChoiceField(label=_("どの団体として載せますか"), widget=RadioSelect)
    choice = ChoiceField(widget=HiddenInput)

    def __init__(self, *args: Any, actors: list[tuple[int, str]], choices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "actor", [(str(pk), name) for pk, name in actors])
        _offer(self, "choice", [(choice, choice) for choice in choices])
        if len(actors) == 1:
            self.fields["actor"].initial = str(actors[0][0])
            self.fields["actor"].widget = HiddenInput()
