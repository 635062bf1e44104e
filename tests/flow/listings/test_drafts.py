"""Writing a listing: drafts, two editors, proxy entry, throwing away."""

import datetime as dt
from dataclasses import replace

import pytest

from musubi.base.audit.models import Event
from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import editable_listings_for, listings_for
from musubi.flow.listings.services import Content, LineValue, MenuValue, NotComplete, StaleDraft, content_of
from tests import factories
from tests.factories import Town

from .samples import MENU, hall_needed


def draft(town: Town, now: dt.datetime, template: str = Template.PLACE) -> Listing:
    return services.create_draft(actor=town.actor, side=Side.NEED, template=template, by=town.owner, now=now)


def test_a_draft_keeps_every_part_and_nobody_else_reads_it(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    content = hall_needed(town, conditions=("wheelchair_ok",), wanted_kinds=("npo",))
    saved = services.save_listing(listing=listing, content=content, version=1, by=town.owner, now=now)

    assert content_of(Listing.objects.get(pk=listing.pk)) == content
    assert (saved.state, saved.version) == (ListingState.DRAFT, 2)
    assert list(listings_for(town.viewer)) == [saved]
    assert not listings_for(town.citizen).exists()
    assert not listings_for(town.officer).exists()


def test_saving_what_is_already_stored_leaves_no_trace(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    content = hall_needed(town)
    services.save_listing(listing=listing, content=content, version=1, by=town.owner, now=now)
    events = Event.objects.count()
    again = services.save_listing(listing=listing, content=content, version=2, by=town.owner, now=now)
    assert (again.version, Event.objects.count()) == (2, events)


def test_the_log_says_what_changed_and_only_that(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    services.save_listing(listing=listing, content=hall_needed(town), version=1, by=town.owner, now=now)
    services.publish_listing(listing=listing, by=town.owner, now=now)
    listing.refresh_from_db()
    content = replace(content_of(listing), title="会場を探しています")
    services.save_listing(listing=listing, content=content, version=2, by=town.owner, now=now)
    event = Event.objects.filter(verb="listing.save").first()
    assert event is not None
    assert event.by == f"user:{town.owner.pk}"
    assert event.before == '{"title": "こども食堂の会場を探しています"}'
    assert event.after == '{"title": "会場を探しています"}'


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    first = hall_needed(town, title="先に書いた題名")
    services.save_listing(listing=listing, content=first, version=1, by=town.owner, now=now)
    with pytest.raises(StaleDraft) as stale:
        services.save_listing(listing=listing, content=hall_needed(town), version=1, by=town.owner, now=now)
    assert stale.value.version == 2
    assert "先に保存した" in stale.value.sentence
    assert content_of(Listing.objects.get(pk=listing.pk)) == first


def test_a_published_listing_stays_complete_when_it_is_edited(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    services.save_listing(listing=listing, content=hall_needed(town), version=1, by=town.owner, now=now)
    services.publish_listing(listing=listing, by=town.owner, now=now)
    with pytest.raises(NotComplete) as lacks:
        services.save_listing(
            listing=listing, content=hall_needed(town, lines=()), version=2, by=town.owner, now=now
        )
    assert [problem.field for problem in lacks.value.problems] == ["lines"]
    assert Listing.objects.get(pk=listing.pk).requirements.count() == 2


@pytest.mark.parametrize("who", ["viewer", "citizen", "coordinator", "officer"])
def test_who_may_not_write_for_an_actor(town: Town, now: dt.datetime, who: str) -> None:
    person = getattr(town, who)
    with pytest.raises(NotAllowed):
        services.create_draft(actor=town.actor, side=Side.NEED, template=Template.FREE, by=person, now=now)
    listing = draft(town, now)
    with pytest.raises(NotAllowed):
        services.save_listing(listing=listing, content=hall_needed(town), version=1, by=person, now=now)
    with pytest.raises(NotAllowed):
        services.delete_draft(listing=listing, by=person, now=now)


def test_nobody_writes_for_an_actor_of_another_town(town: Town, other_town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    for person in (other_town.owner, other_town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed):
            services.save_listing(listing=listing, content=hall_needed(town), version=1, by=person, now=now)
        with pytest.raises(NotAllowed):
            services.enter_listing(
                actor=town.actor,
                side=Side.NEED,
                template=Template.FREE,
                source=Source.PAPER,
                content=hall_needed(town),
                by=person,
                now=now,
            )
        assert not listings_for(person).exists()
    with pytest.raises(ValueError, match="another town"):
        services.create_draft(
            actor=town.actor,
            side=Side.NEED,
            template=Template.FREE,
            by=town.owner,
            now=now,
            issue=factories.make_issue(other_town),
        )


def test_only_departments_and_intermediaries_write_menu_items(town: Town, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed, match="行政担当課と中間支援組織"):
        services.create_draft(
            actor=town.actor, side=Side.OFFER, template=Template.MENU, by=town.owner, now=now
        )
    parks = factories.make_actor(
        town.municipality, town.officer, kind=ActorKind.DEPARTMENT, name="公園緑地課"
    )
    item = services.create_draft(
        actor=parks, side=Side.OFFER, template=Template.MENU, by=town.officer, now=now
    )
    assert content_of(item).menu == MenuValue()
    saved = services.save_listing(
        listing=item, content=Content(title="清掃用具", menu=MENU), version=1, by=town.officer, now=now
    )
    assert content_of(saved).menu == MENU


def test_a_menu_part_belongs_to_menu_items_alone(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    saved = services.save_listing(
        listing=listing, content=hall_needed(town, menu=MENU), version=1, by=town.owner, now=now
    )
    assert content_of(saved).menu is None


def test_staff_type_in_what_came_on_paper_and_its_people_are_told(town: Town, now: dt.datetime) -> None:
    listing = services.enter_listing(
        actor=town.actor,
        side=Side.NEED,
        template=Template.PLACE,
        source=Source.FAX,
        content=hall_needed(town),
        by=town.coordinator,
        now=now,
    )
    assert (listing.source, listing.entered_by, listing.state) == (
        Source.FAX,
        town.coordinator,
        ListingState.DRAFT,
    )
    told = messages_for(town.owner).get()
    assert (told.kind, told.path) == ("listing_entered", f"/workspace/listings/{listing.pk}/")
    assert "FAX" in told.text
    assert not messages_for(town.viewer).exists()
    event = Event.objects.get(verb="listing.create")
    assert event.on_behalf_of == f"actors.actor:{town.actor.pk}"
    published = services.publish_listing(listing=listing, by=town.coordinator, now=now)
    assert published.state == ListingState.PUBLISHED
    assert listing in editable_listings_for(town.coordinator)


@pytest.mark.parametrize("source", [Source.WEB, Source.IMPORT])
def test_proxy_entry_says_how_it_came(town: Town, now: dt.datetime, source: str) -> None:
    with pytest.raises(ValueError, match="proxy entry"):
        services.enter_listing(
            actor=town.actor,
            side=Side.NEED,
            template=Template.FREE,
            source=source,
            content=hall_needed(town),
            by=town.coordinator,
            now=now,
        )


def test_a_draft_can_be_thrown_away_and_something_published_cannot(town: Town, now: dt.datetime) -> None:
    first, second = draft(town, now), draft(town, now)
    services.delete_draft(listing=first, by=town.owner, now=now)
    assert not Listing.objects.filter(pk=first.pk).exists()
    assert Event.objects.filter(verb="listing.delete", subject_ref=str(first.pk)).exists()
    services.save_listing(listing=second, content=hall_needed(town), version=1, by=town.owner, now=now)
    services.publish_listing(listing=second, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="取り下げ"):
        services.delete_draft(listing=second, by=town.owner, now=now)


def test_a_new_order_of_windows_is_no_change(town: Town, now: dt.datetime) -> None:
    listing = draft(town, now)
    content = hall_needed(town)
    later = replace(content.windows[0], starts_on=content.windows[0].ends_on)
    two = replace(content, windows=(later, content.windows[0]))
    saved = services.save_listing(listing=listing, content=two, version=1, by=town.owner, now=now)
    again = services.save_listing(
        listing=listing, content=content_of(saved), version=saved.version, by=town.owner, now=now
    )
    assert again.version == saved.version


def test_a_line_keeps_its_place(town: Town, now: dt.datetime) -> None:
    lines = tuple(LineValue(resource=kind, what=kind) for kind in ("money", "goods", "people", "place"))
    listing = draft(town, now)
    saved = services.save_listing(
        listing=listing, content=hall_needed(town, lines=lines), version=1, by=town.owner, now=now
    )
    assert content_of(saved).lines == lines
