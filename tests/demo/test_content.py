"""The demonstration's words: enough of everything, and no sentence twice."""

import re
from collections import Counter

from musubi.base.common.enums import Source, Visibility
from musubi.demo.building.content import rows_of
from musubi.demo.building.listings import ISSUE_OF
from musubi.demo.building.people import PERSONAS
from musubi.demo.building.places import WARDS
from musubi.flow.actors.enums import ActorKind, CredentialKind, MembershipRole
from musubi.flow.listings.enums import Condition, ListingState, Resource, Side, Template, Unit


def test_no_two_listings_share_a_sentence() -> None:
    sentences = Counter(
        sentence.strip()
        for row in rows_of("listings")
        for text in (row["title"], row["body"])
        for sentence in re.split(r"[。！？\n]", text)
        if sentence.strip()
    )
    assert [sentence for sentence, number in sentences.items() if number > 1] == []


def test_the_town_is_as_large_as_the_readme_says() -> None:
    assert len(WARDS) == 7
    assert {row["ward"] for row in rows_of("towns")} == set(WARDS)
    assert len(rows_of("actors")) >= 120
    assert len(rows_of("listings")) >= 300
    assert len(rows_of("issues")) >= 20
    assert len(PERSONAS) >= 12


def test_every_kind_state_and_template_occurs() -> None:
    actors, listings = rows_of("actors"), rows_of("listings")
    assert {row["kind"] for row in actors} == set(ActorKind.values)
    assert {m["role"] for row in actors for m in row["members"]} == set(MembershipRole.values)
    assert {c["kind"] for row in actors for c in row["credentials"]} == set(CredentialKind.values)
    assert {row["side"] for row in listings} == set(Side.values)
    assert {row["state"] for row in listings} == set(ListingState.values)
    assert {row["template"] for row in listings} == set(Template.values)
    assert {row["visibility"] for row in listings} == set(Visibility.values)
    assert {row["source"] for row in listings} == set(Source.values) - {Source.IMPORT}
    assert {line["resource"] for row in listings for line in row["lines"]} == set(Resource.values)
    assert {line["unit"] for row in listings for line in row["lines"]} <= {*Unit.values, None}
    assert {c for row in listings for c in row["conditions"]} == set(Condition.values)


def test_what_one_row_names_is_there() -> None:
    actors = {row["key"] for row in rows_of("actors")}
    members = {f"{row['key']}/{m['name']}" for row in rows_of("actors") for m in row["members"]}
    assert {row["actor"] for row in rows_of("listings")} <= actors
    assert {key for key, _, _ in PERSONAS if "@" not in key} <= members
    assert set(ISSUE_OF) <= {row["key"] for row in rows_of("listings")}
    assert set(ISSUE_OF.values()) <= {row["key"] for row in rows_of("issues")}
