"""Who is compared at all: everybody who can fit, however many there are who cannot."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from types import SimpleNamespace

import pytest

from musubi.base.index.queries import Outline, matching_facets
from musubi.flow.actors.models import Credential
from musubi.flow.listings.enums import NOT_USED_UP, ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.listings.services import Content, LineValue, index_listing
from musubi.flow.listings.services.indexing import outline_of
from musubi.flow.matching.adapter import SHIPPED, Line, Value, feasible, listing_values
from musubi.flow.matching.queries import match_offer, match_one, match_teams, pool, team_suggestions
from musubi_engine.index.facets import shunned_facets
from tests import factories
from tests.factories import Town

TODAY = dt.date.today()
WORDS = {"title": "公園の清掃と花壇の手入れ", "body": "公園の清掃と花壇の手入れを手伝う人手です。"}
PEOPLE = [("people", "清掃の人手", 5, "people")]


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so low that whatever is admitted beside the right one would push it out, and nobody read afterwards."""
    for name, number in {"BEST": 2, "ALIKE": 0, "NEWEST": 0, "MOST": 2}.items():
        monkeypatch.setattr(pool, name, number)


def offer(town: Town, /, **fields: object) -> Listing:
    actor = factories.make_actor(town.municipality, factories.make_person())
    given = {**WORDS, "areas": [town.wards[0]], "lines": PEOPLE, **fields}
    return factories.make_listing(actor, Side.OFFER, **given)


def need(town: Town, /, **fields: object) -> Listing:
    given = {**WORDS, "areas": [town.wards[0]], "lines": PEOPLE, **fields}
    return factories.make_listing(town.actor, Side.NEED, **given)


def offers_for(listing: Listing) -> list[int]:
    return [match.offer.pk for match in match_one(listing, today=TODAY)]


def test_the_area_comes_before_the_limit(town: Town) -> None:
    right = offer(town, title="花壇の手入れ", body="お手伝いします。")
    for _number in range(12):  # all of them more alike in words
        offer(town, areas=[town.wards[1]])
    assert offers_for(need(town)) == [right.pk]


def test_so_do_weekdays_months_and_ones_own(town: Town) -> None:
    saturday = {"weekdays": [5], "starts_on": dt.date(2027, 4, 3), "ends_on": dt.date(2027, 4, 24)}
    right = offer(town, title="花壇の手入れ", body="お手伝いします。", windows=[saturday])
    for _number in range(4):
        offer(town, windows=[{**saturday, "weekdays": [2]}])
        offer(town, windows=[{**saturday, "starts_on": dt.date(2027, 9, 4), "ends_on": dt.date(2027, 9, 25)}])
        factories.make_listing(town.actor, Side.OFFER, **WORDS, areas=[town.wards[0]], lines=PEOPLE)
    assert offers_for(need(town, windows=[saturday])) == [right.pk]


@pytest.mark.parametrize("where", ["city", "ward", "town", "anywhere"])
@pytest.mark.parametrize("asked", ["city", "ward", "town", "anywhere"])
def test_areas_meet_either_way(town: Town, where: str, asked: str) -> None:
    places = {"city": [town.city], "ward": [town.wards[0]], "town": [town.town], "anywhere": []}
    right = offer(town, areas=places[where])
    assert offers_for(need(town, areas=places[asked])) == [right.pk]


def test_the_length_that_a_need_asks_for_is_heeded(town: Town) -> None:
    def hours(first: int, last: int, **more: int) -> dict[str, object]:
        return {"weekdays": [5], "opens": dt.time(first), "closes": dt.time(last), **more}

    morning = offer(town, windows=[hours(9, 12)])
    noon = offer(town, windows=[hours(11, 13)])
    found = offers_for(need(town, windows=[hours(9, 17, least_minutes=180)]))
    assert found == [morning.pk]
    assert set(offers_for(need(town, windows=[hours(9, 17)]))) == {morning.pk, noon.pk}


def test_a_need_is_found_for_an_offer_too(town: Town) -> None:
    right = need(town)
    for _number in range(6):
        person = factories.make_person()
        other = factories.make_actor(town.municipality, person)
        factories.make_listing(other, Side.NEED, **WORDS, areas=[town.wards[1]], lines=PEOPLE)
    assert [match.need.pk for match in match_offer(offer(town), today=TODAY, top=5)] == [right.pk]


def test_what_was_saved_a_moment_ago_is_among_them_and_what_changed_is_not(town: Town) -> None:
    asking = need(town)
    assert offers_for(asking) == []
    fresh = offer(town)
    assert offers_for(asking) == [fresh.pk]
    fresh.areas.set([town.wards[1]])
    index_listing(Listing.objects.get(pk=fresh.pk))
    assert offers_for(asking) == []


