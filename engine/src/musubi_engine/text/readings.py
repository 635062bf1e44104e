"""How a text is read aloud, in hiragana, where the extra `words` (Sudachi) is installed."""

from functools import lru_cache

from musubi_engine.text.folding import normalise
from musubi_engine.text.sudachi import read_aloud, words_installed


@lru_cache(maxsize=1 << 14)
def reading_of(text: str) -> str:
    """The reading in hiragana; "" where it is not known: no dictionary, or a word it does not have."""
    if all(not "㐀" <= letter <= "鿿" for letter in text):
        return normalise(text)
    if not words_installed():
        return ""
    parts = read_aloud(text)
    return normalise("".join(parts)) if all(parts) else ""
