"""Making actors, keeping them true, and what is kept of that."""

import json

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.enums import Source, Visibility
from musubi.base.common.verdict import NotAllowed
from musubi.base.index.models import Document
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorKind, ActorState, DisclosureLevel, MembershipRole, ProfileItem
from musubi.flow.actors.models import Actor, Membership
from musubi.flow.actors.queries import missing_for_more_disclosure, profile_lines_for, standing_of
from tests.factories import make_actor, make_person, register

EVERYTHING = {
    "representative": "浜田花",
    "email": "hana@example.jp",
    "phone": "0000-11-2222",
    "address": "港区浜町1-1",
    "url": "https://example.jp/",
}


def create(town, by, now, **fields):
    fields = {"kind": ActorKind.CIVIC_GROUP, "name": "花の会"} | fields
    return services.create_actor(municipality=town.municipality, by=by, now=now, **fields)


def test_a_registered_person_makes_a_draft_and_owns_it(town, now):
    standing_of(town.citizen)
    actor = create(town, town.citizen, now, area=town.wards[0], fields=[1, 13])
    assert (actor.state, actor.municipality, actor.created_at) == (ActorState.DRAFT, town.municipality, now)
    assert Membership.objects.get(actor=actor).role == MembershipRole.OWNER
    assert standing_of(town.citizen).owns == {actor.pk}
    assert not Document.objects.filter(kind="actor").exists()
    event = Event.objects.get()
    assert (event.verb, event.by, event.municipality_ref) == (
        "actor.create",
        f"user:{town.citizen.pk}",
        str(town.municipality.pk),
    )


def test_submitted_at_once_it_is_found_and_waits(town, now):
    actor = create(town, town.citizen, now, submit=True)
    assert (actor.state, actor.submitted_at) == (ActorState.PENDING, now)
    assert Document.objects.filter(kind="actor", object_id=actor.pk).count() == 1


def test_who_has_not_registered_here_is_refused(town, other_town, now):
    for stranger in (make_person(), other_town.citizen):
        with pytest.raises(NotAllowed, match="登録をすませて"):
            create(town, stranger, now)
    assert Actor.objects.count() == 2


@pytest.mark.parametrize("kind", [ActorKind.DEPARTMENT, ActorKind.INTERMEDIARY])
def test_official_kinds_are_made_by_the_office_which_vouches_for_them(kind, town, now):
    with pytest.raises(NotAllowed, match="運営担当が登録"):
        create(town, town.citizen, now, kind=kind)
    actor = create(town, town.officer, now, kind=kind)
    assert (actor.state, actor.verified_by) == (ActorState.VERIFIED, town.officer)


def test_five_actors_a_day_are_enough(town, now):
    for _ in range(5):
        create(town, town.citizen, now)
    with pytest.raises(NotAllowed, match="5つまで"):
        create(town, town.citizen, now)
    register(town.municipality, other := make_person())
    assert create(town, other, now).pk


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "club"}, "種類"),
        ({"name": "  "}, "名前"),
        ({"fields": [21]}, "活動分野"),
        ({"corporate_number": "123"}, "13けた"),
        ({"item_visibility": {"phone": "friends"}}, "だれに見せるか"),
        ({"item_visibility": {"age": "public"}}, "だれに見せるか"),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(wrong, sentence, town, now):
    with pytest.raises(ValidationError, match=sentence):
        create(town, town.citizen, now, **wrong)
    assert Event.objects.count() == 0


def test_an_area_of_another_town_is_refused(town, other_town, now):
    other = other_town.city
    with pytest.raises(ValidationError, match="この町の中"):
        create(town, town.citizen, now, area=other)


def test_staff_type_in_for_somebody_else(town, now):
    actor = services.enter_actor(
        municipality=town.municipality,
        kind=ActorKind.COMPANY,
        name="浜製作所",
        source=Source.PAPER,
        by=town.coordinator,
        now=now,
    )
    assert (actor.state, actor.source, actor.entered_by) == (
        ActorState.PENDING,
        Source.PAPER,
        town.coordinator,
    )
    assert not Membership.objects.filter(actor=actor).exists()
    assert Event.objects.get().on_behalf_of == f"actors.actor:{actor.pk}"
    # Whoever typed it in corrects a slip; another coordinator's town stays closed.
    services.update_profile(actor=actor, phone="0000-22-3333", by=town.coordinator, now=now)
    with pytest.raises(NotAllowed):
        services.update_profile(actor=actor, phone="1", by=town.citizen, now=now)


