"""Reading a page as a person does."""

import re

from django.test import Client

from tests.web.sound import is_sound


def html_of(client: Client, path: str, *, status: int = 200) -> str:
    """A page without faults."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    html = response.content.decode()
    is_sound(html)
    return html


def words(html: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def without_terms(html: str) -> str:
    """A page without the links to the glossary."""
    return re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", html)


def words_of(client: Client, path: str, *, status: int = 200) -> str:
    return words(html_of(client, path, status=status))
