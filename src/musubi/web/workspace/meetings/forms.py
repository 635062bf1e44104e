"""Calling a meeting, its dates, and what was decided in it."""

import datetime as dt
from typing import Any

from django.forms import ChoiceField, TypedChoiceField, URLField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from musubi.flow.actors.models import Actor
from musubi.web.design import forms
from musubi.web.design.rows import rows_of
from musubi.web.shared.agendas import AGENDAS

LENGTHS = (
    (30, _("30分")),
    (60, _("1時間")),
    (90, _("1時間半")),
    (120, _("2時間")),
    (180, _("3時間")),
    (240, _("4時間")),
)
COORDINATOR = "coordinator"
FARTHEST = dt.timedelta(days=366)


class DateRow(forms.Form):
    """One date that is asked about."""

    on = forms.JapaneseDateField(label=pgettext_lazy("a date", "日"))
    at = forms.JapaneseTimeField(label=_("始まる時刻"), help_text=_("例：13:30、午後6時"))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("on") and cleaned.get("at"):
            moment = timezone.make_aware(dt.datetime.combine(cleaned["on"], cleaned["at"]))
            if moment <= timezone.now():
                self.add_error("on", _("過ぎた日時です。これからの日時にしてください。"))
            elif moment > timezone.now() + FARTHEST:
                self.add_error("on", _("1年より先の日時です。年を確かめてください。"))
            cleaned["starts_at"] = moment
        return cleaned


DateRows = rows_of(DateRow, extra=3, most=10)


class AnswerByForm(forms.Form):
    """Until when an answer is wanted."""

    answer_by = forms.JapaneseDateField(
        label=_("いつまでに答えてほしいか"),
        required=False,
        help_text=_("急がないときは、空けておいてください。"),
    )

    def clean_answer_by(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["answer_by"]
        if day is not None and day < timezone.localdate():
            self.add_error("answer_by", _("過ぎた日です。今日か、それより後の日にしてください。"))
        return day


class MeetingForm(AnswerByForm):
    """All but the dates; the agenda may be begun from a template."""

    minutes = TypedChoiceField(label=_("長さ"), choices=LENGTHS, coerce=int, initial=60)
    place = forms.PlainTextField(
        label=_("場所"),
        max_length=200,
        required=False,
        help_text=_(
            "集まるとき。例：浜町集会所 2階。決まっていないときは「相談して決めます」と書いてください。"
        ),
    )
    online_url = URLField(
        label=_("オンラインの入口（URL）"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("画面ごしのとき。「https://」で始まる住所です。日時が決まると、参加する人に見えます。"),
        error_messages={"invalid": _("「https://」で始まる住所を、そのまま貼り付けてください。")},
    )
    template = ChoiceField(
        label=_("話すことのひな形"),
        choices=[(key, agenda.label) for key, agenda in AGENDAS.items()],
        required=False,
    )
    agenda = forms.PlainTextField(
        label=_("話すこと"),
        max_length=4000,
        rows=10,
        required=False,
        help_text=_("ひな形から始めて、自由に直せます。"),
    )
    field_order = ("minutes", "place", "online_url", "answer_by", "template", "agenda")

    def clean_online_url(self) -> str:
        url = str(self.cleaned_data["online_url"])
        if url and not url.startswith(("http://", "https://")):
            self.add_error("online_url", _("「https://」で始まる住所を、そのまま貼り付けてください。"))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not cleaned.get("place") and not cleaned.get("online_url") and "online_url" not in self.errors:
            self.add_error("place", _("場所か、オンラインの入口のどちらかを入れてください。"))
        return cleaned


class CancelForm(forms.Form):
    """Why it does not take place, for everybody."""

    words = forms.PlainTextField(
        label=_("みなさんへのひとこと"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_("例：会場が使えなくなりました。来週、あらためて日程をうかがいます。"),
    )


class RecordForm(forms.Form):
    """What was said."""

    notes = forms.PlainTextField(
        label=_("話したこと"),
        max_length=8000,
        rows=10,
        required=False,
        help_text=_("出た意見、決まったこと、まだ決まっていないこと。この案件に参加している人が読みます。"),
    )


class ActionRow(forms.Form):
    """Who does what until when."""

    what = forms.PlainTextField(
        label=_("すること"), max_length=200, help_text=_("例：会場を仮予約して、全員に知らせる")
    )
    who = ChoiceField(label=_("だれが"))
    due_on = forms.JapaneseDateField(label=_("いつまでに"))

    def __init__(self, *args: Any, actors: list[Actor], earliest: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actors, self.earliest = {str(actor.pk): actor for actor in actors}, earliest
        who = self.fields["who"]
        assert isinstance(who, ChoiceField)
        who.choices = [
            ("", _("選んでください")),
            *((key, actor.name) for key, actor in self.actors.items()),
            (COORDINATOR, _("コーディネーター")),
        ]

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < self.earliest:
            self.add_error("due_on", _("打ち合わせの日より前になっています。期限の日を確かめてください。"))
        return day

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["actor"] = self.actors.get(self.cleaned_data.get("who", ""))
        return self.cleaned_data


ActionRows = rows_of(ActionRow, extra=1, most=20)
