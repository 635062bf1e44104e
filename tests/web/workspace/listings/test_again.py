"""What was met is shown again by its people: more is needed, or it came to nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from musubi.flow.listings.models import Listing
from tests.factories import Town
from tests.together import make_need

from .posts import posted, url

SignIn = Callable[[object], Client]


@pytest.fixture
def met(town: Town) -> Listing:
    return make_need(town, state="fulfilled", body="夏祭りで使ういすを貸してください。四十個ほど必要です。")


def test_its_people_publish_it_again(town: Town, met: Listing, sign_in: SignIn) -> None:
    client = sign_in(town.owner)
    page = client.get(url(met)).content.decode()
    assert "もう一度公開する" in page
    assert url(met, "publish/") in page
    assert client.post(url(met, "publish/"), follow=True).status_code == 200
    met.refresh_from_db()
    assert met.state == "published"


def test_nobody_else_does(town: Town, other_town: Town, met: Listing, sign_in: SignIn) -> None:
    for person, status in ((town.viewer, 403), (town.citizen, 404), (other_town.owner, 404)):
        assert sign_in(person).post(url(met, "publish/")).status_code == status
    met.refresh_from_db()
    assert met.state == "fulfilled"


def test_what_others_read_is_changed_by_a_press_only_and_stays_whole(
    town: Town, met: Listing, sign_in: SignIn
) -> None:
    client = sign_in(town.owner)
    assert client.get(url(met, "edit/")).status_code == 200
    assert client.post(url(met, "autosave/"), posted(town)).status_code == 409
    assert client.post(url(met, "edit/"), posted(town, body="")).status_code == 422
    met.refresh_from_db()
    assert met.body.startswith("夏祭り")
    done = client.post(url(met, "edit/"), posted(town, title="机も探しています"), follow=True)
    assert "直した内容を保存しました" in done.content.decode()
    met.refresh_from_db()
    assert (met.title, met.state) == ("机も探しています", "fulfilled")
