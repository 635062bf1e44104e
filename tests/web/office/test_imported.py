"""What a file brought in comes before the public by the office's hand; what it says follows who vouches."""

import pytest
from django.urls import reverse

from musubi.base.common.enums import Source
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import ListingRow, import_listings
from musubi.flow.matching.models import Proposal
from musubi.web.office.actors import views
from tests.factories import Town, make_actor, make_person
from tests.flow.listings.samples import hall_needed, hall_offered
from tests.flow.matching.later import run_later, waiting


def brought_in(town: Town, now, side=Side.NEED) -> Listing:
    actor = make_actor(
        town.municipality, state=ActorState.DRAFT, source=Source.IMPORT, external_ref=f"a-{side}"
    )
    content = hall_needed(town) if side == Side.NEED else hall_offered(town)
    row = ListingRow(
        external_ref=f"l-{side}", actor=actor, side=side, content=content, template=Template.PLACE
    )
    list(import_listings(municipality=town.municipality, rows=[row], by=None, now=now))
    return Listing.objects.get(external_ref=f"l-{side}")


def test_the_office_takes_up_what_a_file_brought_in(town, sign_in, client, now):
    need, offer = brought_in(town, now), brought_in(town, now, Side.OFFER)
    officer = sign_in(town.officer)
    public, search = reverse("public:listing", args=[need.pk]), reverse("public:search") + "?q=会場"
    assert client.get(public).status_code == 404
    assert f'href="{public}"' not in client.get(search).content.decode()
    for listing in (need, offer):
        page = reverse("office:actor", args=[listing.actor_id])
        submit = reverse("office:actor_submit", args=[listing.actor_id])
        assert submit in officer.get(page).content.decode()
        assert officer.post(submit).url == page
        assert Actor.objects.get(pk=listing.actor_id).state == ActorState.PENDING
        assert submit not in officer.get(page).content.decode()
        assert officer.post(submit).status_code == 404
    assert client.get(public).status_code == 200
    assert f'href="{public}"' in client.get(search).content.decode()
    run_later()
    assert list(Proposal.objects.values_list("need", "offer")) == [(need.pk, offer.pk)]
    officer.post(reverse("office:actor_verify", args=[need.actor_id]))
    assert Actor.objects.get(pk=need.actor_id).state == ActorState.VERIFIED


def test_a_draft_that_somebody_is_writing_is_left_alone(town, sign_in):
    own = make_actor(town.municipality, make_person(), state=ActorState.DRAFT)
    invited = make_actor(
        town.municipality, make_person(), state=ActorState.DRAFT, source=Source.IMPORT, external_ref="1"
    )
    officer = sign_in(town.officer)
    for actor in (own, invited):
        submit = reverse("office:actor_submit", args=[actor.pk])
        assert submit not in officer.get(reverse("office:actor", args=[actor.pk])).content.decode()
        assert officer.post(submit).status_code == 404
    officer.post(reverse("office:actors_submit"))
    assert set(Actor.objects.filter(pk__in=[own.pk, invited.pk]).values_list("state", flat=True)) == {"draft"}


def test_many_are_taken_up_a_handful_at_a_time(town, other_town, sign_in, monkeypatch):
    monkeypatch.setattr(views, "SUBMITTED_AT_ONCE", 2)
    for number in range(3):
        make_actor(town.municipality, state=ActorState.DRAFT, source=Source.IMPORT, external_ref=f"{number}")
    elsewhere = make_actor(
        other_town.municipality, state=ActorState.DRAFT, source=Source.IMPORT, external_ref="1"
    )
    officer, url = sign_in(town.officer), reverse("office:actors_submit")
    listed = reverse("office:actors")
    assert url not in officer.get(listed).content.decode()
    assert "まとめて確認待ちにする（2件）" in officer.get(f"{listed}?state=draft").content.decode()
    assert officer.post(url).url == f"{listed}?state=draft"
    assert "まとめて確認待ちにする（1件）" in officer.get(f"{listed}?state=draft").content.decode()
    assert officer.post(url).url == f"{listed}?state=pending"
    assert url not in officer.get(f"{listed}?state=draft").content.decode()
    elsewhere.refresh_from_db()
    assert elsewhere.state == ActorState.DRAFT
    assert Actor.objects.filter(state=ActorState.PENDING).count() == 3


@pytest.mark.parametrize("listed", [True, False])
def test_who_vouches_is_asked_again_by_the_worker(town, sign_in, now, listed):
    if listed:
        listing = brought_in(town, now, Side.OFFER)
        Listing.objects.filter(pk=listing.pk).update(actor=town.actor)
    officer = sign_in(town.officer)
    issuer = {"kind": "certification", "title": "認証", "issuer_name": "みそら県"}
    dates = {"valid_from_year": "2026", "valid_from_month": "1", "valid_from_day": "1"}
    officer.post(reverse("office:credential_new", args=[town.actor.pk]), issuer | dates)
    expected = [("refresh_proposals_of_actor", [town.actor.pk])] if listed else []
    assert waiting() == expected
    credential = town.actor.credentials.get()
    officer.post(reverse("office:credential_revoke", args=[credential.pk]), {"reason": "誤り"})
    credential.refresh_from_db()
    assert credential.revoked_at is not None
    assert waiting() == expected * 2
