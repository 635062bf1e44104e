"""What is typed into a project: its dates and its end, the team, tasks and news."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms as django
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Visibility
from musubi.flow.listings.enums import NOT_USED_UP
from musubi.flow.listings.words import amount_and_name
from musubi.flow.projects.enums import PartnerRole, StopReason
from musubi.flow.projects.services import PICTURES, NewPicture
from musubi.web.design import forms

if TYPE_CHECKING:
    from musubi.flow.projects.models import Allotment, Partner

ROLE_WORDS = (
    (PartnerRole.LEAD, _("中心になる：みんなをまとめ、始まりと終わりを決める")),
    (PartnerRole.PARTNER, _("いっしょに行う：受け持ちを決めて、いっしょに動く")),
    (PartnerRole.SUPPORTER, _("支える：物や場所、知恵などで助ける")),
)
BACK, SPENT = "return", "use_up"
OPEN_AT_ONCE = 2
AS_STAFF = "staff"


class StartForm(forms.Form):
    written = forms.Written(forms.Kind.PROJECT, title=forms.Part.TITLE)
    title = forms.PlainTextField(
        label=_("プロジェクトの名前"),
        max_length=120,
        help_text=_("みんなに分かる短い名前にしてください。例：浜町夏祭り2027"),
    )


class EndForm(forms.Form):
    """How it ended, and what becomes of each thing that is still in use."""

    written = forms.Written(forms.Kind.PROJECT, result=forms.Part.TEXT)

    result = forms.PlainTextField(
        label=_("どうなりましたか"),
        max_length=2000,
        rows=5,
        help_text=_(
            "2〜3文で書いてください。例：夏祭りを開き、約300人が来ました。いすは足りました。プロジェクトのページに載ります。"
        ),
    )

    def __init__(self, *args: Any, allotments: "Sequence[Allotment]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allotments = allotments
        for row in self.may_be_used_up:
            self.fields[f"used_{row.pk}"] = django.ChoiceField(
                label=gettext("%(what)s（%(actor)sから）")
                % {"what": amount_and_name(row), "actor": row.listing.actor.name},
                choices=[(BACK, _("返す")), (SPENT, _("使い切った（返さない）"))],
                initial=BACK,
                widget=django.RadioSelect,
            )

    @property
    def may_be_used_up(self) -> "list[Allotment]":
        """A room or a word of support does not grow less by being used: it is not asked about."""
        return [row for row in self.allotments if row.resource not in NOT_USED_UP]

    @property
    def used_up(self) -> list[int]:
        return [row.pk for row in self.may_be_used_up if self.cleaned_data[f"used_{row.pk}"] == SPENT]


class StopForm(EndForm):
    reason = django.ChoiceField(
        label=_("中止する理由"), choices=StopReason.choices, widget=django.RadioSelect
    )
    field_order = ("reason", "result")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].label = _("くわしく")
        self.fields["result"].help_text = _(
            "なぜ中止するかを、2〜3文で書いてください。プロジェクトのページに載ります。"
        )


class DatesForm(forms.Form):
    ends_on = forms.JapaneseDateField(label=_("終わりの日"))
    review_on = forms.JapaneseDateField(
        label=_("見直しの日"),
        help_text=_(
            "うまくいっているかを、みんなで話す日です。始まりの日から、終わりの日の3か月後までの間にしてください。"
        ),
    )


class ReviewForm(forms.Form):
    note = forms.PlainTextField(
        label=_("話し合って分かったこと"),
        max_length=1900,
        rows=6,
        help_text=_(
            "うまくいっていること、困っていること、変えること。チームの人、コーディネーター、市の担当だけが読めます。"
        ),
    )
    review_on = forms.JapaneseDateField(label=_("次の見直しの日"))


class PartnerForm(forms.Form):
    written = forms.Written(forms.Kind.PROJECT, name=forms.Part.NAME, does=forms.Part.TEXT)
    name = forms.PlainTextField(
        label=_("団体・個人の名前"),
        max_length=120,
        help_text=_("Musubi に登録してある団体は、登録してある名前を、そのまま入れてください。"),
    )
    role = django.ChoiceField(
        label=_("役割"), choices=ROLE_WORDS, initial=PartnerRole.PARTNER, widget=django.RadioSelect
    )
    does = forms.PlainTextField(
        label=_("すること"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("例：当日の受付と会場の案内"),
    )


class RoleForm(forms.Form):
    role = django.ChoiceField(label=_("役割"), choices=ROLE_WORDS, widget=django.RadioSelect)


class LeaveForm(forms.Form):
    note = forms.PlainTextField(
        label=_("チームの人に伝えること"),
        max_length=500,
        rows=3,
        help_text=_("抜ける理由と、引き継ぎがあればそのことを書いてください。"),
    )


class TaskForm(forms.Form):
    what = forms.PlainTextField(
        label=_("やること"), max_length=200, help_text=_("例：いす40脚を集会所まで運ぶ")
    )
    partner = django.ChoiceField(label=_("だれが"))
    due_on = forms.JapaneseDateField(label=_("いつまでに"))

    def __init__(self, *args: Any, team: "Sequence[Partner]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(row.pk), str(row)) for row in team]
        self.fields["partner"].choices = [("", _("選んでください")), *names]  # type: ignore[attr-defined]


class UpdateForm(forms.Form):
    """News with up to six pictures, each with its words; in whose name is asked of whom it may be several."""

    written = forms.Written(forms.Kind.PROJECT, text=forms.Part.TEXT, alt_=forms.Part.PICTURE)

    text = forms.PlainTextField(
        label=_("近況"),
        max_length=2000,
        rows=6,
        help_text=_("どこまで進んだか、何があったかを書いてください。"),
    )
    partner = django.ChoiceField(label=_("だれの名前で載せますか"))
    visibility = django.ChoiceField(
        label=_("だれに見せるか"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        widget=django.RadioSelect,
        help_text=_("チームの人は、どれを選んでも読めます。"),
    )

    def __init__(self, *args: Any, own: "Sequence[Partner]", is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = [(str(row.pk), str(row)) for row in own]
        if is_staff:
            writers.append((AS_STAFF, gettext("コーディネーターとして")))
        if len(writers) > 1:
            self.fields["partner"].choices = writers  # type: ignore[attr-defined]
        else:
            del self.fields["partner"]
        for number in range(1, PICTURES + 1):
            names = {"number": number}
            self.fields[f"picture_{number}"] = django.FileField(
                label=gettext("写真%(number)d") % names,
                required=False,
                widget=django.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp,image/heic"}),
            )
            self.fields[f"alt_{number}"] = forms.PlainTextField(
                label=gettext("写真%(number)dに写っているもの") % names,
                max_length=200,
                required=False,
                help_text=gettext(
                    "例：公園で花を植える子どもと大人。写っている人の名前は書かないでください。"
                ),
            )

    def _pairs(self, first: int, last: int) -> list[tuple[Any, Any]]:
        return [(self[f"picture_{n}"], self[f"alt_{n}"]) for n in range(first, last + 1)]

    @property
    def first_pictures(self) -> list[tuple[Any, Any]]:
        """The boxes that stand open."""
        return self._pairs(1, OPEN_AT_ONCE)

    @property
    def more_pictures(self) -> list[tuple[Any, Any]]:
        """The boxes that are folded away."""
        return self._pairs(OPEN_AT_ONCE + 1, PICTURES)

    @property
    def more_are_wrong(self) -> bool:
        """Whether something was typed into the folded ones or is wrong with them."""
        return any(picture.errors or alt.errors or alt.value() for picture, alt in self.more_pictures)

    def clean(self) -> dict[str, Any]:
        """Words for a picture without the picture are never dropped in silence."""
        for number in range(1, PICTURES + 1):
            name = f"picture_{number}"
            words = self.cleaned_data.get(f"alt_{number}")
            if words and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(
                    name, gettext("写真を選んでください。写真を載せないときは、下の説明を消してください。")
                )
        return self.cleaned_data

    def ask_pictures_again(self) -> None:
        """Browsers forget chosen files when a page comes back: each such field says so."""
        for number in range(1, PICTURES + 1):
            name = f"picture_{number}"
            if self.files.get(name) and name not in self.errors:
                self.add_error(name, gettext("写真は、もう一度選んでください。文字は残っています。"))

    @property
    def pictures(self) -> list[NewPicture]:
        return [
            NewPicture(upload, self.cleaned_data[f"alt_{number}"])
            for number in range(1, PICTURES + 1)
            if (upload := self.cleaned_data[f"picture_{number}"])
        ]

    def field_of(self, picture: int, *, words: bool) -> str:
        """The name of the field of the picture that was the so-manieth sent, from 0."""
        sent = [number for number in range(1, PICTURES + 1) if self.cleaned_data[f"picture_{number}"]]
        return f"{'alt' if words else 'picture'}_{sent[min(picture, len(sent) - 1)]}"
