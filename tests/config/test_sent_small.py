"""What is compressed on its way, and what never is."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from musubi.config.middleware import SentSmall

WORDS = "むすび " * 200


def sent(response: HttpResponseBase, method: str = "GET") -> HttpResponseBase:
    request = RequestFactory(headers={"Accept-Encoding": "gzip, br"}).generic(method, "/")
    return SentSmall(lambda _request: response)(request)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "kind",
    [
        *("text/html; charset=utf-8", "text/css", "text/csv", "text/javascript", "image/svg+xml"),
        *("application/json", "application/atom+xml", "application/manifest+json", "application/javascript"),
    ],
)
def test_words_are_compressed(kind: str) -> None:
    response = sent(HttpResponse(WORDS, content_type=kind))
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.content).decode() == WORDS  # type: ignore[attr-defined]


def test_a_style_sheet_is_compressed_while_it_is_read() -> None:
    response = sent(StreamingHttpResponse([WORDS[:300], WORDS[300:]], content_type="text/css"))
    assert response["Content-Encoding"] == "gzip"
    assert not response.has_header("Content-Length")
    assert gzip.decompress(b"".join(response.streaming_content)).decode() == WORDS  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "kind", ["image/jpeg", "application/pdf", "application/zip", "application/octet-stream"]
)
def test_what_is_small_already_stays(kind: str) -> None:
    assert not sent(HttpResponse(WORDS, content_type=kind)).has_header("Content-Encoding")


def test_events_parts_and_heads_stay_as_they_are() -> None:
    events = sent(StreamingHttpResponse([WORDS], content_type="text/event-stream"))
    assert not events.has_header("Content-Encoding")
    assert not sent(HttpResponse(WORDS, status=206)).has_header("Content-Encoding")
    assert not sent(HttpResponse(WORDS), "HEAD").has_header("Content-Encoding")


def test_equal_pages_differ_in_length() -> None:
    """Chance hides what an answer holds from whoever can only see how long it is (BREACH)."""
    lengths = {len(sent(HttpResponse(WORDS)).content) for _ in range(20)}  # type: ignore[attr-defined]
    assert len(lengths) > 1
