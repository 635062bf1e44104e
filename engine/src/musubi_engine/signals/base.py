"""What every signal is: a name, how much of it a pair shows, and a sentence for a person."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from musubi_engine.types import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A need and an offer with the similarity of their wording (0..1).

    `today` lets credentials run out; without it all of them count.
    """

    need: Listing
    offer: Listing
    wording: float = 0.0
    today: date | None = None


class Signal(Protocol):
    """One kind of evidence, for or against a pair."""

    def value(self, pair: Pair, /) -> float:
        """How much of it the pair shows, 0 (nothing to say) to 1."""

    def sentence(self, pair: Pair, /) -> str:
        """The finding for a person; called only where the value is above 0.

        Empty where nothing true can be said in a few words; the score keeps the value.
        """
