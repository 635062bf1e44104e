"""Words for 「もしかして」: those of the town's own texts, and those of the engine's tables."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from musubi.base.index.models import Vocabulary
from musubi_engine.index import Lexicon, Word
from musubi_engine.knowledge.concepts import CONCEPTS
from musubi_engine.knowledge.cookbook import shipped_recipes
from musubi_engine.text import reading_of

_COLUMN = "\t"


def packed_words(counts: Mapping[str, int]) -> str:
    """Words with how many documents have them, and with their readings where these can be told."""
    return "\n".join(_COLUMN.join([word, reading_of(word), str(n)]) for word, n in counts.items())


def lexicon_of(partitions: Sequence[int], others: Iterable[str] = ()) -> Lexicon:
    """The words of these partitions, of the recipes and concepts, and others (an office's synonyms)."""
    tokens = Vocabulary.objects.filter(partition__in=partitions).order_by("partition").values_list("token")
    return _lexicon(tuple(token for (token,) in tokens), tuple(others))


@lru_cache(maxsize=8)
def _lexicon(tokens: tuple[int, ...], others: tuple[str, ...]) -> Lexicon:
    rows = Vocabulary.objects.filter(token__in=tokens).order_by("partition").values_list("words", flat=True)
    own = [_word(line) for row in rows for line in row.split("\n") if line]
    return Lexicon.of([*own, *_shipped(), *(Word(word, reading_of(word)) for word in others)])


def _word(line: str) -> Word:
    surface, reading, count = line.split(_COLUMN)
    return Word(surface, reading, int(count))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Word, ...]:
    recipes = (word for recipe in shipped_recipes() for word in (recipe.name, *recipe.words))
    about = (word for concept in CONCEPTS if concept.name in CONCEPTS.about for word in concept.words)
    return tuple(Word(word, reading_of(word)) for word in dict.fromkeys((*recipes, *about)))
