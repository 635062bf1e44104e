"""What nobody has confirmed for long and nobody answers for: whom the coordinator calls."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import Town, make_actor, make_listing

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=100)


def old(town: Town, **fields: object):
    at = timezone.now() - LONG_AGO
    return make_listing(town.actor, published_at=at, confirmed_at=at, **fields)


def test_who_does_not_answer_or_cannot_be_asked_is_listed(town: Town, sign_in) -> None:
    silent = old(town, title="返事のない掲載", times_asked=2, asked_at=timezone.now())
    nobody = make_actor(town.municipality, name="電話だけの会")
    at = timezone.now() - LONG_AGO
    make_listing(nobody, title="紙で届いた掲載", published_at=at, confirmed_at=at)
    old(town, title="これからうかがう掲載")
    make_listing(town.actor, title="新しい掲載", confirmed_at=timezone.now())
    page = sign_in(town.coordinator).get("/desk/unconfirmed/").content.decode()
    assert [title in page for title in ("返事のない掲載", "紙で届いた掲載", "これからうかがう掲載", "新しい掲載")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert "お知らせで2回うかがいました" in page
    assert "お知らせを受け取る人がいません" in page
    assert f'href="/listings/{silent.pk}/"' in page


@pytest.mark.parametrize("number", [1, 30])
def test_one_asks_the_database_as_often_as_thirty(
    town: Town, sign_in, django_assert_num_queries, number: int
) -> None:
    for place in range(number):
        old(town, title=f"掲載{place}", times_asked=2, asked_at=timezone.now())
    client = sign_in(town.coordinator)
    client.get("/desk/unconfirmed/")
    with django_assert_num_queries(9):
        assert client.get("/desk/unconfirmed/").status_code == 200
