"""What a concept is: a name for what people write in many words, and how it is related to others."""

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


class ConceptError(ValueError):
    """A table of concepts that does not hold together; the sentence names the concept and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept of civic life.

    `name` is its identity (unique, Japanese, shown to people), `kind` a key of `CONCEPT_KINDS`,
    `words` what people write for it. `broader` names the concepts it is a part of (認知症 →
    高齢者), `serves` those it can serve as or be used for (調理場 → 子どもの食と居場所).
    `reason` says why the line is as it is.
    """

    name: str
    kind: str
    words: tuple[str, ...]
    broader: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    reason: str
