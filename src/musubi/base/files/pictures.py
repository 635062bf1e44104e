"""Pictures: decoded before they are believed, and written anew without what the camera wrote beside them."""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .refusals import MEGABYTE, FileRefused, refuse_larger

PICTURE_LIMIT = 10 * MEGABYTE
PIXELS_LIMIT = 50_000_000  # a telephone of 48 megapixels, and no more
WIDE, SMALL = (1600, 3200), (480, 960)
"""Width and height that a picture is made to fit: for a large screen, and for a telephone or a list."""

QUALITY = 85
FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/heic": "HEIF",
}
WRITTEN_AS = {"image/gif": "image/png", "image/heic": "image/jpeg"}
"""What not every browser shows, or what would move, becomes what it is not; the others stay what they are."""

_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Picture:
    """A picture as it will be kept; `small` is empty where it would be no smaller."""

    content: bytes
    content_type: str
    width: int
    height: int
    small: bytes


def picture_of(content: bytes, kind: str) -> Picture:
    """Upright, in sRGB, no wider than it is ever shown, without place, time or camera; a GIF's first picture.

    FileRefused for what is broken, cut off, too heavy, or so large inside that opening it would be an attack.
    """
    refuse_larger(content, PICTURE_LIMIT)
    target = WRITTEN_AS.get(kind, kind)
    upright = _upright(content, kind)
    if target == "image/jpeg" and upright.mode == "RGBA":
        upright = _on_white(upright)
    upright.thumbnail(WIDE)
    small = upright.copy()
    small.thumbnail(SMALL)
    return Picture(
        _written(upright, target),
        target,
        *upright.size,
        _written(small, target) if small.size != upright.size else b"",
    )


def _upright(content: bytes, kind: str) -> Image.Image:
    """Decoded, turned as it was held, in sRGB; FileRefused for what cannot be read as what it says it is."""
    if kind == "image/heic":
        import pillow_heif  # 26 MB of libraries that most processes never need

        pillow_heif.register_heif_opener()
    too_large = _("写真の縦と横が大きすぎます。小さくしてから、もう一度選んでください。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[FORMATS[kind]])
            if picture.width * picture.height > PIXELS_LIMIT:
                raise FileRefused(too_large)
            picture.load()
            if picture.width * picture.height > PIXELS_LIMIT:  # HEIC tells its true size only now
                raise FileRefused(too_large)
            return _in_srgb(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise FileRefused(too_large) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError) as error:
        raise FileRefused(
            _("写真を読めませんでした。こわれていないか確かめて、もう一度選んでください。")
        ) from error


def _on_white(picture: Image.Image) -> Image.Image:
    """What shines through in a cut-out is white in a format that knows no transparency."""
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB, or RGBA where something shines through, in the colours that every screen assumes."""
    is_clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off whatever is beyond 8
        picture = picture.point(lambda value: value / 256).convert("L")
    plain = picture.convert("RGBA" if is_clear else "CMYK" if picture.mode == "CMYK" else "RGB")
    if profile:
        alpha = plain.getchannel("A") if is_clear else None
        plain = _converted(plain.convert("RGB") if is_clear else plain, profile)
        if alpha:
            plain.putalpha(alpha)
    plain = plain.convert("RGBA" if is_clear else "RGB")
    plain.info = {}
    return plain


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    """The colours of a profile as sRGB has them; a profile that is none, or not of such a picture, counts for nothing."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _written(picture: Image.Image, target: str) -> bytes:
    out = io.BytesIO()
    options = {"optimize": True} if target == "image/png" else {"quality": QUALITY}
    if target == "image/jpeg":
        options["progressive"] = True
    picture.save(out, format=FORMATS[target], **options)
    return out.getvalue()
