"""All that can be said about one text, the most important first, a few at a time."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Final

from .characters import find_pictograms, find_rare_kanji, find_signs
from .kinds import LOOKED_AT, Kind, Part, Question
from .missing import find_missing
from .personal import find_addresses, find_mails, find_people, find_phones, without_addresses
from .pictures import find_empty_words
from .saying import Advice
from .sentences import find_double_negatives, find_long_sentences, find_much_kanji
from .words import find_katakana

MOST: Final = 5
MOST_OF_A_RULE: Final = 2
LONGEST: Final = 6000


def advise(
    text: str,
    *,
    kind: Kind,
    part: Part,
    asked: Collection[Question] = (),
    beside: str = "",
    title: str = "",
) -> list[Advice]:
    """At most five advices about a text as it stands in public, the most important first; none is an error.

    `asked`: questions for which the form has fields of its own; `beside`: what stands with the text and may answer
    them; `title`: what a picture's words should not only repeat.
    """
    text = text[:LONGEST]
    wanted = LOOKED_AT[part]
    found = _look(without_addresses(text), text, kind, asked, beside, title)
    return most_important(advice for advice in found if advice.rule in wanted)


def most_important(found: Iterable[Advice], most: int = MOST) -> list[Advice]:
    """The first few by weight, and of no rule more than two."""
    of_rule: Counter[str] = Counter()
    kept: list[Advice] = []
    for advice in sorted(found, key=lambda advice: advice.weight):
        of_rule[advice.rule] += 1
        if of_rule[advice.rule] <= MOST_OF_A_RULE and len(kept) < most:
            kept.append(advice)
    return kept


def _look(
    text: str, whole: str, kind: Kind, asked: Collection[Question], beside: str, title: str
) -> Iterator[Advice]:
    return chain(
        find_phones(text),
        find_mails(text),
        find_addresses(text),
        find_people(text),
        find_empty_words(whole, title),
        find_missing(whole, beside, kind, asked),
        find_double_negatives(text),
        find_long_sentences(text),
        find_katakana(text),
        find_signs(text),
        find_pictograms(text),
        find_rare_kanji(text),
        find_much_kanji(text),
    )
