"""Projects as everybody reads them: the list, one of them, its pictures."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from musubi.base.files.models import StoredFile
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.services import (
    NewPicture,
    PartnerValue,
    ProjectContent,
    enter_project,
    post_update,
)
from tests.factories import Town, make_actor
from tests.flow.projects.rows import picture
from tests.together import make_project
from tests.web.reading import without_terms
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    is_sound(html)
    return html


def test_the_list_by_state_field_and_ward(town: Town, other_town: Town) -> None:
    make_project(town, title="盆踊り", fields=[3])
    make_project(town, title="花だん", state="achieved", fields=[7])
    make_project(town, title="内々の話", visibility="registered")
    make_project(other_town, title="よその町")
    found = {
        "": {"盆踊り", "花だん"},
        "?state=achieved": {"花だん"},
        "?field=3": {"盆踊り"},
        "?field=20": set(),
        f"?area={town.wards[0].pk}": {"盆踊り", "花だん"},
        f"?area={town.wards[1].pk}": set(),
        "?state=x&field=x&area=x": {"盆踊り", "花だん"},
    }
    for query, titles in found.items():
        html = read(f"/projects/{query}")
        assert {title for title in ("盆踊り", "花だん", "内々の話", "よその町") if title in html} == titles


def test_one_project_whole(town: Town, now: dt.datetime) -> None:
    project = make_project(town, title="夏祭り", result="300人が来た。", state="achieved")
    hidden = make_actor(town.municipality, name="かくれた会", hidden_at=now, hidden_reason="確認中")
    for partner in ({"actor": hidden}, {"name": "名前だけの会"}):
        Partner.objects.create(project=project, joined_on=timezone.localdate(now), **partner)
    post_update(project=project, text="準備中です。", pictures=[NewPicture(picture(), "並べたいす")],
                by=town.owner, now=now)  # fmt: skip
    post_update(project=project, text="内輪の話です。", visibility="intermediaries", by=town.owner, now=now)
    html = read(f"/projects/{project.pk}/")
    for said in (
        "夏祭り",
        "だれもが安心して来られる",
        "300人が来た。",
        "名前だけの会",
        "準備中です。",
        'alt="並べたいす"',
    ):
        assert said in html
    assert f'href="/actors/{town.actor.pk}/"' in html
    assert f'href="/actors/{hidden.pk}/"' not in html
    for unsaid in ("内輪の話です。", "チームのページを開く", "の外で始まった", "かくれた会"):
        assert unsaid not in html
    for path in (f"/projects/{project.pk}/", "/projects/"):
        assert "（名前を表示していません）" in read(path)
        assert "かくれた会" not in read(path)


def test_what_was_born_elsewhere_says_so(town: Town, now: dt.datetime) -> None:
    content = ProjectContent(
        title="花だん", aim="植える。", form="accord", partners=(PartnerValue(name="花の会"),)
    )
    project = enter_project(
        municipality=town.municipality, content=content, source="web", by=town.officer, now=now
    )
    html = without_terms(read(f"/projects/{project.pk}/"))
    assert "Musubi の外で始まった協働です" in html
    assert "協定" in html


def test_the_team_finds_its_own_page(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    assert "チームのページを開く" in read(f"/projects/{project.pk}/", sign_in(town.viewer))
    assert "チームのページを開く" not in read(f"/projects/{project.pk}/", sign_in(town.citizen))


@pytest.mark.parametrize(("level", "kept"), [("public", "public"), ("registered", "private")])
def test_a_picture_for_whoever_reads_the_news(
    level: str, kept: str, town: Town, other_town: Town, sign_in: Any, now: dt.datetime
) -> None:
    project = make_project(town)
    news = post_update(
        project=project, text="写真", visibility=level, pictures=[NewPicture(picture(), "いす")],
        by=town.owner, now=now,
    )  # fmt: skip
    path = f"/projects/pictures/{news.pictures.get().pk}/"
    shown = sign_in(town.citizen).get(path)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert shown["Cache-Control"] == f"{kept}, max-age=300"
    assert shown["X-Content-Type-Options"] == "nosniff"
    again = sign_in(town.citizen).get(path, headers={"If-None-Match": shown["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    stranger = 200 if level == "public" else 404
    for client in (Client(), sign_in(other_town.officer)):
        assert get(client, path).status_code == stranger
    Project.objects.update(visibility="city_hall")
    assert sign_in(town.citizen).get(path).status_code == 404
    assert get(sign_in(town.officer), path)["Cache-Control"] == "private, max-age=300"


def test_a_telephone_gets_the_small_picture_and_the_page_leaves_room_for_it(
    town: Town, now: dt.datetime
) -> None:
    project = make_project(town)
    sent = [NewPicture(picture((2000, 1000)), "やぐら"), NewPicture(picture(), "いす")]
    news = post_update(project=project, text="写真", pictures=sent, by=town.owner, now=now)
    large, small = (f"/projects/pictures/{row.pk}/" for row in news.pictures.order_by("pk"))
    page = " ".join(read(f"/projects/{project.pk}/").split())
    assert f'srcset="{large}?small 480w, {large} 1600w"' in page
    assert 'width="1600" height="800" alt="やぐら" loading="lazy"' in page
    assert f'src="{small}" width="8" height="8" alt="いす"' in page
    widths = {}
    for path in (large, f"{large}?small", f"{small}?small"):
        answer = Client().get(path)
        with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as shown:
            widths[path] = shown.width
        assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert widths == {large: 1600, f"{large}?small": 480, f"{small}?small": 8}
    other = Client().get(large, headers={"If-None-Match": get(Client(), f"{large}?small")["ETag"]})
    assert (other.status_code, len(b"".join(other.streaming_content)) > 0) == (200, True)


def test_a_picture_that_is_not_made_to_fit_yet_or_is_lost(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    sent = [NewPicture(picture((2000, 1000)), "やぐら")]
    row = post_update(project=project, text="写真", pictures=sent, by=town.owner, now=now).pictures.get()
    StoredFile.objects.filter(pk=row.file_id).update(width=None, height=None, small="")
    page = " ".join(read(f"/projects/{project.pk}/").split())
    assert f'<img src="/projects/pictures/{row.pk}/" alt="やぐら"' in page
    row.file.file.storage.delete(row.file.file.name)
    assert Client().get(f"/projects/pictures/{row.pk}/").status_code == 404


def get(client: Client, path: str) -> Any:
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # read to its end, the file is closed
    return answer


def test_constant_queries(town: Town, now: dt.datetime) -> None:
    def count(path: str) -> int:
        client = Client()
        client.get(path)
        with CaptureQueriesContext(connection) as counted:
            read(path, client)
        return len(counted)

    project = make_project(town)

    def tell() -> None:
        sent = [NewPicture(picture(), "いす"), NewPicture(picture(), "机")]
        post_update(project=project, text="近況", pictures=sent, by=town.owner, now=now)

    tell()
    before = [count("/projects/"), count(f"/projects/{project.pk}/")]
    for _ in range(15):
        make_project(town)
        Partner.objects.create(
            project=project, actor=make_actor(town.municipality), joined_on=timezone.localdate(now)
        )
        tell()
    assert [count("/projects/"), count(f"/projects/{project.pk}/")] == before