def test_entering_needs_staff_a_source_and_the_office_for_official_kinds(town, other_town, now):
    call = {"municipality": town.municipality, "name": "浜製作所", "now": now}
    for stranger in (town.citizen, town.owner, other_town.coordinator):
        with pytest.raises(NotAllowed, match="代わりの入力"):
            services.enter_actor(kind=ActorKind.COMPANY, source=Source.FAX, by=stranger, **call)
    with pytest.raises(ValidationError, match="どこから"):
        services.enter_actor(kind=ActorKind.COMPANY, source=Source.WEB, by=town.coordinator, **call)
    with pytest.raises(NotAllowed, match="運営担当が登録"):
        services.enter_actor(kind=ActorKind.DEPARTMENT, source=Source.FAX, by=town.coordinator, **call)


def test_only_what_changed_is_written_and_personal_items_are_veiled_in_the_log(town, now):
    actor = make_actor(town.municipality, town.owner, summary="旧", phone="0000-11-2222")
    services.update_profile(
        actor=actor,
        summary="新",
        phone="0000-99-8888",
        town=actor.town,
        item_visibility={"phone": Visibility.PUBLIC},
        by=town.owner,
        now=now,
    )
    actor.refresh_from_db()
    assert (actor.summary, actor.phone, actor.visibility_of("phone")) == (
        "新",
        "0000-99-8888",
        Visibility.PUBLIC,
    )
    event = Event.objects.get()
    before, after = json.loads(event.before), json.loads(event.after)
    assert (before["summary"], after["summary"]) == ("旧", "新")
    assert set(after) == {"summary", "phone", "item_visibility"}
    assert "0000" not in event.before + event.after


def test_a_change_without_a_difference_leaves_no_trace(town, now):
    services.update_profile(actor=town.actor, name=town.actor.name, by=town.owner, now=now)
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "by", "state"),
    [
        ({"name": "別の会"}, "owner", ActorState.PENDING),
        ({"kind": ActorKind.NPO}, "owner", ActorState.PENDING),
        ({"corporate_number": "7000012050002"}, "owner", ActorState.PENDING),
        ({"summary": "花を植えます"}, "owner", ActorState.VERIFIED),
        ({"name": "別の会"}, "officer", ActorState.VERIFIED),
    ],
)
def test_what_the_city_vouched_for_is_looked_at_again(change, by, state, town, now):
    actor = services.update_profile(actor=town.actor, by=getattr(town, by), now=now, **change)
    actor.refresh_from_db()
    assert actor.state == state


def test_a_member_cannot_become_a_department(town, now):
    with pytest.raises(NotAllowed, match="運営担当が登録"):
        services.update_profile(actor=town.actor, kind=ActorKind.DEPARTMENT, by=town.owner, now=now)


