"""Furigana as the engine puts them over words."""

from musubi_engine.text.furigana import KANJI, FuriganaReader, Piece, pieces_of, plain_reading

__all__ = ["KANJI", "FuriganaReader", "Piece", "pieces_of", "plain_reading"]
