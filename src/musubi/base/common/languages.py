"""The three languages Musubi speaks: docs/adr/0010-three-locales.md."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True)
class Language:
    """One way to read Musubi: `code` is Django's, `tag` what a browser and a screen reader are told (BCP 47)."""

    code: str
    tag: str
    name: str


LANGUAGES = (
    Language("ja", "ja", "日本語"),
    # Its readers need a Japanese voice; a subtag of our own would take it from some screen readers.
    Language("ja-easy", "ja", "やさしい日本語"),
    Language("en", "en", "English"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
SOURCE = "ja"
"""What everybody shares (the index, a public draft, a kept note) is written in it, whoever pressed the button."""


def current_language() -> Language:
    """What this request, or this mail, is written in."""
    return BY_CODE.get(translation.get_language() or "", LANGUAGES[0])


def language_or_default(code: str) -> str:
    """The code where it is one of ours, else the source language."""
    return code if code in BY_CODE else SOURCE


@contextmanager
def written_in(code: str) -> Iterator[None]:
    """Within this block, or the function it decorates, words are looked up for a reader of this language."""
    with translation.override(language_or_default(code)):
        yield


def first_guess(accepted: str) -> str:
    """Japanese or English, by what a browser accepts (the header `Accept-Language`); Japanese in doubt.

    やさしい日本語 is never guessed: no browser says it, and nobody should be taken for a beginner.
    """
    for tag, _quality in parse_accept_lang_header(accepted):
        main = tag.partition("-")[0]
        if main in ("ja", "en"):
            return main
    return SOURCE
