"""A story is written question by question, with and without others at it, and nothing typed is lost."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from musubi.flow.projects.models import Update, UpdatePicture
from musubi.flow.stories.models import Story
from musubi.flow.stories.services import content_of, save_story
from musubi.web.shared.story_steps import SECTIONS, STEPS, neighbours_of, step_of_field
from tests.factories import Town
from tests.flow.stories.samples import picture_file, told
from tests.together import make_project
from tests.web.sound import is_sound


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    is_sound(html)
    return html


def at(name: str, *args: Any) -> str:
    return reverse(f"workspace:{name}", args=args)


def test_every_part_of_a_story_has_its_question() -> None:
    from musubi.flow.stories.services.content import COLUMNS

    asked = [name for step in STEPS for name in step.names]
    assert sorted(asked) == sorted(COLUMNS)
    assert set(SECTIONS) <= set(asked)
    assert [step.slug for step in STEPS if step.is_needed] == ["title", "summary", "activity", "result"]
    assert neighbours_of(STEPS[0])[0] is None
    assert neighbours_of(STEPS[-1])[1] is None
    assert step_of_field("subtitle").slug == "title"


def test_from_the_project_to_the_last_question(town: Town, sign_in: Any) -> None:
    client = sign_in(town.owner)
    project = make_project(town, state="achieved", result="120人が来ました。")
    begun = client.post(at("story_begin", project.pk))
    story = Story.objects.get()
    assert begun["Location"] == at("story_edit", story.pk)
    assert client.post(at("story_begin", project.pk))["Location"] == at("story_edit", story.pk)
    html = page(client, at("story_edit", story.pk))
    assert "書いた質問：" in html
    assert "取り組みの概要を、2〜3文で書いてください。" in html
    # Every question, one after the other, without script.
    path, seen = at("story_step", story.pk, "title"), []
    for step in STEPS:
        assert path == at("story_step", story.pk, step.slug)
        seen.append(step.slug)
        form = client.get(path).context["form"]
        page(client, path)
        data = {"base": form["base"].value(), "go": "next"}
        for bound in form.visible_fields():
            data[bound.html_name] = bound.value() or _sample(bound.name)
        answer = client.post(path, data)
        assert answer.status_code == 302, answer.context["form"].errors
        path = answer["Location"].partition("?")[0]
    assert path == at("story_edit", story.pk)
    story.refresh_from_db()
    assert (story.summary, story.year, story.fields, story.url) == (
        "ことば", project.starts_on.year, [3, 13], "https://example.jp/",
    )  # fmt: skip
    assert "書いた質問：19 / 19" in page(client, f"{path}?saved=contact").replace("\n", "")
    assert seen == [step.slug for step in STEPS]


def _sample(name: str) -> Any:
    return {
        "year": "令和8年",
        "fields_": ["3", "13"],
        "url": "example.jp/",
        "video_url": "https://example.jp/v",
    }.get(name, "ことば")


def test_buttons_lead_where_they_say(town: Town, sign_in: Any) -> None:
    found = told(town)
    client = sign_in(found.writer)
    path = at("story_step", found.story.pk, "summary")
    for go, target in (
        ("next", at("story_step", found.story.pk, "where")),
        ("back", at("story_step", found.story.pk, "title")),
        ("done", at("story_edit", found.story.pk)),
        ("", at("story_step", found.story.pk, "where")),
    ):
        base = client.get(path).context["form"]["base"].value()
        answer = client.post(path, {"base": base, "summary": f"概要{go}", "go": go})
        assert answer["Location"] == f"{target}?saved=summary"
        found.refresh()
        assert found.story.summary == f"概要{go}"
    assert 'data-keep-clear="story-' in client.get(f"{path}?saved=title").content.decode()


@pytest.mark.parametrize(
    ("slug", "typed", "sentence"),
    [
        ("where", {"year": "さいきん"}, "令和8"),
        ("where", {"year": "1"}, "令和8"),
        ("title", {"title": "あ" * 81}, "80文字まで"),
        ("links", {"url": "あれ これ"}, "https://example.jp/"),
        ("fields", {"fields_": "99"}, "選んで"),
        ("activity", {"activity": "あ" * 4001}, "4000文字まで"),
    ],
)
def test_what_is_wrong_is_said_and_stays(
    town: Town, sign_in: Any, slug: str, typed: dict[str, str], sentence: str
) -> None:
    found = told(town)
    client, path = sign_in(found.writer), at("story_step", found.story.pk, slug)
    base = client.get(path).context["form"]["base"].value()
    answer = client.post(path, {"base": base, **typed})
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 422
    assert sentence in html
    assert slug == "fields" or next(iter(typed.values())) in html
    assert found.refresh().version == 1


def test_two_at_one_question(town: Town, sign_in: Any, now: dt.datetime) -> None:
    found = told(town)
    first, second = sign_in(found.writer), sign_in(found.other)
    path = at("story_step", found.story.pk, "why")
    bases = [client.get(path).context["form"]["base"].value() for client in (first, second)]
    assert first.post(path, {"base": bases[0], "why": "一人目の文"}).status_code == 302
    answer = second.post(path, {"base": bases[1], "why": "二人目の文"})
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 409
    assert "一人目の文" in html
    assert "二人目の文" in html
    assert found.refresh().why == "一人目の文"
    again = second.post(path, {"base": answer.context["form"]["base"].value(), "why": "二人目の文"})
    assert again.status_code == 302
    assert found.refresh().why == "二人目の文"


def test_others_at_another_question_and_going_back_are_no_conflict(town: Town, sign_in: Any) -> None:
    found = told(town)
    first, second = sign_in(found.writer), sign_in(found.other)
    why, limits = (at("story_step", found.story.pk, slug) for slug in ("why", "limits"))
    base = first.get(why).context["form"]["base"].value()
    other = second.get(limits).context["form"]["base"].value()
    second.post(limits, {"base": other, "limits": "雨でした。"})
    assert first.post(why, {"base": base, "why": "はじめ"}).status_code == 302
    # The browser's own back button shows the page as it was.
    assert first.post(why, {"base": base, "why": "直した"}).status_code == 302
    assert (found.refresh().why, found.story.limits) == ("直した", "雨でした。")


def test_a_save_in_the_very_moment_between(town: Town, sign_in: Any, now: dt.datetime) -> None:
    """The other's save falls between the page's reading and its storing: the service notices."""
    found = told(town)
    client, path = sign_in(found.writer), at("story_step", found.story.pk, "why")
    base = client.get(path).context["form"]["base"].value()
    come: list[str] = []

    def others_come_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SAVEPOINT") and not come:
            come.append(sql)
            content = replace(content_of(found.refresh()), why="先の文")
            save_story(
                story=found.story, content=content, version=found.story.version, by=found.other, now=now
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(others_come_first):
        answer = client.post(path, {"base": base, "why": "後の文"})
    assert come
    assert answer.status_code == 409
    assert "先の文" in answer.content.decode()
    assert "後の文" in answer.content.decode()
    assert found.refresh().why == "先の文"


def test_an_expired_sign_in_gives_back_what_was_typed(town: Town) -> None:
    found = told(town)
    client, path = Client(), at("story_step", found.story.pk, "why")
    client.post(path, {"why": "長い話です。"})
    client.force_login(found.writer, backend="django.contrib.auth.backends.ModelBackend")
    html = page(client, path)
    assert "長い話です。" in html
    assert "入力していた内容を戻しました" in html


def test_pictures_are_added_taken_over_described_and_removed(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    from musubi.base.files.services import store_file

    found = told(town)
    client, path = sign_in(found.writer), at("story_pictures", found.story.pk)
    page(client, path)
    for typed, sentence in (
        ({"alt": "いす", "licence": "cc_by"}, "ファイルを選んで"),
        ({"file": picture_file(), "licence": "cc_by"}, "何が写っていますか"),
        ({"file": picture_file("a.pdf"), "alt": "いす", "licence": "free"}, "選んで"),
    ):
        answer = client.post(path, typed)
        is_sound(answer.content.decode())
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    from django.core.files.uploadedfile import SimpleUploadedFile

    text = SimpleUploadedFile("a.png", b"a,b\n1,2\n")
    refused = client.post(path, {"file": text, "alt": "いす", "licence": "cc_by"})
    assert "写真（JPEG・PNG・WebP・HEIC）を選んでください。" in refused.content.decode()
    client.post(path, {"file": picture_file(), "alt": "いすを運ぶ人", "licence": "cc_by"})
    picture = found.story.pictures.get()
    assert "いすを運ぶ人" in page(client, path)
    shown = client.get(reverse("public:story_picture", args=[picture.pk]))
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/png", "private, no-cache")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert Client().get(reverse("public:story_picture", args=[picture.pk])).status_code == 404
    page(client, at("story_picture_edit", picture.pk))
    client.post(at("story_picture_edit", picture.pk), {"alt": "いすを運ぶ子ども", "licence": "cc0"})
    assert found.story.pictures.get().alt == "いすを運ぶ子ども"
    update = Update.objects.create(project=found.project, text="やぐらを組みました", posted_at=now)
    file = store_file(upload=picture_file(), by=found.writer, municipality_id=town.municipality.pk, now=now)
    news = UpdatePicture.objects.create(update=update, file=file, alt="やぐら")
    use = at("story_picture_use", found.story.pk, news.pk)
    assert "やぐら" in page(client, path)
    assert 'value="やぐら"' in page(client, use)
    assert client.post(use, {"alt": "", "licence": "cc_by"}).status_code == 422
    client.post(use, {"alt": "やぐら", "licence": "cc_by"})
    assert found.story.pictures.count() == 2
    client.post(at("story_picture_remove", picture.pk))
    assert [row.alt for row in found.story.pictures.all()] == ["やぐら"]


@pytest.mark.parametrize("state", ["draft", "consenting", "published", "unpublished"])
def test_the_overview_in_every_state(town: Town, sign_in: Any, state: str) -> None:
    found = told(town, state=state)
    for person in (found.writer, found.other, town.viewer, town.coordinator, town.officer):
        html = page(sign_in(person), at("story_edit", found.story.pk))
        # Only staff take a story down; the team has its own ways.
        may = state in ("consenting", "published") and person in (town.coordinator, town.officer)
        assert ("公開をやめる</a>" in html) == may
        status = 200 if state == "draft" and person != town.viewer else 403
        refused = page(sign_in(person), at("story_step", found.story.pk, "why"), status)
        assert status == 200 or "。" in refused
        page(sign_in(person), at("story_pictures", found.story.pk))
    if state == "unpublished":
        assert "確かめたいことがあります。" in page(sign_in(found.writer), at("story_edit", found.story.pk))


def test_the_list_under_constant_queries(town: Town, sign_in: Any) -> None:
    from tests.together import make_story

    counts = []
    case = make_project(town, state="achieved")
    make_story(case)
    for number in (0, 29):
        for _ in range(number):
            project = make_project(town, state="achieved", case=None)
            make_story(project, state="published")
        client = sign_in(town.owner)
        page(client, at("stories"))
        with CaptureQueriesContext(connection) as counted:
            page(client, at("stories"))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_section_on_a_project(town: Town, rf: Any) -> None:
    from django.template.loader import render_to_string

    from musubi.web.workspace.stories.section import section_of

    project = make_project(town, state="active")
    request = rf.get("/")
    request.user = town.owner
    html = render_to_string("workspace/stories/section.html", {"story_part": section_of(request, project)})
    assert "振り返りをまとめたあと" in html
    found = told(town, state="consenting")
    html = render_to_string(
        "workspace/stories/section.html", {"story_part": section_of(request, found.project)}
    )
    assert at("story_edit", found.story.pk) in html
    assert "同意するかを答える" not in html  # the page's own list says it
    assert [turn.what for turn in section_of(request, found.project)["turns"]] == [
        "事例に同意するかを答える"
    ] * 2
