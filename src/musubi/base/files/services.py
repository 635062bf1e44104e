"""Taking a file from somebody."""

import datetime as dt
import hashlib
import unicodedata
import uuid
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import Protocol

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Visibility

from .content import DOCUMENT_LIMIT, Accepted, accept
from .models import StoredFile
from .pictures import picture_of
from .queries import pictures_as_they_came
from .refusals import FileRefused

__all__ = ["FileRefused", "discard_bytes", "refit_pictures", "remove_file", "store_file"]


class Upload(Protocol):
    """What Django hands over for an uploaded file, as far as it is used here."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...


@transaction.atomic
def store_file(
    *,
    upload: Upload,
    by: User,
    municipality_id: int,
    visibility: str = Visibility.CITY_HALL,
    now: dt.datetime,
) -> StoredFile:
    """Keep a file whose content is what it may be; FileRefused with a sentence otherwise.

    Its place on the disk is ours, never the sender's name.
    """
    accepted = accept(upload.read(DOCUMENT_LIMIT + 1))
    stored = StoredFile(
        municipality_id=municipality_id,
        name=_shown_name(upload.name or "", accepted.suffix),
        visibility=Visibility(visibility),
        uploaded_by=by,
        uploaded_at=now,
    )
    _keep(stored, accepted)
    try:
        stored.save()
        audit.record(by=by, verb="file.store", subject=stored, after=stored.name, at=now)
    except BaseException:
        discard_bytes(stored)
        raise
    return stored


def discard_bytes(file: StoredFile) -> None:
    """Take away the bytes of a file whose row goes with a transaction that is given up."""
    file.file.delete(save=False)
    if file.small:
        file.small.delete(save=False)


@transaction.atomic
def remove_file(*, file: StoredFile, by: User, now: dt.datetime) -> None:
    """Forget a file; its bytes go once the transaction has held."""
    audit.record(by=by, verb="file.remove", subject=file, before=file.name, at=now)
    _delete_after_commit(file)
    file.delete()


def refit_pictures(*, most: int = 50) -> int:
    """Make pictures that were kept as large as they came, before that was done at once, into what is shown today.

    Each in a transaction of its own, its old bytes gone after the commit: killed anywhere, nothing is lost. What
    cannot be read any more is marked and stays as it is. Returns how many were looked at.
    """
    ids = list(pictures_as_they_came().values_list("pk", flat=True)[:most])
    for pk in ids:
        with transaction.atomic():
            file = pictures_as_they_came().select_for_update().filter(pk=pk).first()
            if file is not None:
                _refit(file)
    return len(ids)


def _refit(file: StoredFile) -> None:
    try:
        with file.file.open("rb") as kept:
            picture = picture_of(kept.read(), file.content_type)
    except (FileRefused, OSError):
        file.width = file.height = 0
        file.save(update_fields=["width", "height"])
        return
    _delete_after_commit(file)
    _keep(file, Accepted(picture.content, picture.content_type, picture))
    try:
        file.save(update_fields=["content_type", "size", "sha256", "file", "width", "height", "small"])
    except BaseException:
        discard_bytes(file)
        raise


def _keep(file: StoredFile, accepted: Accepted) -> None:
    """Write the bytes to a place of our own and note them in the row, which is not saved."""
    digest = hashlib.sha256(accepted.content).hexdigest()
    file.content_type, file.size, file.sha256 = accepted.content_type, len(accepted.content), digest
    place = f"{file.municipality_id}/{digest[:2]}/{uuid.uuid4().hex}"
    _write(file.file, f"{place}{accepted.suffix}", accepted.content)
    if (picture := accepted.picture) is not None:
        file.width, file.height = picture.width, picture.height
        if picture.small:
            try:
                _write(file.small, f"{place}-small{accepted.suffix}", picture.small)
            except BaseException:
                file.file.delete(save=False)
                raise


def _write(kept: FieldFile, name: str, content: bytes) -> None:
    """All of it, or nothing: a disk that is full leaves no half file behind."""
    try:
        kept.save(name, ContentFile(content), save=False)
    except BaseException:
        kept.storage.delete(kept.field.generate_filename(kept.instance, name))
        raise


def _delete_after_commit(file: StoredFile) -> None:
    for kept in (file.file, file.small):
        if kept:
            transaction.on_commit(partial(kept.storage.delete, str(kept.name)))


def _shown_name(name: str, suffix: str) -> str:
    """The sender's name for it, for reading only: no folders, no control characters, the true ending."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    clean = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(
        " ."
    )
    stem = clean.rpartition(".")[0] or clean or "file"
    return f"{stem[:190]}{suffix}"
