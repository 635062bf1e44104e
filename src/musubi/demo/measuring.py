"""Many believable listings for measuring: seeded, so that two machines measure the same town."""

import datetime as dt
import random
from collections.abc import Callable, Sequence

from musubi.base.index.services import merge_partition, refresh_statistics
from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import towns_of, wards_of
from musubi.flow.actors.enums import MENU_KINDS
from musubi.flow.actors.models import Actor
from musubi.flow.actors.services import ActorRow, import_actors
from musubi.flow.listings.enums import Condition, ListingState, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import (
    Content,
    LineValue,
    ListingRow,
    MenuValue,
    WindowValue,
    import_listings,
)

from . import measuring_words as words

SEED = 20261120
PREFIX = "measure-"
LISTINGS_OF_ONE = 50
MOST_ACTORS = 2_000
YEAR = 365 * 24 * 60


def build_many(
    *, municipality: Municipality, number: int, now: dt.datetime, say: Callable[[str], None]
) -> int:
    """Bring the town to `number` made-up listings of up to 2,000 actors; how many were new.

    Listing i is the same whatever the number, so what stands already stays.
    """
    there = Listing.objects.filter(municipality=municipality, external_ref__startswith=PREFIX).count()
    if there >= number:
        return 0
    actors = _actors(municipality, min(MOST_ACTORS, max(20, number // LISTINGS_OF_ONE)), now)
    wards = list(wards_of(municipality)) or [municipality.area]
    towns = list(towns_of(municipality)) or wards
    rows = (_row(i, actors, wards, towns, now) for i in range(there, number))
    taken = 0
    for done, outcome in enumerate(
        import_listings(municipality=municipality, rows=rows, by=None, now=now), there + 1
    ):
        taken += outcome.result == "taken"
        if done % 10_000 == 0:
            say(f"{done:,} / {number:,}")
    say("索引をまとめています")
    merge_partition(municipality.pk, everything=True)
    refresh_statistics()
    return taken


def _actors(municipality: Municipality, number: int, now: dt.datetime) -> list[Actor]:
    done = import_actors(
        municipality=municipality, rows=map(_actor, range(number)), by=None, now=now, state="verified"
    )
    ids = [done.ids[f"{PREFIX}{i}"] for i in range(number)]
    found = Actor.objects.select_related("municipality").in_bulk(ids)
    return [found[pk] for pk in ids]


def _actor(i: int) -> ActorRow:
    chance = _chance("actor", i)
    kind = chance.choices(list(words.KINDS), list(words.KINDS.values()))[0]
    name = chance.choice(words.NAMES)
    suffix = chance.choice(words.SUFFIXES.get(kind, words.PLAIN_SUFFIXES))
    return ActorRow(
        external_ref=f"{PREFIX}{i}",
        kind=kind,
        name=f"{name}{chance.choice(words.NAMES)}{suffix} {i + 1}",
        kana=f"{name} {i + 1}",
        summary=f"{chance.choice(words.THEMES)[0]}と{chance.choice(words.THEMES)[0]}をしています",
        fields=(chance.randint(1, 19),),
    )


def _row(
    i: int, actors: Sequence[Actor], wards: Sequence[Area], towns: Sequence[Area], now: dt.datetime
) -> ListingRow:
    chance = _chance("listing", i)
    side = Side.NEED if chance.random() < 0.2 else Side.OFFER
    state = ListingState.FULFILLED if chance.random() < 0.05 else ListingState.PUBLISHED
    age = dt.timedelta(minutes=chance.randrange(YEAR))
    actor = actors[int(chance.random() * len(actors))]
    is_menu = actor.kind in MENU_KINDS and side == Side.OFFER
    return ListingRow(
        external_ref=f"{PREFIX}{i}",
        actor=actor,
        side=side,
        state=state,
        template=Template.MENU if is_menu else Template.FREE,
        content=_content(chance, side, wards, towns, now.date(), is_menu=is_menu),
        published_at=now - age,
    )


def _content(
    chance: random.Random,
    side: Side,
    wards: Sequence[Area],
    towns: Sequence[Area],
    today: dt.date,
    *,
    is_menu: bool,
) -> Content:
    theme, field, resource = chance.choice(words.THEMES)
    thing, area, town = chance.choice(words.THINGS[resource]), chance.choice(wards), chance.choice(towns)
    amount = chance.choice((2, 5, 8, 10, 20, 30, 40, 60))
    said = {
        "theme": theme, "thing": thing, "ward": area.name, "town": town.name, "season": chance.choice(words.SEASONS),
        "years": chance.randint(2, 30), "people": amount, "times": chance.randint(1, 6), "who": chance.choice(words.PEOPLE),
        "often": chance.choice(words.OFTEN), "other": chance.choice(words.THEMES)[0],
    }  # fmt: skip
    sentences = (
        chance.choice(words.OPENINGS),
        chance.choice(words.MIDDLES[side]),
        *chance.sample(words.BESIDES, chance.randint(0, 2)),
        *chance.sample(words.ENDINGS, chance.randint(2, 4)),
    )
    wanted = "を探しています" if side == Side.NEED else "を出せます"
    unit = words.UNITS.get(resource, "")
    second = chance.choice(tuple(words.THINGS)) if chance.random() < 0.25 else ""
    lines = [LineValue(resource=resource, what=thing, amount=amount if unit else None, unit=unit)]
    if second and second != resource:
        lines.append(LineValue(resource=second, what=chance.choice(words.THINGS[second])))
    return Content(
        title="{often}{theme}に{thing}".format(**said) + wanted,
        body="".join(sentences).format(**said),
        lines=tuple(lines),
        area_ids=(area.pk,) if chance.random() < 0.9 else (),
        windows=_windows(chance, today),
        conditions=(chance.choice(Condition.values),) if chance.random() < 0.2 else (),
        fields=(field,),
        menu=_menu(chance, thing) if is_menu else None,
    )


def _windows(chance: random.Random, today: dt.date) -> tuple[WindowValue, ...]:
    start = today + dt.timedelta(days=chance.randint(-20, 60))
    return (
        WindowValue(
            starts_on=start,
            ends_on=start + dt.timedelta(days=chance.randint(90, 300)),
            weekdays=chance.choice(((5, 6), (0, 1, 2, 3, 4), (2,), (6,), (5,), ())),
            opens=dt.time(chance.choice((9, 10, 13, 17))),
            closes=dt.time(chance.choice((20, 21))),
        ),
    )


def _menu(chance: random.Random, thing: str) -> MenuValue:
    return MenuValue(
        can_do=f"{thing}についてご相談を受けます。",
        cannot_do="費用の全額は出せません。",
        answered_by=f"第{chance.randint(1, 4)}係",
        answers_within_days=chance.randint(2, 10),
    )


def _chance(what: str, number: int) -> random.Random:
    return random.Random(f"{SEED} {what} {number}")  # noqa: S311 (made-up rows)
