"""What a concept is: a name for what people write in many words, and how it is related to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Kind → what it is called for people; the first three say what a listing is about, the others
# what is handed over, lent or done.
CONCEPT_KINDS: Final = {
    "theme": "テーマ",
    "audience": "対象",
    "occasion": "機会",
    "place": "場所・設備",
    "goods": "物",
    "skill": "技・資格",
    "hands": "手",
    "support": "支え",
}
ABOUT: Final = frozenset({"theme", "audience", "occasion"})
# As which resources a concept of each kind is asked for and given, unless its own line says so.
RESOURCES_OF_KIND: Final[Mapping[str, frozenset[str]]] = {
    "place": frozenset({"place", "partner"}),
    "goods": frozenset({"goods"}),
    "skill": frozenset({"expertise", "people"}),
    "hands": frozenset({"people", "expertise", "partner"}),
    "support": frozenset({"partner"}),
}


class ConceptError(ValueError):
    """A table of concepts that does not hold together; the sentence names the concept and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept of civic life.

    `name` is its identity (unique, Japanese, shown to people), `kind` a key of `CONCEPT_KINDS`,
    `words` what people write for it. `broader` names the concepts it is a part of (認知症 →
    高齢者), `serves` those it can serve as or be used for (調理場 → 子どもの食と居場所).
    `tells` (0..1) is how much two listings that share it have in common: a word for any child or
    any room tells less than one for dementia. `resources` are those as which it is asked for and
    given where its kind alone does not say so. `reason` says why the line is as it is.
    """

    name: str
    kind: str
    words: tuple[str, ...]
    broader: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    tells: float = 1.0
    resources: tuple[str, ...] = ()
    reason: str

    @property
    def given_as(self) -> frozenset[str]:
        """The resources as which it is asked for and given; empty for what a listing is about."""
        return frozenset(self.resources) or RESOURCES_OF_KIND.get(self.kind, frozenset())
