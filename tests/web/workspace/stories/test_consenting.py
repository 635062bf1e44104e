"""Asking, answering, publishing and taking back, as people press it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from musubi.flow.stories.models import Consent
from musubi.flow.stories.services import add_picture, ask_consent
from tests.factories import Town
from tests.flow.stories.samples import agree, by_name_only, picture_file, say, told
from tests.web.sound import is_sound


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    is_sound(html)
    return html


def at(name: str, *args: Any) -> str:
    return reverse(f"workspace:{name}", args=args)


def test_from_a_draft_to_the_public_page(town: Town, sign_in: Any, now: dt.datetime) -> None:
    found = told(town)
    add_picture(
        story=found.story, upload=picture_file(), alt="いす", licence="cc_by", by=found.writer, now=now
    )
    writer, other = sign_in(found.writer), sign_in(found.other)
    story = at("story_edit", found.story.pk)
    html = page(writer, at("story_ask", found.story.pk))
    assert found.partner.actor.name in html
    assert writer.post(at("story_ask", found.story.pk))["Location"] == story
    assert writer.post(at("story_ask", found.story.pk)).status_code == 409
    path = at("consent", found.consent_of(found.partner).pk)
    assert path in page(other, at("stories"))
    html = page(other, path)
    assert found.story.summary in html
    assert 'alt="いす"' in html
    missing = other.post(path, {"text": "no", "pictures": "no", "over": ""})
    assert missing.status_code == 422
    assert "直してほしいことや、困ること" in missing.content.decode()
    is_sound(missing.content.decode())
    assert other.post(path, {"text": "yes", "pictures": "no", "over": ""})["Location"] == f"{path}?saved=1"
    assert f'data-keep-clear="consent-{found.consent_of(found.partner).pk}"' in page(other, f"{path}?saved=1")
    assert "まだ同意がそろっていません" in page(writer, story)
    refused = writer.post(at("story_publish", found.story.pk))
    assert refused.status_code == 403
    assert town.actor.name in refused.content.decode()
    own = at("consent", found.consent_of(found.lead).pk)
    writer.post(own, {"text": "yes", "pictures": "yes", "over": ""})
    assert "写真なしで公開します" in page(writer, at("story_publish", found.story.pk))
    assert writer.post(at("story_publish", found.story.pk))["Location"] == f"/stories/{found.story.pk}/"
    assert writer.post(at("story_publish", found.story.pk)).status_code == 409
    public = page(Client(), f"/stories/{found.story.pk}/")
    assert found.story.title in public
    assert 'alt="いす"' not in public


def test_what_is_missing_is_said_with_its_question(town: Town, sign_in: Any) -> None:
    found = told(town, activity="")
    client = sign_in(found.writer)
    html = page(client, at("story_ask", found.story.pk))
    assert at("story_step", found.story.pk, "activity") in html
    answer = client.post(at("story_ask", found.story.pk), follow=True)
    assert "取り組んだことを書いてください。" in answer.content.decode()
    assert found.refresh().state == "draft"


def test_staff_answer_for_those_they_have_asked(town: Town, sign_in: Any, now: dt.datetime) -> None:
    found = told(town)
    name_only = by_name_only(found.project)
    ask_consent(story=found.story, by=found.writer, now=now)
    client = sign_in(town.coordinator)
    assert "山田さん" in page(client, at("stories"))
    for partner in (name_only, found.partner):
        path = at("consent", found.consent_of(partner).pk)
        assert "どうやって聞きましたか" in page(client, path)
        assert client.post(path, {"text": "yes", "over": ""}).status_code == 422
        client.post(path, {"text": "yes", "over": "", "source": "telephone"})
        assert "電話" in page(client, path)
    assert set(Consent.objects.exclude(text=None).values_list("source", "text")) == {("telephone", True)}
    # One's own people are not asked how they heard it.
    assert "どうやって聞きましたか" not in page(
        sign_in(found.writer), at("consent", found.consent_of(found.lead).pk)
    )


def test_two_answers_for_one_partner_at_the_same_moment(town: Town, sign_in: Any) -> None:
    found = told(town, state="consenting")
    path = at("consent", found.consent_of(found.partner).pk)
    own, staff = sign_in(found.other), sign_in(town.officer)
    own.post(path, {"text": "yes", "over": ""})
    late = {"text": "no", "words": "電話で待ってと言われました", "over": "", "source": "telephone"}
    answer = staff.post(path, late)
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 409
    assert "ほかの方が先に答えています" in html
    assert "電話で待って" in html
    assert found.consent_of(found.partner).text is True
    knowing = staff.post(path, late | {"over": answer.context["form"]["over"].value()})
    assert knowing.status_code == 302
    assert found.consent_of(found.partner).text is False
    assert "電話で待ってと言われました" in page(sign_in(found.writer), at("story_edit", found.story.pk))


def test_an_answer_may_be_changed_until_it_is_public(town: Town, sign_in: Any) -> None:
    found = told(town, state="consenting")
    client, path = sign_in(found.other), at("consent", found.consent_of(found.partner).pk)
    client.post(path, {"text": "no", "words": "名前を直して", "over": ""})
    form = client.get(path).context["form"]
    assert (form["text"].value(), form["words"].value()) == ("no", "名前を直して")
    assert client.post(path, {"text": "yes", "over": form["over"].value()}).status_code == 302
    assert found.consent_of(found.partner).text is True
    assert client.post(path, {"text": "yes", "over": "きのう"}).status_code == 409


def test_withdrawing_takes_it_down_and_tells_only_the_office_why(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    found = told(town, state="published")
    consent = found.consent_of(found.partner)
    client, path = sign_in(found.other), at("consent_withdraw", consent.pk)
    html = page(client, path)
    assert "市の運営担当だけが読みます" in html
    assert "写真だけ" not in html
    empty = client.post(path, {"reason": ""})
    assert empty.status_code == 422
    is_sound(empty.content.decode())
    assert client.post(path, {"reason": "家族が心配しています。"}).status_code == 302
    own = page(client, at("consent", consent.pk))
    assert "同意が取り消されたので、この事例の公開をやめました。" in own
    for untrue in ("公開すると、だれでも読めるようになります", "公開が決まったためです"):
        assert untrue not in own
    assert client.post(path, {"reason": "もう一度"}).status_code == 403
    assert Client().get(f"/stories/{found.story.pk}/").status_code == 404
    assert found.story.title not in page(Client(), "/stories/")
    search = Client().get("/search/", {"q": found.story.title, "kind": "story"})
    assert (search.context["page"].total, search.context["page"].items) == (0, [])
    for person in (found.writer, town.coordinator):
        for shown in (at("story_edit", found.story.pk), at("consent", found.consent_of(found.lead).pk)):
            assert "家族" not in sign_in(person).get(shown).content.decode()
    assert "家族が心配しています。" in page(sign_in(town.officer), "/office/consents/")


def test_only_the_pictures(town: Town, sign_in: Any, now: dt.datetime) -> None:
    found = told(town)
    add_picture(
        story=found.story, upload=picture_file(), alt="いす", licence="cc_by", by=found.writer, now=now
    )
    ask_consent(story=found.refresh(), by=found.writer, now=now)
    agree(found, now)
    sign_in(found.writer).post(at("story_publish", found.story.pk))
    picture = reverse("public:story_picture", args=[found.story.pictures.get().pk])
    seen = Client().get(picture)
    assert seen.status_code == 200
    assert b"".join(seen.streaming_content).startswith(b"\x89PNG")
    path = at("consent_withdraw", found.consent_of(found.partner).pk)
    assert "写真だけ" in page(sign_in(found.other), path)
    sign_in(found.other).post(path, {"what": "pictures", "reason": "顔が写っています。"})
    assert Client().get(picture).status_code == 404
    assert 'alt="いす"' not in page(Client(), f"/stories/{found.story.pk}/")


def test_staff_take_it_down_and_the_team_writes_it_anew(town: Town, sign_in: Any, now: dt.datetime) -> None:
    found = told(town, state="published")
    path = at("story_unpublish", found.story.pk)
    staff, writer = sign_in(town.coordinator), sign_in(found.writer)
    page(staff, path)
    assert staff.post(path, {"reason": ""}).status_code == 422
    staff.post(path, {"reason": "数字を確かめてください。"})
    assert staff.post(path, {"reason": "また"}).status_code == 403
    assert "数字を確かめてください。" in page(writer, at("story_edit", found.story.pk))
    page(writer, at("story_rewrite", found.story.pk))
    writer.post(at("story_rewrite", found.story.pk))
    assert writer.post(at("story_rewrite", found.story.pk)).status_code == 409
    assert found.refresh().state == "draft"
    page(writer, at("consent", found.consent_of(found.lead).pk))


@pytest.mark.parametrize("state", ["draft", "consenting", "published", "unpublished"])
def test_the_consent_page_in_every_state(town: Town, sign_in: Any, now: dt.datetime, state: str) -> None:
    found = told(town, state=state)
    if state == "draft":
        ask_consent(story=found.story, by=found.writer, now=now)
        say(found, found.partner, found.other, now)
        sign_in(found.writer).post(at("story_rewrite", found.story.pk))
    path = at("consent", found.consent_of(found.partner).pk)
    for person in (found.other, town.coordinator, town.officer):
        html = page(sign_in(person), path)
        assert ("答えを送る" in html) == (state == "consenting")
    answer = sign_in(found.other).post(path, {"text": "yes", "over": ""})
    assert answer.status_code == (302 if state == "consenting" else 409)
    for stranger in (found.writer, town.citizen):
        assert sign_in(stranger).get(path).status_code == 404


def test_one_who_left_reads_only_what_they_were_asked_about(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    found = told(town, state="published")
    found.partner.left_on = now.date()
    found.partner.save()
    client, path = sign_in(found.other), at("consent", found.consent_of(found.partner).pk)
    assert found.story.summary in page(client, path)
    sign_in(found.writer).post(at("story_rewrite", found.story.pk))
    assert found.story.summary not in page(client, path)


def test_an_answer_that_comes_too_late_reads_its_own_sentence(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    found = told(town, state="consenting")
    path = at("consent", found.consent_of(found.partner).pk)
    other, staff, viewer = sign_in(found.other), sign_in(town.officer), sign_in(town.viewer)
    sign_in(found.writer).post(at("story_rewrite", found.story.pk))
    late = {"text": "no", "words": "屋台の名前を直して", "over": ""}
    for client, more in ((other, {}), (staff, {"source": "telephone"})):
        answer = client.post(path, late | more)
        html = answer.content.decode()
        is_sound(html)
        assert answer.status_code == 409
        assert "いまは、同意をお願いしていません" in html
        assert "ほかの方が先に" not in html
        assert "屋台の名前を直して" in html
    assert found.consent_of(found.partner).text is None
    assert viewer.post(path, late).status_code == 404
    own = at("consent", found.consent_of(found.lead).pk)
    assert viewer.post(own, late).status_code == 403
