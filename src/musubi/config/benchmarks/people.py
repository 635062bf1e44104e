"""Search for people beyond words: counts of facets, phrases, 「もしかして」, and what is like a text being typed."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from musubi.base.accounts.models import User
from musubi.base.index import queries as index
from musubi.base.index.services import refresh_words
from musubi.base.places.models import Municipality
from musubi.flow.actors.queries import facets_of_reach, forget_standing
from musubi.flow.listings.enums import Side
from musubi.flow.listings.queries import matchable
from musubi.web.public.search.asked import asked_of
from musubi.web.public.search.facets import counted_groups
from musubi.web.public.search.finding import completions, meant
from musubi.web.shared.similar import similar_for

from .pages import WORDS, coordinator_of
from .timing import Timing, timed, timed_once

TEXTS = 100
PHRASES = ("「こども食堂」", "「防災訓練」", "「送迎ボランティア」", "「スマホ教室」", "「長机を」")
MISSPELT = ("こども職堂", "ボランテァ", "防際訓練", "こうえんせいそう", "夏祭りの人出", "スマホ教宝")
BEGUN = ("こど", "防", "夏", "スマ", "そう", "会議")


def measure_people(municipality: Municipality, *, rounds: int) -> list[Timing]:
    """Each as a page asks for it, with what a visitor (while typing: a coordinator) may see."""
    refresh_words()
    visitor = AnonymousUser()
    writer = coordinator_of(municipality)
    seen = [[f"v:{level}" for level in facets_of_reach(visitor, municipality.pk)]]
    empty = asked_of(QueryDict(), municipality)
    groups = counted_groups(empty)

    def searches(texts: tuple[str, ...]) -> list[Callable[[], object]]:
        here = [municipality.pk]
        return [
            partial(index.search_with_counts, text=text, groups=groups, partitions=here, facets=seen)
            for text in texts
        ]

    typed = [asked_of(QueryDict(query_string=f"q={word}"), municipality) for word in MISSPELT]
    begun = [asked_of(QueryDict(query_string=f"q={word}"), municipality) for word in BEGUN]
    results = [
        timed("search with the counts of all facets, no words", searches(("",)), rounds=rounds),
        timed("search with the counts of all facets, by words", searches(WORDS), rounds=rounds),
        timed("a phrase, verified letter by letter, with counts", searches(PHRASES), rounds=rounds),
        timed(
            "「もしかして」",
            [partial(meant, asked, 0, user=visitor, town=municipality) for asked in typed],
            rounds=rounds,
        ),
        timed(
            "the last word completed while typing",
            [partial(completions, asked, user=visitor, town=municipality) for asked in begun],
            rounds=rounds,
        ),
    ]
    if writer is not None:
        calls = [partial(_similar, writer, text, municipality) for text in _texts(municipality)]
        results += [
            timed_once("似たニーズ・困りごと・事例, a text never asked before", calls),
            timed("似たニーズ・困りごと・事例", calls[:: TEXTS // 10], rounds=rounds),
        ]
    return results


def _similar(user: User, text: str, municipality: Municipality) -> object:
    forget_standing(user)
    return similar_for(user, text, town=municipality)


def _texts(municipality: Municipality) -> list[str]:
    """What a form may hold: titles and the beginnings of descriptions, of various lengths."""
    rows = matchable(municipality.pk, Side.NEED).order_by("pk").values_list("title", "body")
    every = max(1, rows.count() // TEXTS)
    chosen = [row for number, row in enumerate(rows.iterator(chunk_size=2000)) if not number % every][:TEXTS]
    return [f"{title}\n{body[: 20 * (number % 12)]}" for number, (title, body) in enumerate(chosen)]
