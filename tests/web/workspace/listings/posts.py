"""What a browser posts from the pages of a listing."""

import re
from typing import Any

from django.test import Client

from musubi.flow.listings.models import Listing
from tests.factories import Town


def posted(town: Town, **changes: Any) -> dict[str, Any]:
    """A whole need as a browser sends it; a change to None leaves the field out."""
    data: dict[str, Any] = {
        "title": "こども食堂の会場を探しています",
        "body": "月に2回、夕方に子どもたちと夕食をつくって食べます。台所のある部屋を貸してください。",
        "areas": [str(town.wards[0].pk)],
        "town": "",
        "visibility": "public",
        "expires_on_year": "",
        "expires_on_month": "",
        "expires_on_day": "",
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "0",
        "lines-0-resource": "place",
        "lines-0-what": "台所のある部屋",
        "lines-0-amount": "３０人",
        "lines-0-unit": "capacity",
        "lines-1-resource": "",
        "lines-1-what": "",
        "lines-1-amount": "",
        "lines-1-unit": "",
        "windows-TOTAL_FORMS": "1",
        "windows-INITIAL_FORMS": "0",
        "windows-0-weekdays": ["5", "6"],
        "version": "1",
        "page": "abc123",
    }
    data.update(changes)
    return {name: value for name, value in data.items() if value is not None}


def url(listing: Listing, page: str = "") -> str:
    return f"/workspace/listings/{listing.pk}/{page}"


def text_of(client: Client, path: str) -> str:
    """The page's words without its tags."""
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
