"""Prepared queries answer as Django's own do, for any values, and put their statement together once."""

import datetime as dt

import pytest
from django.db.models import BigIntegerField, DateField, Model, Q

from musubi.base.common.prepared import Among, Given, Prepared, PreparedModels, together
from musubi.flow.listings.models import Listing, MenuItem
from tests.factories import make_actor, make_listing

pytestmark = pytest.mark.django_db

DAYS = (None, dt.date(2026, 12, 1), dt.date(2027, 1, 1))
COLUMNS = ("pk", "fields", "concepts", "expires_on", "created_at", "actor__name")
CONCEPTS = (["調理設備", '、"]'], None, [])


@pytest.fixture
def rows(town):
    return [
        make_listing(make_actor(town.municipality, name=f"団体{number}"), expires_on=day, concepts=concepts)
        for number, (day, concepts) in enumerate(zip(DAYS, CONCEPTS, strict=True))
    ]


def test_values_are_those_of_django(rows, town, django_assert_num_queries):
    put_together = []

    @Prepared
    def to_come():
        put_together.append(1)
        found = Listing.objects.filter(
            Q(expires_on=None) | Q(expires_on__gte=Given("today", DateField())),
            Q(Among("pk", "ids")) | Q(Among("actor__name", "names")),
            municipality=Given("town", BigIntegerField()),
        )
        return found.order_by("pk").values_list(*COLUMNS)

    ids, other_town = [row.pk for row in rows], town.municipality.pk + 1
    for today in (dt.date(2026, 11, 30), dt.date(2026, 12, 2)):
        for asked, names in ((ids, []), (ids[1:], ["団体0"]), ([], ["団体2", "団体'\"%s"]), ([], [])):
            expected = Listing.objects.filter(
                Q(expires_on=None) | Q(expires_on__gte=today),
                Q(pk__in=asked) | Q(actor__name__in=names),
                municipality=town.municipality,
            )
            with django_assert_num_queries(1):
                found = to_come(today=today, ids=asked, names=names, town=town.municipality.pk)
            assert found == list(expected.order_by("pk").values_list(*COLUMNS))
            assert to_come(today=today, ids=asked, names=names, town=other_town) == []
    assert put_together == [1]


def test_what_is_given_once_serves_every_place_that_names_it(rows):
    twice = Prepared(
        lambda: (
            Listing.objects.filter(Among("pk", "ids"), Among("pk", "ids")).order_by("pk").values_list("pk")
        )
    )
    ids = [row.pk for row in rows]
    for given in (ids, set(ids), tuple(ids), dict.fromkeys(ids).keys(), (pk for pk in ids)):
        assert twice(ids=given) == [(pk,) for pk in ids]
    assert twice(ids=[ids[1], 10**12]) == [(ids[1],)]


def test_a_value_that_is_missing_is_an_error(rows):
    among = Prepared(lambda: Listing.objects.filter(Among("pk", "ids")).values_list("pk"))
    with pytest.raises(KeyError, match="ids"):
        among(id=[rows[0].pk])


def test_models_are_whole_and_nobody_elses(rows, django_assert_num_queries):
    among = PreparedModels(lambda: Listing.objects.filter(Among("pk", "ids")).order_by("-pk"))
    with django_assert_num_queries(1):
        found = among(ids=[row.pk for row in rows[:2]])
    expected = list(Listing.objects.filter(pk__in=[row.pk for row in rows[:2]]).order_by("-pk"))
    assert [values_of(row) for row in found] == [values_of(row) for row in expected]
    found[0].fields.append("arts")
    assert among(ids=[found[0].pk])[0].fields == expected[0].fields
    found[0].title = "新しい題名"
    found[0].save(update_fields=["title"])
    assert among(ids=[found[0].pk])[0].title == "新しい題名"


def test_models_have_those_they_refer_to(rows, town, django_assert_num_queries):
    MenuItem.objects.create(listing=rows[1], can_do="講座", cannot_do="")
    among = PreparedModels(
        lambda: Listing.objects.filter(Among("pk", "ids")).order_by("pk"), "actor", "menu_item", "issue"
    )
    with django_assert_num_queries(1):
        found = among(ids=[row.pk for row in rows])
        assert [row.actor.name for row in found] == ["団体0", "団体1", "団体2"]
        assert [getattr(row, "menu_item", None) and row.menu_item.can_do for row in found] == [
            None,
            "講座",
            None,
        ]
        assert [row.issue for row in found] == [None] * 3
    assert [values_of(row.actor) for row in found] == [values_of(row.actor) for row in rows]
    assert values_of(found[1].menu_item) == values_of(MenuItem.objects.get())


def test_what_is_asked_together_is_answered_as_if_alone(rows, django_assert_num_queries):
    names = Prepared(
        lambda: Listing.objects.filter(Among("pk", "ids")).order_by("pk").values_list("actor__name", "fields")
    )
    models = PreparedModels(lambda: Listing.objects.filter(Among("pk", "ids")).order_by("-pk"))
    ids = [row.pk for row in rows]

    def first(found):
        return found[0] if found else None

    with django_assert_num_queries(4):
        answers = together(
            names.asking(list, ids=ids),
            models.asking(first, ids=ids[:2]),
            names.asking(first, ids=()),
            names.asking(len, ids=ids[2:]),
        )
    assert answers == [names(ids=ids), rows[1], None, 1]
    assert names.asking(first, ids=ids).answer() == ("団体0", rows[0].fields)
    assert together() == []


def test_one_that_is_missing_a_value_spoils_all_before_any_is_asked(rows, django_assert_num_queries):
    among = Prepared(lambda: Listing.objects.filter(Among("pk", "ids")).values_list("pk"))
    among(ids=[])
    with django_assert_num_queries(0), pytest.raises(KeyError, match="ids"):
        together(among.asking(list, ids=[rows[0].pk]), among.asking(list, id=[]))


def values_of(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
