"""The form on which somebody says which dates suit; with an account, without, or typed in by staff."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.actors.models import Actor
from musubi.flow.cases.enums import Mark
from musubi.flow.cases.models import DateAnswer, DateOption, PreMeeting
from musubi.flow.cases.permissions import can_enter_answers
from musubi.flow.cases.queries import answers_of, dates_of, parties_of, parties_of_person
from musubi.web.design.forms import Form, PlainTextField
from musubi.web.design.wording import moment

NOBODY = "other"
WAYS = [(way.value, way.label) for way in Source if way not in (Source.WEB, Source.IMPORT)]


class DatesForm(Form):
    """A name, for whom it counts, a mark for every date, a word."""

    name = PlainTextField(
        label=_("お名前"),
        max_length=60,
        help_text=_("苗字だけでもかまいません。このページの案内を受け取った人に見えます。"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    actor = forms.ChoiceField(label=_("どの団体の方ですか"), widget=forms.RadioSelect)
    words = PlainTextField(
        label=_("ひとこと"), max_length=200, required=False, help_text=_("例：20日は18時からなら行けます。")
    )

    def __init__(
        self, *args: Any, options: list[DateOption], actors: list[Actor], open_to_others: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.actors = {str(actor.pk): actor for actor in actors}
        choices = [(key, actor.name) for key, actor in self.actors.items()]
        if open_to_others:
            choices.append((NOBODY, str(_("そのほか・わからない"))))
        actor = self.fields["actor"]
        assert isinstance(actor, forms.ChoiceField)
        actor.choices = choices
        if len(choices) < 2:
            del self.fields["actor"]
        self.options = {f"mark_{option.pk}": option for option in options}
        for name, option in self.options.items():
            self.fields[name] = forms.ChoiceField(
                label=moment(option.starts_at), choices=Mark.choices, widget=forms.RadioSelect
            )
        self.order_fields(["source", "name", "actor", *self.options, "words"])

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values under the names of the service."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "words": cleaned["words"],
            "actor": self.actors.get(cleaned.get("actor", "")),
            "marks": {option.pk: cleaned[name] for name, option in self.options.items()},
        }


class EnterDatesForm(DatesForm):
    """For staff: also how it was told."""

    source = forms.ChoiceField(label=_("どのように聞きましたか"), choices=WAYS, widget=forms.RadioSelect)


def dates_arguments(
    meeting: PreMeeting, user: Any, answer: DateAnswer | None, *, told: bool = False
) -> dict[str, Any]:
    """What the form is made of: whose party may be named, and what was answered before."""
    parties = [party.actor for party in parties_of(meeting.case)]
    by_address = told or (answer is not None and not answer.user_id)
    own = [] if by_address else parties_of_person(user, meeting.case)
    of_staff = not by_address and not own and bool(can_enter_answers(user, meeting))
    arguments = {
        "options": list(meeting.options.all()),
        "actors": own or ([] if of_staff else parties),
        "open_to_others": not own and not of_staff,
    }
    if answer is None:
        return arguments | {"initial": {"name": user.name if user.is_authenticated and not told else ""}}
    initial = {"name": answer.name, "words": answer.words, "actor": str(answer.actor_id or NOBODY)}
    marks = {f"mark_{mark.option_id}": mark.mark for mark in answer.marks.all()}
    return arguments | {"initial": initial | marks}


def dates_table(meeting: PreMeeting) -> dict[str, Any]:
    """The dates, the best first, and who answered what: for `public/meetings/answers.html`."""
    return {"dates": dates_of(meeting, now=timezone.now()), "answers": answers_of(meeting)}
