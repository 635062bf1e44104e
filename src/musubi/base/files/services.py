"""Taking a file from somebody."""

import datetime as dt
import hashlib
import unicodedata
import uuid
from pathlib import PurePosixPath, PureWindowsPath
from typing import Protocol

from django.core.files.base import ContentFile
from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Visibility

from .content import DOCUMENT_LIMIT, FileRefused, accept
from .models import StoredFile

__all__ = ["FileRefused", "remove_file", "store_file"]


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
    digest = hashlib.sha256(accepted.content).hexdigest()
    stored = StoredFile(
        municipality_id=municipality_id,
        name=_shown_name(upload.name or "", accepted.suffix),
        content_type=accepted.content_type,
        size=len(accepted.content),
        sha256=digest,
        visibility=Visibility(visibility),
        uploaded_by=by,
        uploaded_at=now,
    )
    place = f"{municipality_id}/{digest[:2]}/{uuid.uuid4().hex}{accepted.suffix}"
    stored.file.save(place, ContentFile(accepted.content), save=False)
    try:
        stored.save()
        audit.record(by=by, verb="file.store", subject=stored, after=stored.name, at=now)
    except BaseException:
        stored.file.delete(save=False)
        raise
    return stored


@transaction.atomic
def remove_file(*, file: StoredFile, by: User, now: dt.datetime) -> None:
    """Forget a file; its bytes go once the transaction has held."""
    audit.record(by=by, verb="file.remove", subject=file, before=file.name, at=now)
    storage, place = file.file.storage, str(file.file.name)
    file.delete()
    transaction.on_commit(lambda: storage.delete(place))


def _shown_name(name: str, suffix: str) -> str:
    """The sender's name for it, for reading only: no folders, no control characters, the true ending."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    clean = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(
        " ."
    )
    stem = clean.rpartition(".")[0] or clean or "file"
    return f"{stem[:190]}{suffix}"
