"""What every signal is: a name, how much of it a pair shows, and a sentence for a person."""

from datetime import date
from typing import Protocol

from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.readings import Reading, likeness, read
from musubi_engine.telling import Sentence
from musubi_engine.types import Listing

_WORDING = 0.75
_ONLY_WIDER = 0.5
_THEME = 0.65


class Pair:
    """A need and an offer, read, with the similarity of their wording (0..1).

    `meaning` is the similarity (0..1) of vectors, where an installation uses them. `today` lets
    credentials run out; without it all of them count.
    """

    __slots__ = ("_nearness", "_theme", "_wording", "given", "meaning", "need", "offer", "shared", "today", "wanted", "wording")  # fmt: skip

    def __init__(
        self,
        *,
        need: Listing,
        offer: Listing,
        wording: float = 0.0,
        meaning: float = 0.0,
        today: date | None = None,
        knowledge: Knowledge = SHIPPED,
        wanted: Reading | None = None,
        given: Reading | None = None,
    ) -> None:
        """`wanted` and `given` are the two as read before, so that many pairs read them once."""
        self.need, self.offer = need, offer
        self.wording, self.meaning, self.today = wording, meaning, today
        self.wanted = wanted if wanted is not None else read(need, knowledge)
        self.given = given if given is not None else read(offer, knowledge)
        self.shared = self.wanted.resources & self.given.resources
        self._theme: float | None = None
        self._wording: float | None = None
        self._nearness: float | None = None

    @property
    def theme(self) -> float:
        """How far they are about the same, 0..1: half by all they say, half by their titles.

        Where no concept is shared, half of how far something broader is (認知症 and 介護予防, both of 高齢者).
        """
        if self._theme is None:
            wanted, given = self.wanted.profile, self.given.profile
            if wanted.about.names.keys().isdisjoint(given.about.names):
                self._theme = _ONLY_WIDER * wanted.about_wider.likeness(given.about_wider)
            else:
                self._theme = likeness(wanted.about, wanted.about_title, given.about, given.about_title)
        return self._theme

    @property
    def likeness(self) -> float:
        """The wording as a part of that of a very close pair, 0..1; half without a whole word in common."""
        if self._wording is None:
            share = min(1.0, max(0.0, self.wording) / FULL_WORDING)
            alike = not self.wanted.text.whole.isdisjoint(self.given.text.whole)
            self._wording = share if alike else share * _NO_WORD
        return self._wording

    @property
    def nearness(self) -> float:
        """How near they are in subject, 0..1: what cautions take a part of.

        A commercial offer of something else is already far down; one of the very thing is where
        a caution matters.
        """
        if self._nearness is None:
            self._nearness = min(1.0, _WORDING * self.likeness + _THEME * self.theme)
        return self._nearness


# The share of its own wording that a need finds again in a very close offer; beyond it more
# agreement means a copy rather than a better fit.
FULL_WORDING = 0.3
# What a likeness of mere characters keeps of it: no whole word can be named for it.
_NO_WORD = 0.5


class Signal(Protocol):
    """One kind of evidence, for or against a pair."""

    def value(self, pair: Pair, /) -> float:
        """How much of it the pair shows, 0 (nothing to say) to 1."""

    def sentence(self, pair: Pair, /) -> Sentence:
        """The finding for a person; called only where the value is above 0.

        Empty (`NOTHING`) where nothing true can be said in a few words; the score keeps the value.
        """
