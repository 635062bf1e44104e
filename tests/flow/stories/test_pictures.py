"""Pictures of a story: with words, a licence, and only in a draft."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from musubi.base.common.verdict import NotAllowed
from musubi.base.files.models import StoredFile
from musubi.base.files.services import store_file
from musubi.flow.projects.models import Update, UpdatePicture
from musubi.flow.stories.models import StoryPicture
from musubi.flow.stories.queries import update_pictures_of
from musubi.flow.stories.services import (
    MOST_PICTURES,
    FileRefused,
    add_picture,
    describe_picture,
    remove_picture,
    use_update_picture,
)
from tests.factories import Town

from .samples import picture_file, told


def test_added_described_and_removed_each_a_new_version(town: Town, now: dt.datetime) -> None:
    found = told(town)
    values = {"by": found.writer, "now": now}
    first = add_picture(story=found.story, upload=picture_file(), alt=" いす ", licence="cc_by", **values)
    second = add_picture(story=found.story, upload=picture_file(), alt="やぐら", licence="cc0", **values)
    assert [(row.alt, row.position) for row in found.story.pictures.all()] == [("いす", 0), ("やぐら", 1)]
    assert found.refresh().version == 3
    describe_picture(picture=first, alt="折りたたみいす", licence="here_only", **values)
    describe_picture(picture=first, alt="折りたたみいす", licence="here_only", **values)
    assert found.refresh().version == 4
    remove_picture(picture=first, **values)
    assert found.refresh().version == 5
    assert list(StoredFile.objects.all()) == [second.file]
    assert list(found.story.pictures.all()) == [second]


def test_what_is_no_picture_or_says_nothing_is_refused(town: Town, now: dt.datetime) -> None:
    found = told(town)
    values = {"story": found.story, "by": found.writer, "now": now}
    with pytest.raises(ValidationError, match="何が写っているか"):
        add_picture(upload=picture_file(), alt="  ", licence="cc_by", **values)
    with pytest.raises(ValidationError, match="使ってよい範囲"):
        add_picture(upload=picture_file(), alt="いす", licence="free", **values)
    for content in (b"", b"%PDF-1.4\n%%EOF", b"a,b\n1,2\n"):
        with pytest.raises(FileRefused):
            add_picture(upload=SimpleUploadedFile("a.png", content), alt="いす", licence="cc_by", **values)
    assert (StoryPicture.objects.count(), StoredFile.objects.count()) == (0, 0)
    for _ in range(MOST_PICTURES):
        add_picture(upload=picture_file(), alt="いす", licence="cc_by", **values)
    with pytest.raises(FileRefused, match="12枚まで"):
        add_picture(upload=picture_file(), alt="いす", licence="cc_by", **values)


def test_a_picture_of_the_news_is_copied(town: Town, now: dt.datetime) -> None:
    found = told(town)
    news = {}
    for visibility in ("public", "registered"):
        update = Update.objects.create(
            project=found.project, text="運びました", visibility=visibility, posted_at=now
        )
        file = store_file(
            upload=picture_file(), by=found.writer, municipality_id=town.municipality.pk, now=now
        )
        news[visibility] = UpdatePicture.objects.create(update=update, file=file, alt="いす")
    assert list(update_pictures_of(found.story)) == [news["public"]]
    values = {"story": found.story, "alt": "いす", "licence": "cc_by", "by": found.writer, "now": now}
    picture = use_update_picture(picture=news["public"], **values)
    assert picture.file != news["public"].file
    with picture.file.file.open("rb") as content:
        assert content.read().startswith(b"\x89PNG")
    with pytest.raises(UpdatePicture.DoesNotExist):
        use_update_picture(picture=news["registered"], **values)


@pytest.mark.parametrize("state", ["consenting", "published", "unpublished"])
def test_beyond_a_draft_pictures_stay_as_they_are(town: Town, now: dt.datetime, state: str) -> None:
    found = told(town)
    values = {"by": found.writer, "now": now}
    picture = add_picture(story=found.story, upload=picture_file(), alt="いす", licence="cc_by", **values)
    found.story.refresh_from_db()
    type(found.story).objects.filter(pk=found.story.pk).update(
        state=state, published_at=now, unpublish_reason="理由" if state == "unpublished" else ""
    )
    for act in (
        lambda: add_picture(story=found.story, upload=picture_file(), alt="いす", licence="cc_by", **values),
        lambda: describe_picture(picture=picture, alt="別", licence="cc_by", **values),
        lambda: remove_picture(picture=picture, **values),
    ):
        with pytest.raises(NotAllowed, match="書き直す"):
            act()


def test_only_the_team_touches_them(town: Town, now: dt.datetime) -> None:
    found = told(town)
    with pytest.raises(NotAllowed):
        add_picture(
            story=found.story, upload=picture_file(), alt="いす", licence="cc_by", by=town.citizen, now=now
        )
