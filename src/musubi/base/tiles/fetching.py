"""Asking the maker of a map for one piece: briefly, without following anybody elsewhere, and only pictures."""

import time
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 3.0
MOST_BYTES = 512 * 1024
CHUNK = 64 * 1024
ABSENT = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Silent(Exception):
    """The maker's server cannot be reached, does not answer in time or will not."""


class _Stay(HTTPRedirectHandler):
    """A redirect is not followed: it would lead this server to an address nobody has chosen."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


_opener = build_opener(_Stay)


def fetch(address: str, *, agent: str) -> bytes | None:
    """A picture, or None where the map has none (or something that is no picture). Silent if nobody answers."""
    until = time.monotonic() + SECONDS
    request = Request(address, headers={"User-Agent": agent, "Accept": "image/*"})  # noqa: S310 - http(s) alone: env.py
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            if answer.status in ABSENT:
                return None
            content = _read(answer, until)
            if content and answer.length:
                raise Silent("cut off")
    except HTTPError as error:
        error.close()
        if error.code in ABSENT:
            return None
        raise Silent(str(error.code)) from error
    except (OSError, HTTPException) as error:
        raise Silent(type(error).__name__) from error
    return content if kind_of(content) else None


def kind_of(content: bytes) -> str:
    """What the bytes are, by their beginning: a kind of picture or ""."""
    return next((kind for beginning, kind in KINDS.items() if content.startswith(beginning)), "")


def _read(answer: Any, until: float) -> bytes:
    """All of the answer; nothing of one that is too large. Silent if it trickles in for too long."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            return b""
        if time.monotonic() > until:
            raise Silent("slow")
        parts.append(part)
    return b"".join(parts)
