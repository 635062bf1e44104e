"""「うちの地域でもやりたい」, and who did it after whom."""

import datetime as dt

import pytest
from django.core.management import call_command

from musubi.base.common.verdict import NotAllowed
from musubi.base.index.models import Document
from musubi.flow.actors.models import Membership
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for
from musubi.flow.matching.services import publish_and_match
from musubi.flow.projects.models import Project
from musubi.flow.stories.models import Echo, Story
from musubi.flow.stories.queries import (
    examples_before,
    find_published,
    needed_lines,
    needs_after,
    own_stories_for,
    stories_after,
    stories_for,
    years_published,
)
from musubi.flow.stories.services import repeat_story
from tests.factories import Town, make_actor, make_person
from tests.together import make_project, make_story

from .samples import told


def test_another_town_begins_with_what_it_took(town: Town, other_town: Town, now: dt.datetime) -> None:
    found = told(town, state="published", purpose="みんなが座れること", fields=[3, 13])
    listing = repeat_story(story=found.story, actor=other_town.actor, by=other_town.owner, now=now)
    assert (listing.state, listing.side, listing.actor, listing.municipality) == (
        "draft", "need", other_town.actor, other_town.municipality,
    )  # fmt: skip
    assert listing.template == "goods"
    assert found.story.title in listing.title
    assert "結浜市の事例" in listing.body
    assert found.story.summary in listing.body
    assert "みんなが座れること" in listing.body
    assert [(row.resource, row.what, row.amount, row.unit) for row in listing.requirements.all()] == [
        ("goods", "いす", 40, "items")
    ]
    assert list(listing.areas.all()) == [other_town.wards[0]]
    assert listing.fields == [3, 13]
    echo = Echo.objects.get()
    assert (echo.story, echo.listing, echo.begun_by, echo.begun_at) == (
        found.story,
        listing,
        other_town.owner,
        now,
    )
    for person in (found.writer, found.other, town.coordinator):
        message = person.messages.get(kind="story_repeated")
        assert other_town.actor.name in message.text
        assert "汐見市" in message.text


def test_a_second_press_finds_the_draft_of_the_first(town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    first = repeat_story(story=found.story, actor=town.actor, by=town.owner, now=now)
    assert repeat_story(story=found.story, actor=town.actor, by=town.owner, now=now) == first
    assert Echo.objects.count() == 1
    publish_and_match(listing=first, by=town.owner, now=now)
    again = repeat_story(story=found.story, actor=town.actor, by=town.owner, now=now)
    assert again != first


def test_an_actor_without_a_ward_names_its_town(town: Town, now: dt.datetime) -> None:
    owner = make_person()
    actor = make_actor(town.municipality, owner)
    listing = repeat_story(story=told(town, state="published").story, actor=actor, by=owner, now=now)
    assert list(listing.areas.all()) == [town.city]


def test_only_for_an_actor_of_ones_own_and_only_what_all_may_read(town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    for person in (town.viewer, town.citizen, town.officer):
        with pytest.raises(NotAllowed):
            repeat_story(story=found.story, actor=town.actor, by=person, now=now)
    for state in ("draft", "consenting", "unpublished"):
        with pytest.raises(NotAllowed, match="公開をやめた"):
            repeat_story(story=told(town, state=state).story, actor=town.actor, by=town.owner, now=now)
    assert Listing.objects.filter(state="draft").count() == 0


def test_what_it_took_without_a_need_is_what_was_used(town: Town, now: dt.datetime) -> None:
    project = make_project(town, state="achieved")
    offer = project.case.parties.exclude(listing=project.case.need).get().listing
    project.allotments.create(
        listing=offer, resource="goods", what="テント", amount=3, unit="items", taken_at=now
    )
    Project.objects.filter(pk=project.pk).update(case=None)
    story = Story.objects.select_related("project").get(pk=make_story(project).pk)
    assert [(line.what, line.amount, line.amount_said) for line in needed_lines(story)] == [
        ("テント", 3, "3個")
    ]


def test_who_did_it_after_whom(town: Town, other_town: Town, now: dt.datetime) -> None:
    first = told(town, state="published")
    second = told(other_town, state="published", after=first.story)
    third = told(town, state="published", after=second.story)
    hidden = told(town, state="draft", after=first.story)
    assert examples_before(third.story) == [second.story, first.story]
    assert list(stories_after(first.story)) == [second.story]
    need = repeat_story(story=first.story, actor=town.actor, by=town.owner, now=now)
    assert list(needs_after(other_town.owner, first.story)) == []
    publish_and_match(listing=need, by=town.owner, now=now)
    assert list(needs_after(other_town.owner, first.story)) == [need]
    # Once it has a story of its own that tells it better, the need is no longer shown beside it.
    Listing.objects.filter(pk=need.pk).update(state="fulfilled")
    Project.objects.filter(pk=hidden.project.pk).update(case=None)
    case = third.project.case
    case.need = need
    case.save()
    assert list(needs_after(other_town.owner, first.story)) == []


def test_who_reads_what(town: Town, other_town: Town) -> None:
    rows = {state: told(town, state=state) for state in ("draft", "consenting", "published", "unpublished")}
    published = {rows["published"].story}
    every = {found.story for found in rows.values()}
    for stranger in (town.citizen, other_town.officer, other_town.owner, other_town.coordinator):
        assert set(stories_for(stranger)) == published
        assert set(own_stories_for(stranger)) == set()
    for insider in (town.owner, town.viewer, town.coordinator, town.officer):
        assert set(stories_for(insider)) == set(own_stories_for(insider)) == every
    Project.objects.update(visibility="city_hall")
    assert set(own_stories_for(town.coordinator)) == set()
    assert set(own_stories_for(town.officer)) == every
    Membership.objects.filter(user=town.viewer).delete()
    assert set(own_stories_for(type(town.viewer).objects.get(pk=town.viewer.pk))) == set()


def test_whoever_has_left_the_team_no_longer_reads_its_drafts(town: Town, now: dt.datetime) -> None:
    found = told(town)
    assert set(own_stories_for(found.other)) == {found.story}
    found.partner.left_on = now.date()
    found.partner.save()
    assert set(own_stories_for(found.other)) == set()


def test_found_by_field_place_and_year(town: Town, other_town: Town) -> None:
    here = told(town, state="published", fields=[3], year=2025).story
    told(town, state="consenting", fields=[3], year=2024)
    there = told(other_town, state="published", fields=[13], year=2026).story
    both = [town.municipality.pk, other_town.municipality.pk]
    assert find_published(towns=both, limit=10) == ([there, here], 2)
    assert find_published(towns=both[:1], limit=10) == ([here], 1)
    assert find_published(towns=both, field=13, limit=10) == ([there], 1)
    assert find_published(towns=both, year=2025, limit=10) == ([here], 1)
    assert find_published(towns=both, area_id=town.wards[0].pk, limit=10) == ([here], 1)
    assert find_published(towns=both, area_id=town.wards[1].pk, limit=10) == ([], 0)
    assert find_published(towns=both, limit=1, offset=1) == ([here], 2)
    assert years_published(both) == [2026, 2025]


def test_the_index_made_anew_says_the_same(town: Town) -> None:
    told(town, state="published", fields=[3], year=2025)
    told(town, state="unpublished")

    def documents() -> set[tuple[str, int, bytes]]:
        rows = Document.objects.filter(kind="story").values_list("kind", "object_id", "digest")
        return {(kind, pk, bytes(digest)) for kind, pk, digest in rows}

    held = documents()
    assert len(held) == 1
    call_command("index", "rebuild", verbosity=0)
    assert documents() == held
    assert listings_for(town.owner).exists()
