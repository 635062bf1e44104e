"""What an uploaded file is, decided by its bytes; pictures are decoded and written anew."""

import io
import warnings
import zipfile
from dataclasses import dataclass

import filetype
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
PICTURE_LIMIT = 10 * MEGABYTE
DOCUMENT_LIMIT = 20 * MEGABYTE
PIXELS_LIMIT = 40_000_000
LONGEST_SIDE = 4000
UNPACKED_LIMIT = 200 * MEGABYTE

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    XLSX: ".xlsx",
    "text/csv": ".csv",
}


class FileRefused(Exception):
    """The file is not taken; the message is the sentence for the person who sent it."""


@dataclass(frozen=True)
class Accepted:
    """What will be kept: the bytes, and what they are."""

    content: bytes
    content_type: str

    @property
    def suffix(self) -> str:
        return SUFFIX[self.content_type]


def accept(content: bytes) -> Accepted:
    """The file as it will be kept, or FileRefused with what to do instead."""
    if not content:
        raise FileRefused(_("ファイルが空です。もう一度選んでください。"))
    guess = filetype.guess(content)
    kind = guess.mime if guess else ""
    if kind in PICTURES:
        return _picture(content, kind)
    _limit(content, DOCUMENT_LIMIT)
    if kind == "application/pdf":
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if not kind and _is_text(content):
        return Accepted(content, "text/csv")
    raise FileRefused(
        _(
            "この種類のファイルは受け取れません。写真（JPEG・PNG・WebP）、PDF、Excel（.xlsx）、CSV を選んでください。"
        )
    )


def _limit(content: bytes, limit: int) -> None:
    if len(content) > limit:
        raise FileRefused(
            _("ファイルが大きすぎます。%(limit)d MB までにしてください。") % {"limit": limit // MEGABYTE}
        )


def _picture(content: bytes, kind: str) -> Accepted:
    """Decoded and encoded anew, upright and without place, time or camera; a moving GIF becomes its first picture."""
    _limit(content, PICTURE_LIMIT)
    broken = FileRefused(_("写真を読めませんでした。こわれていないか確かめて、もう一度選んでください。"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[PICTURES[kind]])
            if picture.width * picture.height > PIXELS_LIMIT:
                raise FileRefused(_("写真の縦と横が大きすぎます。小さくしてから、もう一度選んでください。"))
            picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise FileRefused(
            _("写真の縦と横が大きすぎます。小さくしてから、もう一度選んでください。")
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise broken from error
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    clear = upright.convert("RGB" if kind == "image/jpeg" else "RGBA" if _is_clear(upright) else "RGB")
    clear.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear.info = {}
    target = "image/png" if kind == "image/gif" else kind
    out = io.BytesIO()
    options: dict[str, object] = (
        {"quality": 88} if target in ("image/jpeg", "image/webp") else {"optimize": False}
    )
    if picture.mode in ("RGB", "RGBA"):
        options["icc_profile"] = profile
    clear.save(out, format=PICTURES[target], **options)
    return Accepted(out.getvalue(), target)


def _is_clear(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


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
