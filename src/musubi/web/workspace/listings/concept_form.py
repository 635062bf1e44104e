"""What a listing is found to speak of, shown to its author as tags to take off or put on."""

from dataclasses import replace
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    HiddenInput,
    MultipleChoiceField,
    MultipleHiddenInput,
)
from django.utils.translation import gettext_lazy as _

from musubi.base.knowledge.enums import ConceptKind
from musubi.base.knowledge.queries import concept_reader
from musubi.base.knowledge.words import topic
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import Content, found_concepts
from musubi.web.design import forms


class ConceptForm(forms.Form):
    """Tags found at the last saving, and all others folded away; what a request leaves out stays as stored."""

    concepts = MultipleChoiceField(
        label=_("読み取ったことがら"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("合う相手を探す手がかりです。ちがうものは、印を外してください。"),
    )
    more_concepts = MultipleChoiceField(
        label=_("足したいことがら"), widget=CheckboxSelectMultiple, required=False
    )
    concepts_shown = MultipleChoiceField(widget=MultipleHiddenInput, required=False)
    concepts_sent = CharField(widget=HiddenInput, required=False)

    def __init__(self, data: Any, *, listing: Listing, stored: Content) -> None:
        self.listing, self.stored = listing, stored
        self.is_adding = data is not None and bool(data.getlist("more_concepts"))
        known = concept_reader(listing.municipality_id).known
        names = {name for name, _kind in known}
        self.found = found_concepts(listing, stored)
        added, removed = set(stored.concepts_added), set(stored.concepts_removed)
        shown = names & (self.found | added | removed)
        if data is not None and "concepts_sent" in data:
            shown = names & set(data.getlist("concepts_shown"))
        first = sorted(shown & ((self.found - removed) | added))
        super().__init__(
            data, initial={"concepts": first, "concepts_shown": sorted(shown), "concepts_sent": "1"}
        )
        self.has_shown = bool(shown)
        self._offer("concepts", [(name, topic(name)) for name, _kind in known if name in shown])
        self._offer("concepts_shown", [(name, name) for name in sorted(names)])
        self._offer(
            "more_concepts",
            [
                (kind.label, [(name, topic(name)) for name, of in known if of == kind and name not in shown])
                for kind in ConceptKind
            ],
        )

    @property
    def is_sent(self) -> bool:
        return self.is_bound and "concepts_sent" in self.data

    def corrected(self, content: Content) -> Content:
        """The content with what was ticked and unticked."""
        if not self.is_sent or not self.is_valid():
            return content
        shown, ticked, more = (
            set(self.cleaned_data[name]) for name in ("concepts_shown", "concepts", "more_concepts")
        )
        added, removed = set(self.stored.concepts_added), set(self.stored.concepts_removed)
        # What was taken off and is ticked again, though the words no longer say it, is put on by a person.
        again = (ticked & removed) - found_concepts(self.listing, content)
        taken_off = (shown - ticked) - (added - self.found)
        return replace(
            content,
            concepts_added=tuple(sorted((added & ticked) | more | again)),
            concepts_removed=tuple(sorted(taken_off - more)),
        )

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, MultipleChoiceField)
        field.choices = choices
