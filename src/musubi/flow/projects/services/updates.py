"""近況: how it goes, in words and pictures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Visibility
from musubi.base.common.verdict import require
from musubi.base.files.models import StoredFile
from musubi.base.files.services import FileRefused, Upload, discard_bytes, remove_file, store_file

from ..models import Partner, Project, Update, UpdatePicture
from ..notifications import tell_posted
from ..permissions import can_arrange_project, can_post_update, can_remove_update
from ..queries import partner_acts_for
from .locking import locked, touch

PICTURES = 6


@dataclass(frozen=True)
class NewPicture:
    """A picture as it was sent, with words for those who do not see it."""

    upload: Upload
    alt: str


class PictureRefused(Exception):
    """One of the pictures is not taken; `number` counts from 0, the message is the sentence for its field."""

    def __init__(self, number: int, sentence: str, *, at_words: bool = False) -> None:
        super().__init__(sentence)
        self.number, self.at_words = number, at_words


@transaction.atomic
def post_update(
    *,
    project: Project,
    text: str,
    by: User,
    now: dt.datetime,
    visibility: str = Visibility.PUBLIC,
    partner: Partner | None = None,
    pictures: Sequence[NewPicture] = (),
) -> Update:
    """Tell how it goes: for one of one's own partners, or, as staff without one, as the coordinator.

    Who is not staff and names no partner of their own writes for their first one. PictureRefused names the picture that cannot be taken; nothing is kept then.
    """
    project = locked(project)
    require(can_post_update(by, project))
    own = partner_acts_for(by, project)
    named = [row for row in own if partner is not None and row.pk == partner.pk]
    if not named and not can_arrange_project(by, project):
        named = own
    partner = named[0] if named else None
    if not text.strip():
        raise ValidationError({"text": _("近況を書いてください。")})
    if len(pictures) > PICTURES:
        raise PictureRefused(PICTURES, _("写真は%(most)d枚までです。") % {"most": PICTURES})
    update = Update.objects.create(
        project=project,
        partner=partner,
        author=by,
        text=text.strip(),
        visibility=Visibility(visibility),
        posted_at=now,
    )
    _add_pictures(update, pictures, by, now)
    touch(project, now)
    audit.record(
        by=by,
        verb="project.post_update",
        subject=project,
        at=now,
        after={"update": update.pk, "visibility": update.visibility, "pictures": len(pictures)},
    )
    tell_posted(update, by=by, at=now)
    return update


@transaction.atomic
def remove_update(*, update: Update, by: User, now: dt.datetime) -> None:
    """Take it away with its pictures: somebody on a picture asked for it, or it was a mistake."""
    project = locked(update.project)
    update = Update.objects.select_related("partner").get(pk=update.pk)
    update.project = project
    require(can_remove_update(by, update))
    pictures = list(update.pictures.select_related("file"))
    audit.record(
        by=by,
        verb="project.remove_update",
        subject=project,
        at=now,
        before={"update": update.pk, "posted_at": update.posted_at, "pictures": len(pictures)},
    )
    update.delete()
    for picture in pictures:
        remove_file(file=picture.file, by=by, now=now)


def _add_pictures(update: Update, pictures: Sequence[NewPicture], by: User, now: dt.datetime) -> None:
    kept: list[StoredFile] = []
    try:
        for number, picture in enumerate(pictures):
            kept.append(_keep(update, number, picture, by, now))
    except BaseException:
        for file in kept:  # the rows go with the transaction, the bytes have to be taken away
            discard_bytes(file)
        raise


def _keep(update: Update, number: int, picture: NewPicture, by: User, now: dt.datetime) -> StoredFile:
    if not picture.alt.strip():
        sentence = _("写真に何が写っているかを、ひとことで書いてください。目の見えない方にも伝わります。")
        raise PictureRefused(number, sentence, at_words=True)
    try:
        file = store_file(
            upload=picture.upload,
            by=by,
            municipality_id=update.project.municipality_id,
            visibility=update.visibility,
            now=now,
        )
    except FileRefused as refusal:
        raise PictureRefused(number, str(refusal)) from refusal
    if not file.is_picture:
        discard_bytes(file)
        raise PictureRefused(number, _("写真（JPEG・PNG・WebP・HEIC）を選んでください。"))
    UpdatePicture.objects.create(update=update, file=file, alt=picture.alt.strip())
    return file
