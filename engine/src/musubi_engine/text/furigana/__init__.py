"""Furigana: over which letters of a text which reading stands."""

from musubi_engine.text.furigana.align import KANJI, Piece, pieces_of, plain_reading
from musubi_engine.text.furigana.reader import FuriganaReader

__all__ = ["KANJI", "FuriganaReader", "Piece", "pieces_of", "plain_reading"]