def test_the_newest_is_looked_at_however_little_it_says(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "NEWEST", 1)
    for _number in range(4):
        offer(town)
    last = offer(town, title="公園", body="公園の清掃に。", fields=[7])
    asking = pool.asked_of(need(town), today=TODAY)
    assert str(last.pk) in pool.pool_for(asking, knowledge=SHIPPED, today=TODAY).values
    monkeypatch.setattr(pool, "NEWEST", 0)
    assert str(last.pk) not in pool.pool_for(asking, knowledge=SHIPPED, today=TODAY).values


@pytest.fixture
def _usual(monkeypatch: pytest.MonkeyPatch, _few: None) -> None:
    """The limits as they are."""
    for name, number in {"BEST": 80, "ALIKE": 10, "NEWEST": 5, "MOST": 2_560}.items():
        monkeypatch.setattr(pool, name, number)


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """Which listings are read, round by round."""
    seen: list[set[int]] = []
    read = pool.pool_of

    def watched(town: int, side: str, likeness: Mapping[int, float], **known: dt.date) -> pool.Pool:
        seen.append(set(likeness))
        return read(town, side, likeness, **known)

    monkeypatch.setattr(pool, "pool_of", watched)
    return seen


def hall(town: Town, size: int, /, side: str = Side.OFFER, **fields: object) -> Listing:
    """A hall for so many, or the need of one, of the town's one actor on its side."""
    lines = [("place", "集会室", size, "capacity")]
    return (offer if side == Side.OFFER else need)(town, lines=lines, **fields)


def halls_too_small(town: Town, number: int) -> None:
    """Offers whose words are the need's own, of which none can be told by its facets to be too small: they say 60 to 79."""
    first = hall(town, 60)
    for _number in range(number - 1):
        factories.make_listing(
            first.actor,
            Side.OFFER,
            **WORDS,
            areas=[town.wards[0]],
            lines=[("place", "集会室", 60, "capacity")],
        )


@pytest.mark.usefixtures("_usual")
def test_the_one_hall_that_is_large_enough_is_found_behind_two_hundred_likelier_ones(
    town: Town, rounds: list[set[int]]
) -> None:
    right = hall(town, 80, title="講堂", body="貸します。")
    halls_too_small(town, 200)
    asking = hall(town, 79, Side.NEED)
    assert offers_for(asking) == [right.pk]
    first, second = rounds
    assert right.pk not in first
    assert right.pk in second
    assert not first & second
    assert len(first | second) == 201


