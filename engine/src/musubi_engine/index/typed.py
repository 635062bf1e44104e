"""What a person typed into a search box: words, 「phrases」 and -words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from musubi_engine.text import boundaries, holds_phrase, query_words, term_hash, unify

_QUOTED = re.compile(r"(-?)[「『｢\"“”＂]([^「」『』｢｣\"“”＂]+)[」』｣\"“”＂]")
_MINUS = re.compile(r"(?<!\S)[-－−‐](?=[^\W_])")
MOST_ALTERNATIVES = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """`words` and `phrases` must occur, `phrases` letter by letter; what has one of `excluded` is left out."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def to_verify(self) -> tuple[str, ...]:
        """The phrases of which the index knows only that their pairs of letters occur somewhere."""
        return tuple(phrase for phrase in self.phrases if not boundaries(phrase).is_one_term)

    def holds(self, written: str, unified: str) -> bool:
        """Whether a text, in its two plain forms (`text.plain_forms`), has every phrase as it was quoted."""
        return all(holds_phrase(phrase, written, unified) for phrase in self.phrases)


def read_typed(text: str) -> Typed:
    """Split what was typed. A quotation mark without its other half is no quotation; words end at spaces."""
    phrases: list[str] = []
    excluded: list[str] = []

    def take(match: re.Match[str]) -> str:
        (excluded if match[1] else phrases).append(match[2].strip())
        return " "

    rest = _QUOTED.sub(take, text)
    words = []
    for word in rest.split():
        minus = _MINUS.match(word)
        if minus:
            excluded.append(word[minus.end() :])
        else:
            words.append(word)
    return Typed(
        tuple(words),
        tuple(phrase for phrase in phrases if phrase),
        tuple(word for word in excluded if word),
    )


def terms_of(word: str) -> tuple[int, ...]:
    """The terms a document must have to be found by a word, in order; empty if it asks for nothing."""
    return tuple(dict.fromkeys(term_hash(term) for terms in query_words(word) for term in terms))


def alternatives_of(word: str, synonyms: Mapping[str, Iterable[str]]) -> tuple[tuple[int, ...], ...]:
    """The terms of a word and of each of its synonyms, the word's own first; those without any are left out."""
    found = [terms_of(word), *(terms_of(other) for other in synonyms.get(unify(word), ()))]
    return tuple(dict.fromkeys(terms for terms in found[:MOST_ALTERNATIVES] if terms))


def unified_keys(synonyms: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """The same table under the spelling in which words are compared."""
    table: dict[str, tuple[str, ...]] = {}
    for word, others in synonyms.items():
        table[unify(word)] = (*table.get(unify(word), ()), *others)
    return table
