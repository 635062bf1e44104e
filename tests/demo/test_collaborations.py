"""What the demonstration's content says of collaborations: enough of everything, and nothing that is not there."""

import re
from collections import Counter

from musubi.demo.building.content import rows_of
from musubi.flow.cases.enums import AgreementForm, CaseCloseReason
from musubi.flow.listings.enums import Resource, Unit
from musubi.flow.matching.enums import DeclineReason
from musubi.flow.outcomes.enums import Continuation, Counterfactual, VoiceRelation
from musubi.flow.projects.enums import PartnerRole, StopReason
from musubi.flow.stories.services import StoryContent

STAGES = {
    *("open", "introduced", "half", "declined", "asked", "talking", "finding", "fixed", "held", "draft"),
    *(
        "confirming",
        "agreed",
        "closed",
        "preparing",
        "active",
        "review_past",
        "stopped",
        "evaluating",
        "achieved",
    ),
}


def actors_named(row):
    if "elsewhere" in row:
        return {partner["actor"] for partner in row["elsewhere"]["partners"] if "actor" in partner}
    return {row["need"]["actor"], *(offer["actor"] for offer in row["offers"])}


def test_twenty_stories_by_different_people() -> None:
    rows = rows_of("collaborations")
    assert len(rows) == 20
    assert len({row["key"] for row in rows}) == 20
    assert len({actor for row in rows for actor in actors_named(row)}) > 30
    assert {row["form"] for row in rows} == set(AgreementForm.values)
    assert sum("elsewhere" in row for row in rows) >= 4


def test_no_two_stories_share_a_sentence() -> None:
    sentences = Counter(
        sentence.strip()
        for row in rows_of("collaborations")
        for name, text in row["story"].items()
        if name != "programmes"
        for sentence in re.split(r"[。！？\n]", text)
        if len(sentence.strip()) > 12
    )
    assert [sentence for sentence, number in sentences.items() if number > 1] == []


def test_what_a_story_names_is_there() -> None:
    actors = {row["key"] for row in rows_of("actors")}
    told: set[str] = set()
    for row in rows_of("collaborations"):
        assert actors_named(row) <= actors
        assert row["story"].keys() <= set(StoryContent.__dataclass_fields__)
        if "elsewhere" in row:
            assert {partner["role"] for partner in row["elsewhere"]["partners"]} <= set(PartnerRole.values)
        else:
            assert row["parts"].keys() == row["learnt"].keys() == actors_named(row)
            assert row["after"] is None or row["after"] in told
            assert (row["without"] in Counterfactual.values, row["decision"] in Continuation.values) == (
                True,
                True,
            )
            assert {relation for relation, _, _ in row["voices"]} <= set(VoiceRelation.values)
            lines = [line for said in (row["need"], *row["offers"]) for line in said["lines"]]
            assert {(kind in Resource.values, unit in {"", *Unit.values}) for kind, _, _, unit in lines} == {
                (True, True)
            }
        told.add(row["key"])
    assert sum(bool(row["after"]) for row in rows_of("collaborations")) >= 3


def test_every_point_of_the_way_is_occupied() -> None:
    rows, listings = rows_of("cases"), {row["key"]: row for row in rows_of("listings")}
    assert {row["stage"] for row in rows} == STAGES
    for row in rows:
        pair = [row["need"], *row["offers"]]
        assert {listings[key]["state"] for key in pair} == {"published"}, row["key"]
        assert listings[row["need"]]["side"] == "need"
    used = Counter(key for row in rows for key in {row["need"]})
    assert [key for key, number in used.items() if number > 1] == []
    assert {row["reason"] for row in rows if row["stage"] == "closed"} <= set(CaseCloseReason.values)
    assert {row["reason"] for row in rows if row["stage"] == "declined"} <= set(DeclineReason.values)
    assert {row["reason"] for row in rows if row["stage"] == "stopped"} <= set(StopReason.values)
