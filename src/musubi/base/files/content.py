"""What an uploaded file is, decided by its bytes; pictures are decoded and written anew."""

import io
import zipfile
from dataclasses import dataclass

import filetype
from django.utils.translation import gettext as _

from .pictures import FORMATS, Picture, picture_of
from .refusals import MEGABYTE, FileRefused, refuse_larger

DOCUMENT_LIMIT = 20 * MEGABYTE
UNPACKED_LIMIT = 200 * MEGABYTE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    XLSX: ".xlsx",
    "text/csv": ".csv",
}


@dataclass(frozen=True)
class Accepted:
    """What will be kept: the bytes, what they are, and of a picture its size and a small one beside it."""

    content: bytes
    content_type: str
    picture: Picture | None = None

    @property
    def suffix(self) -> str:
        return SUFFIX[self.content_type]


def accept(content: bytes) -> Accepted:
    """The file as it will be kept, or FileRefused with what to do instead."""
    if not content:
        raise FileRefused(_("ファイルが空です。もう一度選んでください。"))
    guess = filetype.guess(content)
    kind = guess.mime if guess else ""
    if kind in FORMATS:
        picture = picture_of(content, kind)
        return Accepted(picture.content, picture.content_type, picture)
    refuse_larger(content, DOCUMENT_LIMIT)
    if kind == "application/pdf":
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if not kind and _is_text(content):
        return Accepted(content, "text/csv")
    raise FileRefused(
        _(
            "この種類のファイルは受け取れません。写真（JPEG・PNG・WebP・HEIC）、PDF、Excel（.xlsx）、CSV を選んでください。"
        )
    )


def _pdf(content: bytes) -> Accepted:
    if b"%%EOF" not in content[-4096:]:
        raise FileRefused(_("PDF が途中で切れています。もう一度保存してから選んでください。"))
    return Accepted(content, "application/pdf")


def _workbook(content: bytes) -> Accepted:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefused(
            _("Excel のファイルとして読めません。開いて .xlsx で保存し直してください。")
        ) from error
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise FileRefused(
            _("まとめたファイル（zip）などは受け取れません。Excel は .xlsx で保存してください。")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(_("マクロの入った Excel は受け取れません。.xlsx で保存し直してください。"))
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise FileRefused(_("Excel の中身が大きすぎます。行を分けて、いくつかのファイルにしてください。"))
    return Accepted(content, XLSX)


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "cp932"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
