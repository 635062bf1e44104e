"""Every partner is asked, answers, and may take the answer back; only what all agree to is read by others."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.index.models import Document
from musubi.flow.actors.models import Mandate
from musubi.flow.stories.models import Consent, Story
from musubi.flow.stories.permissions import can_publish_story
from musubi.flow.stories.queries import awaited_consents_for, stories_for, turns_of_story
from musubi.flow.stories.services import (
    NotComplete,
    add_picture,
    answer_consent,
    ask_consent,
    content_of,
    problems_of,
    publish_story,
    rewrite_story,
    save_story,
    unpublish_story,
    withdraw_consent,
)
from musubi.flow.stories.services.content import StoryContent
from musubi.flow.stories.workflow import WORKFLOW
from tests.factories import Town, make_person

from .samples import STATES, agree, by_name_only, newcomer, picture_file, say, told


def test_every_partner_is_asked_and_told(town: Town, now: dt.datetime) -> None:
    found = told(town)
    name_only = by_name_only(found.project)
    story = ask_consent(story=found.story, by=found.writer, now=now)
    assert story.state == "consenting"
    rows = {row.partner: (row.version, row.text, row.pictures, row.asked_at) for row in story.consents.all()}
    assert rows == dict.fromkeys((found.lead, found.partner, name_only), (1, None, None, now))
    for person, partner in (
        (found.writer, found.lead),
        (found.other, found.partner),
        (town.coordinator, name_only),
    ):
        message = person.messages.get(kind="consent_asked")
        assert message.path == f"/workspace/stories/consents/{found.consent_of(partner).pk}/"
    assert list(awaited_consents_for(found.other)) == [found.consent_of(found.partner)]
    assert list(awaited_consents_for(town.coordinator)) == [found.consent_of(name_only)]
    assert list(awaited_consents_for(town.viewer)) == []
    assert [turn.who for turn in turns_of_story(found.refresh())] == [
        town.actor.name, found.partner.actor.name, "コーディネーター（山田さんに電話などで確かめます）",
    ]  # fmt: skip


def test_what_is_missing_is_said_before_anybody_is_asked(town: Town, now: dt.datetime) -> None:
    found = told(town, activity="", result="")
    with pytest.raises(NotComplete) as lacks:
        ask_consent(story=found.story, by=found.writer, now=now)
    assert [problem.field for problem in lacks.value.problems] == ["activity", "result"]
    assert found.refresh().state == "draft"
    assert [problem.field for problem in problems_of(StoryContent(title=" "))] == [
        "title", "summary", "activity", "result",
    ]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_asking_from_every_state(town: Town, now: dt.datetime, state: str) -> None:
    found = told(town, state=state)
    if WORKFLOW.allows("ask", state):
        assert ask_consent(story=found.story, by=town.coordinator, now=now).state == "consenting"
        return
    with pytest.raises(InvalidTransition):
        ask_consent(story=found.story, by=town.coordinator, now=now)


def test_what_was_taken_down_goes_out_unchanged_only_through_staff(town: Town, now: dt.datetime) -> None:
    found = told(town, state="unpublished")
    with pytest.raises(NotAllowed, match="書き直す"):
        ask_consent(story=found.story, by=found.writer, now=now)
    ask_consent(story=found.story, by=town.officer, now=now)
    # Everybody has agreed to exactly these words: nobody is asked twice.
    assert can_publish_story(town.officer, found.refresh())
    publish_story(story=found.story, by=town.officer, now=now)
    assert town.officer.messages.filter(kind="story_changed").exists() is False


def test_the_office_hears_when_something_taken_down_comes_back(town: Town, now: dt.datetime) -> None:
    found = told(town, state="unpublished")
    rewrite_story(story=found.story, by=found.writer, now=now)
    ask_consent(story=found.refresh(), by=found.writer, now=now)
    agree(found, now)
    publish_story(story=found.story, by=found.writer, now=now)
    assert town.officer.messages.filter(subject__contains="公開しました").count() == 1


def test_partners_answer_for_themselves(town: Town, other_town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting")
    for stranger in (found.writer, town.viewer, town.citizen, other_town.officer, other_town.owner):
        with pytest.raises(NotAllowed):
            say(found, found.partner, stranger, now)
    consent = say(found, found.partner, found.other, now, pictures=False)
    assert (consent.text, consent.pictures, consent.said_by, consent.said_at, consent.source) == (
        True, False, found.other, now, "web",
    )  # fmt: skip
    event = Event.objects.get(verb="story.consent")
    assert (event.by, event.on_behalf_of) == (f"user:{found.other.pk}", "")


def test_staff_type_in_what_they_were_told(town: Town, now: dt.datetime) -> None:
    found = told(town)
    name_only = by_name_only(found.project)
    ask_consent(story=found.story, by=found.writer, now=now)
    for person, partner, source in (
        (town.coordinator, found.partner, "web"),
        (town.coordinator, found.partner, "import"),
        (found.other, found.partner, "telephone"),
        (found.writer, name_only, "telephone"),
    ):
        with pytest.raises(NotAllowed):
            say(found, partner, person, now, source=source)
    consent = say(found, found.partner, town.coordinator, now, source="telephone")
    assert (consent.source, consent.said_by) == ("telephone", town.coordinator)
    event = Event.objects.get(verb="story.consent")
    assert event.on_behalf_of == f"actors.actor:{found.partner.actor_id}"
    assert say(found, name_only, town.officer, now, source="paper").text is True


def test_two_who_answer_for_one_partner(town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting")
    stale = found.consent_of(found.partner)
    first = say(found, found.partner, found.other, now)
    with pytest.raises(NotAllowed, match="先に答えて"):
        answer_consent(
            consent=stale,
            text=False,
            pictures=False,
            words="待って",
            source="telephone",
            by=town.officer,
            now=now,
        )
    assert found.consent_of(found.partner).text is True
    changed = say(
        found, found.partner, found.other, now, text=False, words="写真を替えて", over=first.said_at
    )
    assert (changed.text, changed.pictures) == (False, False)


def test_a_no_comes_with_words_and_reaches_the_writer(town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting")
    with pytest.raises(ValidationError, match="直してほしい"):
        say(found, found.partner, found.other, now, text=False, words=" ")
    say(found, found.partner, found.other, now, text=False, words="数字がちがいます。")
    assert "数字がちがいます。" in found.writer.messages.get(kind="story_changed").text
    say(found, found.lead, found.writer, now)
    with pytest.raises(NotAllowed, match="同意していない"):
        publish_story(story=found.story, by=found.writer, now=now)
    assert [turn.what for turn in turns_of_story(found.refresh())] == ["希望を読んで、事例を書き直す"]


def test_all_in_and_it_may_be_published(town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting")
    say(found, found.lead, found.writer, now)
    with pytest.raises(NotAllowed, match=found.partner.actor.name):
        publish_story(story=found.story, by=found.writer, now=now)
    assert Document.objects.filter(kind="story").count() == 0
    say(found, found.partner, found.other, now)
    assert found.writer.messages.filter(subject__contains="同意がそろいました").count() == 1
    assert [turn.what for turn in turns_of_story(found.refresh())] == ["事例を公開する"]
    with pytest.raises(NotAllowed):
        publish_story(story=found.story, by=town.citizen, now=now)
    story = publish_story(story=found.story, by=found.other, now=now)
    assert (story.state, story.published_at) == ("published", now)
    assert Document.objects.filter(kind="story", object_id=story.pk).count() == 1
    assert found.writer.messages.filter(subject__contains="公開しました").count() == 1
    with pytest.raises(InvalidTransition):
        publish_story(story=found.story, by=found.writer, now=now)


@pytest.mark.parametrize("state", STATES)
def test_publishing_and_unpublishing_from_every_state(town: Town, now: dt.datetime, state: str) -> None:
    for verb, error in (("publish", (InvalidTransition, NotAllowed)), ("unpublish", InvalidTransition)):
        found = told(town, state=state)
        call = (
            (lambda row: publish_story(story=row, by=town.officer, now=now))
            if verb == "publish"
            else (lambda row: unpublish_story(story=row, reason="理由です。", by=town.officer, now=now))
        )
        if verb == "publish" and state == "consenting":
            agree(found, now)
        if WORKFLOW.allows(verb, state):
            assert call(found.story).state == WORKFLOW.target(verb, state)
        else:
            with pytest.raises(error):
                call(found.story)


def test_staff_take_it_down_with_a_reason(town: Town, other_town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    for person in (found.writer, town.citizen, other_town.officer, other_town.coordinator):
        with pytest.raises(NotAllowed):
            unpublish_story(story=found.story, reason="理由", by=person, now=now)
    with pytest.raises(ValidationError):
        unpublish_story(story=found.story, reason="  ", by=town.coordinator, now=now)
    story = unpublish_story(
        story=found.story, reason="写真に人が写っています。", by=town.coordinator, now=now
    )
    assert (story.unpublish_reason, story.unpublished_at) == ("写真に人が写っています。", now)
    assert "写真に人が写っています。" in found.writer.messages.get(subject__contains="公開をやめました").text
    assert not stories_for(town.citizen).filter(pk=story.pk).exists()
    assert Document.objects.filter(kind="story").count() == 0


def test_whoever_withdraws_gets_it(town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    consent = found.consent_of(found.partner)
    for stranger in (found.writer, town.citizen):
        with pytest.raises(NotAllowed):
            withdraw_consent(consent=consent, reason="困ります。", by=stranger, now=now)
    with pytest.raises(ValidationError):
        withdraw_consent(consent=consent, reason=" ", by=found.other, now=now)
    withdraw_consent(consent=consent, reason="家族が心配しています。", by=found.other, now=now)
    story = found.refresh()
    assert story.state == "unpublished"
    assert not stories_for(town.citizen).filter(pk=story.pk).exists()
    assert Document.objects.filter(kind="story").count() == 0
    row = found.consent_of(found.partner)
    assert (row.text, row.pictures, row.withdrawn_at, row.withdrawn_reason) == (
        False, False, now, "家族が心配しています。",
    )  # fmt: skip
    # The reason stays with the office: neither messages nor the story say it.
    for person in (found.writer, town.coordinator, town.officer):
        texts = " ".join(f"{m.subject}{m.text}" for m in person.messages.all())
        assert "家族" not in texts
        assert "公開をやめました" in texts or "取り消し" in texts
    assert "家族" not in story.unpublish_reason
    with pytest.raises(NotAllowed, match="いまはありません"):
        withdraw_consent(consent=consent, reason="もう一度", by=found.other, now=now)


def test_the_reason_survives_being_asked_again(town: Town, now: dt.datetime) -> None:
    found = told(town, state="published")
    withdraw_consent(
        consent=found.consent_of(found.partner), reason="名前を消して。", by=found.other, now=now
    )
    rewrite_story(story=found.refresh(), by=found.writer, now=now)
    ask_consent(story=found.refresh(), by=found.writer, now=now)
    agree(found, now)
    publish_story(story=found.refresh(), by=found.writer, now=now)
    row = found.consent_of(found.partner)
    assert (row.text, row.withdrawn_reason) == (True, "名前を消して。")


@pytest.mark.parametrize("state", STATES)
def test_withdrawing_in_every_state(town: Town, now: dt.datetime, state: str) -> None:
    found = told(town, state=state)
    if state == "draft":
        Consent.objects.create(
            story=found.story,
            partner=found.partner,
            version=0,
            text=True,
            pictures=True,
            said_at=now,
            asked_at=now,
        )
    elif state == "consenting":
        say(found, found.partner, found.other, now)
    withdraw_consent(consent=found.consent_of(found.partner), reason="困ります。", by=found.other, now=now)
    expected = {"draft": "draft", "consenting": "unpublished", "published": "unpublished"}
    assert found.refresh().state == expected.get(state, "unpublished")


def test_only_the_pictures_are_taken_back(town: Town, now: dt.datetime) -> None:
    found = told(town)
    add_picture(
        story=found.story,
        upload=picture_file(),
        alt="いすを運ぶ人",
        licence="cc_by",
        by=found.writer,
        now=now,
    )
    ask_consent(story=found.refresh(), by=found.writer, now=now)
    agree(found, now)
    publish_story(story=found.refresh(), by=found.writer, now=now)
    from musubi.flow.stories.queries import pictures_for, pictures_shown_of

    picture = found.story.pictures.get()
    assert [row.pk for row in pictures_shown_of(found.story)] == [picture.pk]
    assert pictures_for(town.citizen).filter(pk=picture.pk).exists()
    consent = found.consent_of(found.partner)
    withdraw_consent(
        consent=consent, reason="顔が写っています。", by=found.other, now=now, pictures_only=True
    )
    assert found.refresh().state == "published"
    assert pictures_shown_of(found.story) == []
    assert not pictures_for(town.citizen).filter(pk=picture.pk).exists()
    assert pictures_for(found.writer).filter(pk=picture.pk).exists()
    assert found.writer.messages.filter(subject__contains="写真を見えなくしました").count() == 1
    with pytest.raises(NotAllowed, match="もう取り消され"):
        withdraw_consent(consent=consent, reason="また", by=found.other, now=now, pictures_only=True)
    withdraw_consent(consent=consent, reason="文章も。", by=found.other, now=now)
    assert found.refresh().state == "unpublished"


def test_one_no_to_pictures_and_none_are_shown(town: Town, now: dt.datetime) -> None:
    from musubi.flow.stories.queries import pictures_for

    found = told(town)
    add_picture(story=found.story, upload=picture_file(), alt="いす", licence="cc0", by=found.writer, now=now)
    ask_consent(story=found.refresh(), by=found.writer, now=now)
    say(found, found.lead, found.writer, now)
    say(found, found.partner, found.other, now, pictures=False)
    publish_story(story=found.refresh(), by=found.writer, now=now)
    assert not pictures_for(town.citizen).exists()


def test_a_consent_is_for_one_version_only(town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting")
    stale = found.consent_of(found.partner)
    say(found, found.lead, found.writer, now)
    rewrite_story(story=found.refresh(), by=found.writer, now=now)
    with pytest.raises(NotAllowed, match="いまは"):
        answer_consent(
            consent=stale, text=True, pictures=True, words="", source="web", by=found.other, now=now
        )
    story = found.refresh()
    content = content_of(story)
    save_story(story=story, content=content, version=story.version, by=found.writer, now=now)
    ask_consent(story=story, by=found.writer, now=now)
    assert set(Consent.objects.values_list("version", "text", "said_at")) == {(2, None, None)}
    say(found, found.partner, found.other, now)
    with pytest.raises(NotAllowed, match=town.actor.name):
        publish_story(story=found.refresh(), by=found.writer, now=now)


def test_the_team_of_today_counts(town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting")
    agree(found, now)
    owner = make_person()
    new = newcomer(found.project, owner)
    with pytest.raises(NotAllowed, match="新しくチームに入った"):
        publish_story(story=found.story, by=found.writer, now=now)
    rewrite_story(story=found.refresh(), by=found.writer, now=now)
    ask_consent(story=found.refresh(), by=found.writer, now=now)
    agree(found, now)
    new.left_on = now.date()
    new.save()
    publish_story(story=found.refresh(), by=found.writer, now=now)
    # Whoever has left since may still take back what they said.
    found.partner.left_on = now.date()
    found.partner.save()
    withdraw_consent(consent=found.consent_of(found.partner), reason="やめます。", by=found.other, now=now)
    assert found.refresh().state == "unpublished"


def test_nobody_in_the_team_nothing_to_ask(town: Town, now: dt.datetime) -> None:
    found = told(town)
    found.project.partners.update(left_on=now.date())
    with pytest.raises(NotAllowed, match="チームにだれもいない"):
        ask_consent(story=found.story, by=town.officer, now=now)
    assert Story.objects.get().state == "draft"


def test_only_who_still_has_to_do_with_it_hears_what_partners_say(town: Town, now: dt.datetime) -> None:
    found = told(town, state="consenting", written_by=town.coordinator)
    Mandate.objects.filter(user=town.coordinator).delete()
    say(found, found.partner, found.other, now, text=False, pictures=False, words="名前を消して。")
    assert found.writer.messages.filter(subject__startswith="直してほしい").count() == 1
    assert not town.coordinator.messages.filter(kind="story_changed").exists()


def test_the_office_asks_where_the_coordinator_is_one_no_longer(town: Town, now: dt.datetime) -> None:
    found = told(town)
    by_name_only(found.project)
    Mandate.objects.filter(user=town.coordinator).delete()
    ask_consent(story=found.story, by=found.writer, now=now)
    assert town.officer.messages.filter(kind="consent_asked").count() == 1
    assert not town.coordinator.messages.exists()
    assert list(awaited_consents_for(town.coordinator)) == []
