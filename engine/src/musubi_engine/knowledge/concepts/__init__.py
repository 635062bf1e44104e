"""Concepts of civic life, the words people write for them, and what can serve as what.

A need and an offer that fit seldom share a word: one asks for 「火が使える会場」, the other
has an 「調理室」. Each concept is what a coordinator of a Japanese intermediary centre reads in
many words; `CONCEPTS` are the shipped ones, and an installation adds its own.
"""

from typing import Final

from musubi_engine.knowledge.concepts.concept import ABOUT, CONCEPT_KINDS, Concept, ConceptError
from musubi_engine.knowledge.concepts.shipping import read_concepts, shipped_concepts
from musubi_engine.knowledge.concepts.table import ConceptTable

CONCEPTS: Final = shipped_concepts()

__all__ = [
    "ABOUT",
    "CONCEPTS",
    "CONCEPT_KINDS",
    "Concept",
    "ConceptError",
    "ConceptTable",
    "read_concepts",
    "shipped_concepts",
]
