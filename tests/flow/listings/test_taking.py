"""40 of 100 chairs are in use: the rest stays offered, comes back, or is used up."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import (
    Content,
    LineValue,
    ListingRow,
    NotComplete,
    StillUsed,
    content_of,
    give_back_to_offer,
    import_listing,
    save_listing,
    take_from_offer,
    use_up_offer,
)
from musubi.flow.matching.adapter import listing_values
from tests.factories import Town, make_listing
from tests.together import make_offer, owner_of

pytestmark = pytest.mark.django_db
NOTHING_ELSE = StillUsed()


def chairs(number: int | None) -> LineValue:
    return LineValue(resource="goods", what="折りたたみいす", amount=number, unit="items")


def truck() -> LineValue:
    return LineValue(resource="goods", what="トラック")


def take(offer: Listing, *lines: LineValue, now: dt.datetime) -> list[LineValue]:
    return take_from_offer(listing=offer, lines=lines, by=None, now=now)


def state(offer: Listing) -> tuple[str, list[int]]:
    offer = Listing.objects.get(pk=offer.pk)
    return offer.state, [row.taken for row in offer.provisions.all()]


def test_a_part_is_taken_and_the_rest_stays_offered(town: Town, now: dt.datetime) -> None:
    offer = make_offer(town)
    assert take(offer, chairs(40), now=now) == [chairs(40)]
    assert state(offer) == ("published", [40])
    [value] = listing_values([offer], today=timezone.localdate(now))
    assert [line.amount for line in value.lines] == [60]
    assert Event.objects.filter(verb="listing.take", subject_ref=str(offer.pk)).count() == 1


def test_more_than_is_left_is_refused_whole(town: Town, now: dt.datetime) -> None:
    offer = make_offer(town, lines=[("goods", "折りたたみいす", 100, "items"), ("goods", "机", 10, "items")])
    take(offer, chairs(70), now=now)
    tables = LineValue(resource="goods", what="机", amount=5, unit="items")
    with pytest.raises(ValidationError, match="折りたたみいす」は、いま30個しか残っていません"):
        take(offer, tables, chairs(31), now=now)
    assert state(offer) == ("published", [70, 0])


def test_all_of_it_and_the_offer_is_reserved_until_something_comes_back(town: Town, now: dt.datetime) -> None:
    offer = make_offer(town)
    take(offer, chairs(40), now=now)
    assert take(offer, chairs(None), now=now) == [chairs(60)]
    assert state(offer) == ("reserved", [100])
    with pytest.raises(ValidationError, match="0個しか残っていません"):
        take(offer, chairs(None), now=now)
    still = StillUsed(anything=True)
    give_back_to_offer(listing=offer, line=chairs(60), still=still, by=None, now=now)
    assert state(offer) == ("published", [40])


def test_a_line_that_is_taken_whole_is_no_longer_shown_to_the_engine(town: Town, now: dt.datetime) -> None:
    offer = make_offer(town, lines=[("goods", "折りたたみいす", 40, "items"), ("goods", "机", 10, "items")])
    take(offer, chairs(40), now=now)
    [value] = listing_values([Listing.objects.get(pk=offer.pk)], today=timezone.localdate(now))
    assert [(line.what, line.amount) for line in value.lines] == [("机", 10)]


def test_a_line_without_a_number_is_the_whole_offer(town: Town, now: dt.datetime) -> None:
    offer = make_offer(
        town, lines=[("goods", "トラック", None, ""), ("goods", "折りたたみいす", 100, "items")]
    )
    take(offer, truck(), chairs(40), now=now)
    assert state(offer) == ("reserved", [0, 40])
    with pytest.raises(ValidationError, match="いまほかで使っています"):
        take(offer, truck(), now=now)
    give_back_to_offer(
        listing=offer, line=chairs(40), still=StillUsed(anything=True, whole=True), by=None, now=now
    )
    assert state(offer) == ("reserved", [0, 0])
    give_back_to_offer(listing=offer, line=truck(), still=NOTHING_ELSE, by=None, now=now)
    assert state(offer) == ("published", [0, 0])


def test_an_item_of_the_menu_answers_many(town: Town, now: dt.datetime) -> None:
    offer = make_offer(
        town, template="menu", lines=[("goods", "トラック", None, "")], menu={"can_do": "貸出"}
    )
    take(offer, truck(), now=now)
    take(offer, truck(), now=now)
    assert state(offer) == ("published", [0])
    use_up_offer(listing=offer, line=truck(), still=NOTHING_ELSE, by=None, now=now)
    assert state(offer) == ("published", [0])


def test_what_is_used_up_stays_taken_and_the_last_of_it_fulfils_the_offer(
    town: Town, now: dt.datetime
) -> None:
    offer = make_offer(town)
    take(offer, chairs(40), now=now)
    use_up_offer(listing=offer, line=chairs(40), still=NOTHING_ELSE, by=None, now=now)
    assert state(offer) == ("published", [40])
    take(offer, chairs(60), now=now)
    use_up_offer(listing=offer, line=chairs(60), still=StillUsed(anything=True), by=None, now=now)
    assert state(offer) == ("reserved", [100])
    use_up_offer(listing=offer, line=chairs(60), still=NOTHING_ELSE, by=None, now=now)
    assert state(offer) == ("fulfilled", [100])


def test_a_whole_offer_that_is_used_up_is_over_however_the_rest_comes_back(
    town: Town, now: dt.datetime
) -> None:
    offer = make_offer(
        town, lines=[("goods", "トラック", None, ""), ("goods", "折りたたみいす", 100, "items")]
    )
    take(offer, truck(), chairs(40), now=now)
    use_up_offer(listing=offer, line=truck(), still=StillUsed(anything=True), by=None, now=now)
    assert state(offer) == ("reserved", [0, 40])
    give_back_to_offer(listing=offer, line=chairs(40), still=StillUsed(gone=True), by=None, now=now)
    assert state(offer) == ("fulfilled", [0, 0])


@pytest.mark.parametrize("now_is", sorted(set(ListingState) - {"published", "reserved"}))
def test_what_its_people_have_closed_meanwhile_stays_closed(
    now_is: str, town: Town, now: dt.datetime
) -> None:
    offer = make_offer(town, state=now_is)
    take(offer, chairs(100), now=now)
    assert state(offer) == (now_is, [100])
    give_back_to_offer(listing=offer, line=chairs(100), still=NOTHING_ELSE, by=None, now=now)
    assert state(offer) == (now_is, [0])


def test_a_line_that_was_put_differently_since_is_still_found(town: Town, now: dt.datetime) -> None:
    offer = make_offer(town, lines=[("goods", "パイプいす", 100, "items")])
    assert [line.what for line in take(offer, chairs(40), now=now)] == ["パイプいす"]
    gone = make_offer(town, lines=[("goods", "トラック", None, "")])
    with pytest.raises(ValidationError, match=r"提供「.+」から無くなっています"):
        take(gone, chairs(40), now=now)


def test_equal_lines_are_taken_one_after_the_other_and_kept_when_rewritten(
    town: Town, now: dt.datetime
) -> None:
    lines = [("goods", "折りたたみいす", 30, "items"), ("goods", "折りたたみいす", 30, "items")]
    offer = make_offer(town, lines=lines)
    take(offer, chairs(40), now=now)
    assert state(offer) == ("published", [30, 10])
    saved = rewrite(offer, now, chairs(50), chairs(5))
    assert state(saved) == ("published", [40, 0])


def rewrite(offer: Listing, now: dt.datetime, *lines: LineValue) -> Listing:
    offer = Listing.objects.get(pk=offer.pk)
    content = Content(**{**vars(content_of(offer)), "lines": lines})
    return save_listing(
        listing=offer, content=content, version=offer.version, by=owner_of(offer.actor), now=now
    )


@pytest.mark.parametrize(
    "lines",
    [(chairs(39),), (truck(),), (LineValue(resource="goods", what="いす", amount=100, unit="items"),)],
)
def test_nobody_takes_back_by_rewriting_what_is_in_use(
    lines: tuple[LineValue, ...], town: Town, now: dt.datetime
) -> None:
    offer = make_offer(town)
    take(offer, chairs(40), now=now)
    with pytest.raises(NotComplete) as refused:
        rewrite(offer, now, *lines)
    assert [(p.field, p.sentence) for p in refused.value.problems] == [
        (
            "lines",
            "「折りたたみいす」は、いま40個を使っています。消したり、それより少なくしたりはできません。",
        )
    ]
    assert state(offer) == ("published", [40])
    assert state(rewrite(offer, now, chairs(40))) == ("published", [40])


def test_a_file_does_not_overwrite_an_offer_in_use(town: Town, now: dt.datetime) -> None:
    def row(number: int) -> ListingRow:
        return ListingRow(
            external_ref="7",
            actor=town.actor,
            side="offer",
            content=Content(
                title="いす", body="貸します。", lines=(chairs(number),), area_ids=(town.city.pk,)
            ),
        )

    import_listing(municipality=town.municipality, row=row(100), by=None, now=now)
    offer = Listing.objects.get(external_ref="7")
    assert import_listing(municipality=town.municipality, row=row(90), by=None, now=now).result == "updated"
    take(offer, chairs(40), now=now)
    assert import_listing(municipality=town.municipality, row=row(10), by=None, now=now).result == "unchanged"
    assert state(offer) == ("published", [40])


def test_a_need_is_rewritten_as_before(town: Town, now: dt.datetime) -> None:
    need = make_listing(town.actor, areas=[town.city], lines=[("goods", "いす", 40, "items")])
    content = Content(**{**vars(content_of(need)), "lines": (chairs(10),)})
    save_listing(listing=need, content=content, version=1, by=town.owner, now=now)
    assert [row.amount for row in need.requirements.all()] == [10]


@pytest.mark.parametrize(
    ("resource", "what", "amount", "unit"),
    [
        ("place", "集会所", 60, "capacity"),
        ("place", "店先", None, ""),
        ("publicity", "ちらし置き場", None, ""),
    ],
)
def test_what_is_not_used_up_by_use_stays_offered_whole(
    town: Town, now: dt.datetime, resource: str, what: str, amount: int | None, unit: str
) -> None:
    offer = make_offer(town, lines=[(resource, what, amount, unit)])
    line = LineValue(resource=resource, what=what, amount=40 if amount else None, unit=unit)
    assert take(offer, line, now=now) == [line]
    assert take(offer, line, now=now) == [line]
    assert state(offer) == ("published", [0])
    give_back_to_offer(listing=offer, line=line, still=StillUsed(anything=True), by=None, now=now)
    use_up_offer(listing=offer, line=line, still=NOTHING_ELSE, by=None, now=now)
    assert state(offer) == ("published", [0])
