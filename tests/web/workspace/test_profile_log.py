"""Who opens the form of somebody else's profile sees all of it, and the log says so."""

from typing import Any

from musubi.base.audit.models import Event
from musubi.flow.actors.models import Membership
from tests.factories import Town, make_actor, make_person


def test_the_form_of_an_actor_typed_in_is_logged_with_every_item(town: Town, sign_in: Any) -> None:
    actor = make_actor(
        town.municipality, entered_by=town.coordinator, source="paper", phone="0000-11-2222",
        address="港区浜町1-1", item_visibility={"phone": "city_hall", "address": "public"},
    )  # fmt: skip
    client = sign_in(town.coordinator)
    path = f"/workspace/actors/{actor.pk}/edit/"
    assert "0000-11-2222" in client.get(path).content.decode()
    event = Event.objects.get(verb="personal_data.view")
    assert (event.by, event.subject_ref, event.after) == (
        f"user:{town.coordinator.pk}", str(actor.pk), "phone",
    )  # fmt: skip
    Membership.objects.create(actor=actor, user=make_person(), role="owner", joined_at=actor.created_at)
    assert client.get(path).status_code == 403