def test_who_may_edit(town, other_town, now):
    for stranger, sentence in (
        (town.viewer, "閲覧のみ"),
        (town.citizen, "編集の担当だけ"),
        (town.coordinator, "編集の担当だけ"),
        (other_town.officer, "編集の担当だけ"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            services.update_profile(actor=town.actor, summary="x", by=stranger, now=now)
    closed = make_actor(town.municipality, town.owner, state=ActorState.CLOSED)
    with pytest.raises(NotAllowed, match="活動を終えた"):
        services.update_profile(actor=closed, summary="x", by=town.owner, now=now)


def test_a_new_name_is_found_and_the_old_one_is_not(town, now):
    services.update_profile(actor=town.actor, name="川辺太鼓保存会", by=town.officer, now=now)
    first = Document.objects.get(kind="actor", object_id=town.actor.pk).key
    services.update_profile(actor=town.actor, name="港太鼓保存会", by=town.officer, now=now)
    assert Document.objects.get(kind="actor", object_id=town.actor.pk).key != first


def test_confirming_says_when_it_was_last_true(town, now):
    draft = make_actor(town.municipality, town.owner, state=ActorState.DRAFT)
    Actor.objects.update(confirmed_at=None)
    with pytest.raises(NotAllowed):
        services.confirm_actor(actor=town.actor, by=town.viewer, now=now)
    assert services.confirm_actor(actor=town.actor, by=town.owner, now=now).confirmed_at == now
    with pytest.raises(NotAllowed, match="公開されている"):
        services.confirm_actor(actor=draft, by=town.owner, now=now)


def test_reading_what_is_not_public_of_others_is_kept(town, now):
    visibility = {
        "representative": Visibility.PUBLIC,
        "phone": Visibility.CITY_HALL,
        "email": Visibility.REGISTERED,
    }
    actor = make_actor(town.municipality, make_person(), item_visibility=visibility, **EVERYTHING)
    assert services.record_profile_view(actor=actor, by=town.officer, now=now) is True
    event = Event.objects.get()
    assert (event.verb, event.by) == ("personal_data.view", f"user:{town.officer.pk}")
    assert set(event.after.split("、")) == {"phone", "email", "address", "url"}
    assert services.record_profile_view(actor=actor, by=make_person(), now=now) is False
    assert Event.objects.count() == 1


def test_own_data_is_read_without_a_trace(town, now):
    actor = make_actor(town.municipality, town.owner, **EVERYTHING)
    assert services.record_profile_view(actor=actor, by=town.owner, now=now) is False


@pytest.mark.parametrize(
    ("public", "level", "missing"),
    [
        ([], DisclosureLevel.NAME_ONLY, ["email", "phone", "url"]),
        (["representative"], DisclosureLevel.NAME_ONLY, ["email", "phone", "url"]),
        (["phone"], DisclosureLevel.REACHABLE, ["representative"]),
        (["phone", "representative"], DisclosureLevel.ACCOUNTABLE, ["address"]),
        (["url", "representative", "address"], DisclosureLevel.OPEN, []),
    ],
)
def test_the_level_of_disclosure_and_what_would_raise_it(public, level, missing, town):
    visibility = dict.fromkeys(ProfileItem.values, Visibility.REGISTERED) | dict.fromkeys(
        public, Visibility.PUBLIC
    )
    actor = make_actor(town.municipality, item_visibility=visibility, **EVERYTHING)
    assert actor.disclosure_level == level
    assert missing_for_more_disclosure(actor) == missing


def test_each_reader_sees_the_items_of_their_level(town, other_town):
    levels = ["public", "registered", "intermediaries", "city_hall", "public"]
    visibility = dict(zip(ProfileItem.values, levels, strict=True))
    actor = make_actor(town.municipality, make_person(), item_visibility=visibility, **EVERYTHING)
    seen = {
        name: [line.item for line in profile_lines_for(person, actor)]
        for name, person in {
            "visitor": other_town.citizen,
            "registered": town.citizen,
            "coordinator": town.coordinator,
            "officer": town.officer,
            "other officer": other_town.officer,
        }.items()
    }
    assert seen == {
        "visitor": ["representative", "url"],
        "registered": ["representative", "email", "url"],
        "coordinator": ["representative", "email", "phone", "url"],
        "officer": list(ProfileItem.values),
        "other officer": ["representative", "url"],
    }


def test_a_form_shows_every_item_and_the_log_says_so(town, now):
    actor = make_actor(
        town.municipality,
        entered_by=town.coordinator,
        source="paper",
        item_visibility={"phone": Visibility.CITY_HALL, "email": Visibility.PUBLIC},
        **EVERYTHING,
    )
    services.record_profile_view(actor=actor, by=town.coordinator, now=now, in_form=True)
    assert set(Event.objects.get().after.split("、")) == {"representative", "phone", "address", "url"}
    assert services.record_profile_view(actor=town.actor, by=town.owner, now=now, in_form=True) is False
