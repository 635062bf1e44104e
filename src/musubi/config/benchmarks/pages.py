"""The pages visitors open most, the same for staff, and the searches behind them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Max, QuerySet
from django.test import Client
from django.urls import reverse

from musubi.base.accounts.models import User
from musubi.base.knowledge.queries import recipes_of
from musubi.base.places.models import Municipality
from musubi.base.places.queries import wards_of
from musubi.flow.actors.enums import MandateRole
from musubi.flow.actors.models import Mandate
from musubi.flow.actors.queries import actors_for, current
from musubi.flow.issues.queries import issues_for
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable
from musubi.flow.projects.queries import projects_for
from musubi.flow.stories.queries import published_stories

from .timing import Timing, timed, timed_once

Call = Callable[[], object]

WORDS = (
    *("こども食堂", "企業", "長机", "看護師の相談", "防災 訓練", "夏祭りの人手", "会議室 港区", "スマホ"),
    *("つどい", "高齢の方 送迎", "団地自治会", "発電機"),
)
SAMPLE = 12
UNHEARD, UNHEARD_LETTERS = 60, 7


def sample_of(municipality: Municipality, side: str) -> list[int]:
    """Ids of some public listings of a side, from the first to the last."""
    return _some_of(matchable(municipality.pk, side).filter(visibility="public"))


def _some_of(rows: QuerySet[Any]) -> list[int]:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return ids[:: max(1, len(ids) // SAMPLE)][:SAMPLE]


def move_to_today(municipality: Municipality, now: dt.datetime) -> None:
    """A town that was made some days ago: as much of it is of "this week" as on the day it was made."""
    rows = Listing.objects.filter(municipality=municipality, published_at__isnull=False)
    newest = rows.aggregate(newest=Max("published_at"))["newest"]
    if newest is not None and now - newest > dt.timedelta(hours=1):
        rows.update(published_at=F("published_at") + (now - newest))


def first_searches(municipality: Municipality) -> Timing:
    """Searches by words that this process has not read from the index before; to be called before all else."""
    visitor, search = _client(None), reverse("public:search")
    visitor.get(search, {"q": "はじめ"})
    calls = [_opens(visitor, search, q=words) for words in _words_of_titles(municipality)]
    return timed_once("search by words never asked before", calls)


def measure_pages(municipality: Municipality, *, rounds: int) -> list[Timing]:
    """Home, search with and without words, listings and the other lists, as a visitor and as staff open them."""
    visitor, staff = _client(None), _client(coordinator_of(municipality))
    return [timed(name, calls, rounds=rounds) for name, calls in _pages(municipality, visitor, staff).items()]


def _pages(municipality: Municipality, visitor: Client, staff: Client | None) -> dict[str, list[Call]]:
    search = reverse("public:search")
    wards = [str(ward.pk) for ward in wards_of(municipality)]
    needs, offers = (
        [reverse("public:listing", args=[pk]) for pk in sample_of(municipality, side)] for side in Side.values
    )
    home = reverse("public:home")
    narrow = [{"area": ward, "resource": "place"} for ward in wards]
    pages: dict[str, list[Call]] = {
        "home": [_opens(visitor, home)],
        "home, in English": [_opens(_client(None, language="en"), home)],
        "home, in やさしい日本語 with furigana": [_opens(_client(None, language="ja-easy"), home)],
        "search by words": [_opens(visitor, search, q=words) for words in WORDS],
        "search by words, of one kind and ward": [
            _opens(visitor, search, q=words, kind="offer", area=ward)
            for words, ward in zip(WORDS, wards, strict=False)
        ],
        "search, newest first": [
            _opens(visitor, search),
            *(_opens(visitor, search, kind=kind) for kind in Side.values),
        ],
        "search, newest first, by ward and resource": [
            _opens(visitor, search, kind="offer", **n) for n in narrow
        ],
        "search, page 40 and page 2,000": [
            _opens(visitor, search, page=page, q=words) for page in ("40", "2000") for words in ("", "歓迎")
        ],
        "a need's page": [_opens(visitor, path) for path in needs],
        "an offer's page": [_opens(visitor, path) for path in offers],
        "協働メニュー": [_opens(visitor, reverse("public:menu"))],
        "local issues": [_opens(visitor, reverse("public:issues"))],
        "actors": [_opens(visitor, reverse("public:actors"))],
        "projects": [_opens(visitor, reverse("public:projects"))],
        "stories": [_opens(visitor, reverse("public:stories"))],
        "register": [_opens(visitor, reverse("public:register"))],
        **_single_pages(municipality, visitor),
    }
    if staff is not None:
        pages |= {
            "home, as a coordinator": [_opens(staff, reverse("public:home"))],
            "search by words, as a coordinator": [_opens(staff, search, q=words) for words in WORDS],
            "a need's page with its proposals, as a coordinator": [_opens(staff, path) for path in needs],
            "the coordinator's desk": [_opens(staff, reverse("desk:home"))],
            "the board of 1,000 cases": [
                _opens(staff, reverse("desk:cases")),
                *(_opens(staff, reverse("desk:cases"), state=state) for state in ("open", "talking")),
            ],
        }
    return pages


def _single_pages(municipality: Municipality, visitor: Client) -> dict[str, list[Call]]:
    """One issue, actor, project, story and guide each time, of those that every visitor may open."""
    nobody = AnonymousUser()
    rows = {
        "an issue's page": ("public:issue", issues_for(nobody)),
        "an actor's page": ("public:actor", actors_for(nobody)),
        "a project's page": ("public:project", projects_for(nobody)),
        "a story's page": ("public:story", published_stories()),
    }
    pages = {
        name: [
            _opens(visitor, reverse(page, args=[pk]))
            for pk in _some_of(found.filter(municipality=municipality))
        ]
        for name, (page, found) in rows.items()
    }
    pages["guides"] = [_opens(visitor, reverse("public:guides"))]
    codes = [recipe.code for recipe in recipes_of(municipality)]
    pages["a guide's page"] = [
        _opens(visitor, reverse("public:guide", args=[code])) for code in codes[:SAMPLE]
    ]
    return {name: calls for name, calls in pages.items() if calls}


def plain_query(municipality: Municipality, *, rounds: int) -> Timing:
    """The baseline: one keyword looked for with `icontains` in titles and bodies, counted and not ranked."""
    rows = matchable(municipality.pk, Side.OFFER)

    def counts(word: str) -> Call:
        return (rows.filter(title__icontains=word) | rows.filter(body__icontains=word)).count

    return timed(
        "one keyword with icontains, counted", [counts(w.split()[0]) for w in WORDS[:6]], rounds=rounds
    )


def _words_of_titles(municipality: Municipality) -> list[str]:
    """The beginnings of some titles, no two the same."""
    rows = matchable(municipality.pk, Side.OFFER).order_by("-pk").values_list("title", flat=True)
    return list(dict.fromkeys(title[:UNHEARD_LETTERS] for title in rows[: UNHEARD * 2]))[:UNHEARD]


def coordinator_of(municipality: Municipality) -> User | None:
    """The first coordinator of a town: whoever opens the desk's pages."""
    mandates = Mandate.objects.filter(
        municipality=municipality, role=MandateRole.COORDINATOR, user__is_active=True
    )
    mandate = current(mandates).select_related("user").order_by("pk").first()
    return mandate.user if mandate else None


def _client(user: User | None, *, language: str = "") -> Client:
    """As a browser asks: pages compressed, what it is shown counted, and in the language that was chosen in it."""
    asks = {"host": "127.0.0.1", "user-agent": "Mozilla/5.0 (Musubi bench)", "accept-encoding": "gzip"}
    client = Client(headers=asks)
    if language:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _opens(client: Client, path: str, **params: str) -> Call:
    def call() -> None:
        response = client.get(path, params)
        if response.status_code != 200:
            raise RuntimeError(f"{path} {params} answered {response.status_code}")

    return call
