"""From a recipe to the first lines of a need: ticked, changed, left out."""

from collections.abc import Mapping
from typing import Any

from django.forms import BooleanField, CharField, ChoiceField, HiddenInput, RadioSelect
from django.utils.translation import gettext_lazy as _

from musubi.base.common.joining import bracketed, labelled
from musubi.base.knowledge.words import recipe_text
from musubi.flow.listings.enums import Resource
from musubi.flow.listings.services import LineValue
from musubi.flow.listings.words import amount_at_length, unit_word
from musubi.web.design import forms

MOST_LINES = 12


class WishForm(forms.Form):
    """What somebody would like to begin, in a sentence."""

    words = forms.PlainTextField(
        label=_("何を始めたいですか"),
        max_length=200,
        required=False,
        help_text=_("思いついたままの言葉で、短くてかまいません。例：子ども食堂を始めたい"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "wish_%s")  # beside the draft's form, which has words too
        super().__init__(*args, **kwargs)


class BeginForm(forms.Form):
    """Whose need, and what it is called."""

    written = forms.Written(forms.Kind.NEED, title=forms.Part.TITLE)

    actor = ChoiceField(label=_("どの団体として載せますか"), widget=RadioSelect)
    title = forms.PlainTextField(label=_("題名"), max_length=80, required=False)
    recipe = CharField(widget=HiddenInput, required=False, max_length=60)
    words = CharField(widget=HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, actors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.fields["actor"]
        assert isinstance(actor, ChoiceField)
        actor.choices = [(str(pk), name) for pk, name in actors]
        if len(actors) == 1:
            actor.initial = str(actors[0][0])
            actor.widget = HiddenInput()


class IngredientForm(forms.Form):
    """One thing that a recipe proposes."""

    written = forms.Written(forms.Kind.OTHER, what=forms.Part.LINE)

    take = BooleanField(required=False)
    what = forms.PlainTextField(label=_("なにを"), max_length=120, required=False)
    amount = forms.AmountField(label=_("どれだけ"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, need: Any, prefix: str) -> None:
        self.need = need
        initial = {"take": need.usually, "what": need.what, "amount": need.amount}
        super().__init__(data, initial=initial, prefix=prefix)
        label = Resource(need.resource).label
        usual = amount_at_length(need.amount, need.unit)
        self.row_name = label
        self.why = recipe_text(need.reason)
        self.legend = bracketed(labelled(label, recipe_text(need.what)), usual)
        self.fields["take"].label = _("書きこむ") if need.usually else _("書きこむ（なくても始められます）")
        if need.unit is None:
            del self.fields["amount"]
        else:
            self.fields["amount"].label = _("どれだけ（%(unit)s）") % {"unit": unit_word(need.unit)}

    def line(self) -> LineValue | None:
        """The line of the need, if it was ticked and says anything."""
        typed = self.cleaned_data
        if not typed.get("take"):
            return None
        amount = typed.get("amount")
        return LineValue(
            resource=self.need.resource,
            what=typed.get("what") or self.need.what,
            amount=amount,
            unit=self.need.unit if amount is not None else "",
        )


def ingredient_forms(recipe: Any, data: Mapping[str, Any] | None) -> list[IngredientForm]:
    """One form for each thing that the recipe takes, as many as a need has lines."""
    return [
        IngredientForm(data, need=need, prefix=f"take-{number}")
        for number, need in enumerate(recipe.needs[:MOST_LINES])
    ]
