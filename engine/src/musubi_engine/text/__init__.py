"""Japanese as people type it, made comparable: folding, terms and their hashes."""

from musubi_engine.text.folding import fold, normalise, unify
from musubi_engine.text.numerals import kanji_of, number_of
from musubi_engine.text.phrases import boundaries, holds_phrase, plain_forms
from musubi_engine.text.readings import reading_of
from musubi_engine.text.surface import surface_words
from musubi_engine.text.terms import TEXT_VERSION, char_terms, query_words, term_counts, term_hash

__all__ = [
    "TEXT_VERSION",
    "boundaries",
    "char_terms",
    "fold",
    "holds_phrase",
    "kanji_of",
    "normalise",
    "number_of",
    "plain_forms",
    "query_words",
    "reading_of",
    "surface_words",
    "term_counts",
    "term_hash",
    "unify",
]
