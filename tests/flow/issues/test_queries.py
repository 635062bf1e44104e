"""Who reads which local issue."""

import pytest
from django.contrib.auth.models import AnonymousUser

from musubi.flow.issues.models import Support
from musubi.flow.issues.queries import issues_for, supported_by, with_support_counts
from tests.factories import Town, make_issue, make_person

LEVELS = ("public", "registered", "intermediaries", "city_hall")


@pytest.mark.parametrize(
    ("who", "levels"),
    [
        ("visitor", LEVELS[:1]),
        ("stranger", LEVELS[:1]),
        ("viewer", LEVELS[:2]),
        ("coordinator", LEVELS[:3]),
        ("officer", LEVELS),
        ("citizen", LEVELS),  # the own ones
        ("other officer", LEVELS[:1]),
        ("other coordinator", LEVELS[:1]),
        ("other citizen", LEVELS[:1]),
    ],
)
def test_four_levels(who: str, levels: tuple[str, ...], town: Town, other_town: Town) -> None:
    rows = {level: make_issue(town, visibility=level) for level in LEVELS}
    if who == "visitor":
        person = AnonymousUser()
    elif who == "stranger":
        person = make_person()
    elif who.startswith("other "):
        person = getattr(other_town, who.removeprefix("other "))
    else:
        person = getattr(town, who)
    read = set(issues_for(person))
    assert read == {rows[level] for level in levels}


def test_hidden_and_withdrawn_are_read_by_their_author_and_staff_alone(town: Town, now: object) -> None:
    gone = {make_issue(town, state="withdrawn"), make_issue(town, hidden_at=now, hidden_reason="理由")}
    for person in (AnonymousUser(), town.viewer):
        assert set(issues_for(person)) == set()
    for person in (town.citizen, town.coordinator, town.officer):
        assert set(issues_for(person)) == gone


def test_voices_are_counted_in_the_same_query(
    town: Town, now: object, django_assert_num_queries: object
) -> None:
    loud, quiet = make_issue(town), make_issue(town)
    for person in (town.viewer, town.owner):
        Support.objects.create(issue=loud, user=person, created_at=now)
    visitor = AnonymousUser()
    with django_assert_num_queries(1):
        counts = {row: row.support_count for row in with_support_counts(issues_for(visitor))}
    assert counts == {loud: 2, quiet: 0}
    assert supported_by(town.viewer, [loud, quiet]) == {loud.pk}
    assert supported_by(visitor, [loud]) == set()
