"""Files from strangers: by content, within limits, without what the camera wrote."""

import datetime as dt
import errno
import hashlib
import io
import resource
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import Workbook
from PIL import Image

from musubi.base.audit.models import Event
from musubi.base.common.enums import Visibility
from musubi.base.files import content as limits
from musubi.base.files.models import StoredFile
from musubi.base.files.pictures import PICTURE_LIMIT
from musubi.base.files.queries import files_seen_in
from musubi.base.files.services import FileRefused, remove_file, store_file
from tests.factories import Town

CSV = "名称,区\n浜町,港区\n"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **extra: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, format=kind, **extra)
    return out.getvalue()


def workbook(**parts: bytes) -> bytes:
    out = io.BytesIO()
    book = Workbook()
    book.active.append(["名称"])
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def store(town: Town, content: bytes, name: str = "a.bin", now: dt.datetime | None = None) -> StoredFile:
    return store_file(
        upload=SimpleUploadedFile(name, content),
        by=town.owner,
        municipality_id=town.municipality.pk,
        visibility=Visibility.REGISTERED,
        now=now or dt.datetime(2026, 4, 1, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (picture("JPEG"), "image/jpeg", ".jpg"),
        (picture("PNG", mode="RGBA"), "image/png", ".png"),
        (picture("WEBP"), "image/webp", ".webp"),
        (picture("GIF"), "image/png", ".png"),
        (b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "application/pdf", ".pdf"),
        (workbook(), limits.XLSX, ".xlsx"),
        (CSV.encode(), "text/csv", ".csv"),
        (CSV.encode("cp932"), "text/csv", ".csv"),
    ],
)
def test_good_files_are_kept_by_what_they_are(town: Town, content: bytes, kind: str, ending: str) -> None:
    stored = store(town, content, name="../../報告\u202e書.exe")

    kept = Path(stored.file.path).read_bytes()
    assert (stored.content_type, stored.name) == (kind, f"報告書{ending}")
    assert Path(stored.file.path).is_relative_to(settings.MEDIA_ROOT)
    assert Path(stored.file.path).suffix == ending
    assert (stored.size, stored.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert list(files_seen_in(town.municipality.pk, [Visibility.REGISTERED])) == [stored]
    assert list(files_seen_in(town.municipality.pk, [Visibility.PUBLIC])) == []
    assert Event.objects.filter(verb="file.store", subject_ref=str(stored.pk)).count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空です"),
        (b"MZ\x90\x00" + b"\x00" * 100, "この種類のファイル"),
        (b"#!/bin/sh\n\x00", "この種類のファイル"),
        (picture()[:300], "写真を読めません"),
        (b"\xff\xd8\xff\xe0" + b"nonsense" * 10, "写真を読めません"),
        (b"%PDF-1.7 cut", "途中で切れて"),
        (b"PK\x03\x04 nonsense", "Excel"),
        (workbook(xl__vbaProject_dot_bin=b"x"), "マクロ"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(town: Town, content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        store(town, content, name="photo.jpg")
    assert StoredFile.objects.count() == 0


def test_a_zip_of_other_things_is_not_a_workbook(town: Town) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.exe", b"x")
    with pytest.raises(FileRefused, match="zip"):
        store(town, out.getvalue(), name="table.xlsx")


def test_bombs_are_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileRefused, match="縦と横が大きすぎ"):
        store(town, picture("PNG", size=(8000, 7000), mode="1"))
    with pytest.raises(FileRefused, match="中身が大きすぎ"):
        store(town, workbook(xl__big_dot_xml=b"0" * (limits.UNPACKED_LIMIT + 1)))


def test_size_limits_differ_by_kind(town: Town) -> None:
    with pytest.raises(FileRefused, match="10 MB まで"):
        store(town, picture() + b"\x00" * PICTURE_LIMIT)
    with pytest.raises(FileRefused, match=r"^ファイルが大きすぎます。20 MB まで"):
        store(town, b"a,b\n" * (limits.DOCUMENT_LIMIT // 4 + 1))


def test_a_removed_file_leaves_the_disk_after_the_commit(
    town: Town, django_capture_on_commit_callbacks
) -> None:
    stored = store(town, CSV.encode())
    place = Path(stored.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            remove_file(file=stored, by=town.owner, now=dt.datetime(2026, 4, 2, tzinfo=dt.UTC))
        assert place.exists()

    assert not place.exists()
    assert StoredFile.objects.count() == 0


def files_in(place: str) -> list[str]:
    return sorted(str(path) for path in Path(place).rglob("*") if path.is_file())


def test_a_full_disk_leaves_no_half_file(town: Town) -> None:
    content = b"\xef\xbb\xbf" + ("名称,区\n" * 20_000).encode()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert len(content) > 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            store(town, content)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files_in(settings.MEDIA_ROOT) == []
    assert StoredFile.objects.count() == 0


def test_a_disk_that_fills_up_between_a_picture_and_its_small_one_keeps_neither(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    save = FileSystemStorage._save

    def full(self: FileSystemStorage, name: str, content: object) -> str:
        written.append(save(self, name, content))
        if "-small" in name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return written[-1]

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(OSError, match="No space left"):
        store(town, picture("JPEG", (3000, 2000)))
    assert len(written) == 2
    assert files_in(settings.MEDIA_ROOT) == []
