"""Rows of a town as search and pages find them: made, and written to the index."""

from typing import Any

from musubi.flow.actors.models import Actor
from musubi.flow.actors.services.indexing import index_actor
from musubi.flow.issues.models import Issue
from musubi.flow.issues.services import index_issue
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import index_listing
from tests.factories import Town, make_actor, make_issue, make_listing


def listing(actor: Actor, side: str = "need", **fields: Any) -> Listing:
    row = make_listing(actor, side, **fields)
    index_listing(row)
    return row


def actor(town: Town, **fields: Any) -> Actor:
    row = make_actor(town.municipality, **fields)
    index_actor(actor=row)
    return row


def issue(town: Town, **fields: Any) -> Issue:
    row = make_issue(town, **fields)
    index_issue(issue=row)
    return row


MENU = {"can_do": "会場の手配", "cannot_do": "資金の提供", "answered_by": "協働係", "answers_within_days": 5}
