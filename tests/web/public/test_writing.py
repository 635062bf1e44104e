"""What the writing helper answers while somebody types."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import Town
from tests.web.minutes import within_one_minute

URL = "/writing/"


def asked(client: Client, query: str, **data: str) -> tuple[int, str]:
    response = client.post(f"{reverse('public:writing')}?{query}", data)
    return response.status_code, response.content.decode()


def test_anybody_is_advised_about_the_field_that_is_named(client: Client, town: Town) -> None:
    status, html = asked(
        client, "kind=issue&part=title&name=title", title="ワークショップ", body="090-1234-5678"
    )
    assert status == 200
    assert '<q lang="ja">ワークショップ</q>' in html
    assert 'data-says="書き方の助言：1"' in html
    assert "090" not in html


def test_nothing_to_say_is_an_empty_answer(client: Client, town: Town) -> None:
    status, html = asked(client, "kind=issue&part=title&name=title", title="公園の手すり")
    assert (status, html.strip()) == (200, "")


def test_what_is_written_is_escaped(client: Client, town: Town) -> None:
    _status, html = asked(client, "kind=other&part=picture&name=alt", alt="<b>写真</b>.jpg")
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_the_title_beside_a_picture_counts(client: Client, town: Town) -> None:
    _status, html = asked(client, "kind=other&part=picture&name=alt", alt="夏祭り", title="夏祭り")
    assert "題名と同じです" in html


@pytest.mark.parametrize(
    "query", ["", "kind=x&part=title", "kind=issue&part=x", "kind=issue&part=body&asked=x"]
)
def test_nonsense_is_refused(client: Client, town: Town, query: str) -> None:
    assert asked(client, query)[0] == 422


def test_only_by_post_and_not_too_often(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get(f"{reverse('public:writing')}?kind=issue&part=title&name=t").status_code == 405

    def ask() -> list[int]:
        return [asked(client, "kind=issue&part=title&name=t", t="a")[0] for _ in range(4)]

    assert within_one_minute(ask, monkeypatch) == [200, 200, 200, 429]
