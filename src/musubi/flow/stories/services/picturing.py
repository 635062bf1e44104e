"""Pictures of a story: uploaded, or taken over from the project's news; each with words for those who do not see it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.files.models import StoredFile
from musubi.base.files.services import FileRefused, discard_bytes, remove_file, store_file

from ..enums import PictureLicence
from ..models import Story, StoryPicture
from ..permissions import can_write_story
from ..queries import update_pictures_of
from .locking import locked
from .writing import touch

if TYPE_CHECKING:
    from musubi.base.files.services import Upload
    from musubi.flow.projects.models import UpdatePicture

MOST_PICTURES = 12


@transaction.atomic
def add_picture(
    *, story: Story, upload: "Upload", alt: str, licence: str, by: User, now: dt.datetime
) -> StoryPicture:
    """Put a picture into a draft; FileRefused with a sentence for what is none."""
    story = locked(story)
    require(can_write_story(by, story))
    _checked(alt, licence)
    if story.pictures.count() >= MOST_PICTURES:
        raise FileRefused(
            _("写真は%(most)d枚までです。使わない写真を外してから、足してください。")
            % {"most": MOST_PICTURES}
        )
    file = store_file(upload=upload, by=by, municipality_id=story.municipality_id, now=now)
    if not file.is_picture:
        discard_bytes(file)
        raise FileRefused(_("写真（JPEG・PNG・WebP・HEIC）を選んでください。"))
    last = story.pictures.order_by("-position").values_list("position", flat=True).first()
    picture = StoryPicture.objects.create(
        story=story, file=file, alt=alt.strip(), licence=licence, position=0 if last is None else last + 1
    )
    return _changed(story, picture, "story.picture_add", by, now)


@transaction.atomic
def use_update_picture(
    *, story: Story, picture: "UpdatePicture", alt: str, licence: str, by: User, now: dt.datetime
) -> StoryPicture:
    """Take a picture over from the project's public news: a copy, so that either may go without the other."""
    source = update_pictures_of(story).get(pk=picture.pk).file
    with source.file.open("rb") as content:
        content.name = source.name
        return add_picture(story=story, upload=content, alt=alt, licence=licence, by=by, now=now)


@transaction.atomic
def describe_picture(
    *, picture: StoryPicture, alt: str, licence: str, by: User, now: dt.datetime
) -> StoryPicture:
    """Say anew what is to be seen, and what others may do with it."""
    story = locked(picture.story)
    require(can_write_story(by, story))
    _checked(alt, licence)
    picture = StoryPicture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
    if (picture.alt, picture.licence) == (alt.strip(), licence):
        return picture
    picture.alt, picture.licence = alt.strip(), licence
    picture.save(update_fields=["alt", "licence"])
    return _changed(story, picture, "story.picture_describe", by, now)


@transaction.atomic
def remove_picture(*, picture: StoryPicture, by: User, now: dt.datetime) -> None:
    """Take a picture out of a draft; its file goes with it."""
    story = locked(picture.story)
    require(can_write_story(by, story))
    file = StoredFile.objects.get(pk=picture.file_id)
    _changed(story, picture, "story.picture_remove", by, now)
    picture.delete()
    remove_file(file=file, by=by, now=now)


def _changed(story: Story, picture: StoryPicture, verb: str, by: User, now: dt.datetime) -> StoryPicture:
    touch(story, now)
    story.save(update_fields=["version", "updated_at"])
    audit.record(by=by, verb=verb, subject=story, at=now, after={"picture": picture.pk})
    return picture


def _checked(alt: str, licence: str) -> None:
    if not alt.strip():
        raise ValidationError(_("写真を見られない方のために、何が写っているかを書いてください。"))
    if licence not in PictureLicence.values:
        raise ValidationError(_("写真を使ってよい範囲を選んでください。"))
