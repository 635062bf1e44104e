"""How a text is read aloud, in hiragana, where the extra `words` (Sudachi) is installed."""

from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from musubi_engine.text.folding import normalise


@cache
def _tokenizer() -> Any:
    """Sudachi with its dictionary (about 70 MB mapped from the disk, loaded when first asked), or None."""
    try:
        dictionary = import_module("sudachipy").Dictionary()
    except ImportError:
        return None
    return dictionary.tokenizer() if hasattr(dictionary, "tokenizer") else dictionary.create()


@lru_cache(maxsize=1 << 14)
def reading_of(text: str) -> str:
    """The reading in hiragana; "" where it is not known: no dictionary, or a word it does not have."""
    if all(not "㐀" <= letter <= "鿿" for letter in text):
        return normalise(text)
    tokenizer = _tokenizer()
    if tokenizer is None:
        return ""
    parts = [morpheme.reading_form() for morpheme in tokenizer.tokenize(text)]
    return normalise("".join(parts)) if all(parts) else ""