def test_whoever_fits_is_found_by_either_side_and_for_each_line(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, number in [
        (pool, "MOST", 200),
        (team_suggestions, "BEST", 2),
        (team_suggestions, "ALIKE", 0),
    ]:
        monkeypatch.setattr(module, name, number)
    right = hall(town, 80, title="講堂", body="貸します。")
    halls_too_small(town, 8)
    helper = offer(town, lines=[("goods", "花の苗", None, "")])
    asking = need(town, lines=[("place", "集会室", 79, "capacity"), ("goods", "花の苗", None, "")])
    [team] = match_teams(asking, today=TODAY)
    assert set(team.offers) == {str(right.pk), str(helper.pk)}
    for _number in range(8):  # likelier, and too large for it
        hall(town, 99, Side.NEED, title="講堂", body="貸します。")
    found = {match.need.pk for match in match_offer(right, today=TODAY, top=5)}
    assert found == {asking.pk}


def test_it_ends_when_everybody_was_read_when_the_bound_is_met_and_when_a_list_is_full(
    town: Town, monkeypatch: pytest.MonkeyPatch, rounds: list[set[int]]
) -> None:
    halls_too_small(town, 12)
    asking = hall(town, 79, Side.NEED)

    def sizes(**limits: int) -> list[int]:
        for name, number in limits.items():
            monkeypatch.setattr(pool, name, number)
        rounds.clear()
        pool.pool_for(pool.asked_of(asking, today=TODAY), knowledge=SHIPPED, today=TODAY)
        return [len(each) for each in rounds]

    assert sizes(MOST=1000) == [2, 6, 4]  # 2, 8, then all 12 of them
    assert sizes(MOST=10) == [2, 6, 2]
    assert sizes(MOST=8) == [2, 6]
    for _number in range(3):
        hall(town, 80)
    assert sizes(MOST=1000, FULL=4) == [2, 6, 7]
    assert sizes(MOST=1000, FULL=3) == [2, 6]
    assert sizes(MOST=1000, FULL=2) == [2]  # of equals the later ones are read first
    Listing.objects.filter(pk=asking.pk).update(state=ListingState.RESERVED)
    assert sizes(MOST=1000, FULL=30) == [2]  # nobody can answer it


def test_what_may_be_read_is_for_the_lines_that_lack_somebody(
    town: Town, monkeypatch: pytest.MonkeyPatch, rounds: list[set[int]]
) -> None:
    limits = [(pool, "FULL", 1), (team_suggestions, "BEST", 2), (team_suggestions, "ALIKE", 0)]
    for module, name, number in limits:
        monkeypatch.setattr(module, name, number)
    monkeypatch.setattr(team_suggestions, "pool_of", pool.pool_of)
    plants = [("goods", f"{flower}の苗", None, "") for flower in ("桜", "梅", "菊", "桃", "藤", "萩", "蘭")]
    right = hall(town, 80, title="講堂", body="貸します。")
    halls_too_small(town, 14)
    for plant in plants:
        offer(town, title=plant[1], body="差し上げます。", lines=[plant])
    asked = pool.asked_of(need(town, lines=[("place", "集会室", 79, "capacity"), *plants]), today=TODAY)

    def read(most: int) -> list[int]:
        monkeypatch.setattr(pool, "MOST", most)
        rounds.clear()
        found = team_suggestions.pool_by_line(asked, SHIPPED, TODAY).values
        assert (str(right.pk) in found) == (sum(map(len, rounds[1:])) == 13)
        assert sum(map(len, rounds)) == len(set().union(*rounds)) <= most
        return [len(each) for each in rounds[1:]]

    first = len(rounds[0]) if read(100) else 0
    assert read(100) == [6, 7]  # of the one line 2, then 8, then all 15
    assert read(first + 14) == [6, 7]
    assert read(first + 12) == [6, 6]
    assert read(first + 3) == [2]  # twice as many
    assert read(first + 1) == []


def test_who_asks_for_nothing_is_compared_with_nobody(town: Town) -> None:
    offer(town)
    assert offers_for(need(town, lines=[])) == []


def test_plain_rows_make_the_values_that_models_make(town: Town) -> None:
    made = [
        offer(
            town,
            areas=[town.town, town.wards[1]],
            town="浜町一丁目",
            lines=[("place", "集会所", 40, "capacity"), ("goods", "長机", None, "")],
            windows=[{"weekdays": [5, 6], "opens": dt.time(9), "closes": dt.time(17)}],
            conditions=["no_food"],
            fields=[3, 7],
            template="menu",
            menu={"can_do": "貸します", "cannot_do": "運べません"},
        ),
        need(town, wanted_kinds=["npo"]),
    ]
    Credential.objects.create(
        actor=made[0].actor,
        kind="registration",
        title="登録団体",
        issuer_name="結浜市",
        valid_from=dt.date(2026, 1, 1),
        given_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    rows = with_parts(
        Listing.objects.filter(pk__in=[row.pk for row in made]).select_related("actor", "menu_item")
    )
    expected = listing_values(rows.order_by("pk"), today=TODAY)
    assert expected[0].credentials
    ids = [row.pk for row in made]
    here = town.municipality.pk

    def in_town(ids: list[int], *, side: str, municipality_id: int = here) -> list[Value]:
        found = pool.pool_of(municipality_id, side, dict.fromkeys(ids, 0.5), today=TODAY)
        assert found.likeness == dict.fromkeys(found.values, 0.5)
        assert found.read.keys() == found.values.keys()
        return list(found.values.values())

    assert [*in_town(ids, side="offer"), *in_town(ids, side="need")] == expected
    assert in_town(ids[1:], side="offer") == in_town([], side="offer") == []
    assert in_town(ids, side="offer", municipality_id=here + 1) == []
    Listing.objects.filter(pk=made[0].pk).update(expires_on=TODAY - dt.timedelta(days=1))
    assert in_town(ids, side="offer") == []


def test_what_the_platform_shuns_breaks_a_rule_whatever_has_been_taken() -> None:
    """Two thousand pairs, by the facets that the platform writes and by the values that it ranks."""
    chance = Random(5)
    kinds = [
        ("place", "capacity"),
        ("partner", "capacity"),
        ("goods", "items"),
        ("goods", "capacity"),
        ("people", "people"),
    ]
    shunned = 0

    def drawn(side: str) -> tuple[Outline, Value]:
        lines = [
            LineValue(resource=resource, amount=chance.choice([None, 5, 10, 20, 35, 60]), unit=unit)
            for resource, unit in chance.sample(kinds, chance.randint(1, 3))
        ]
        conditions = chance.choice([(), ("wheelchair_ok",)])
        left = [
            line
            for line in lines
            if side == Side.NEED or line.resource in NOT_USED_UP or chance.random() < 0.5
        ]
        row = SimpleNamespace(side=side, actor_id=side)
        value = Value(
            ref=side,
            side=side,
            title="",
            body="",
            actor=side,
            actor_kind="npo",
            lines=tuple(Line(resource=each.resource, amount=each.amount, unit=each.unit) for each in left),
            conditions=frozenset(conditions),
        )
        return outline_of(row, Content(lines=tuple(lines), conditions=conditions), ()), value

    for _pair in range(2_000):
        (need_outline, asking), (offer_outline, given) = drawn(Side.NEED), drawn(Side.OFFER)
        for one, other in ((need_outline, offer_outline), (offer_outline, need_outline)):
            if shunned_facets(one) & matching_facets(other):
                shunned += 1
                assert not feasible(asking, given)
    assert shunned > 500
