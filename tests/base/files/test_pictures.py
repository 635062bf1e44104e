"""Pictures as they are kept: upright, in every screen's colours, no larger than shown, without what the camera wrote."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image, ImageCms

from musubi.base.files.models import StoredFile
from musubi.base.files.pictures import picture_of
from musubi.base.files.refusals import FileRefused
from musubi.base.files.services import refit_pictures, remove_file, store_file
from tests.factories import Town

NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
LEFT, RIGHT = (250, 10, 10), (10, 10, 250)


def photo(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red on its left, blue on its right."""
    image = Image.new("RGB", size, LEFT)
    image.paste(RIGHT, (size[0] // 2, 0, *size))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **extra: Any) -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    image.save(out, format=kind, **extra)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def near(colour: Any, wanted: tuple[int, ...], by: int = 40) -> bool:
    return all(abs(got - want) <= by for got, want in zip(colour, wanted, strict=True))


def store(town: Town, content: bytes) -> StoredFile:
    upload = SimpleUploadedFile("写真.jpg", content)
    return store_file(upload=upload, by=town.owner, municipality_id=town.municipality.pk, now=NOW)


def kept_files() -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def camera() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    exif[0x010F] = "Camera of 山田"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize(
    ("kind", "mime", "becomes"),
    [
        ("JPEG", "image/jpeg", "image/jpeg"),
        ("PNG", "image/png", "image/png"),
        ("WEBP", "image/webp", "image/webp"),
        ("HEIF", "image/heic", "image/jpeg"),
    ],
)
def test_it_stands_upright_and_nothing_of_the_camera_stays(kind: str, mime: str, becomes: str) -> None:
    extra = {"comment": b"home address"} if kind == "JPEG" else {}
    content = encoded(photo(), kind, exif=camera().tobytes(), quality=95, **extra)
    picture = picture_of(content, mime)
    assert (picture.content_type, picture.width, picture.height) == (becomes, 40, 60)
    image = opened(picture.content)
    assert image.size == (40, 60)
    assert near(image.convert("RGB").getpixel((20, 5)), LEFT)
    assert near(image.convert("RGB").getpixel((20, 55)), RIGHT)
    assert dict(image.getexif()) == {}
    assert not {"exif", "comment", "xmp", "icc_profile"} & image.info.keys()
    assert b"Camera" not in picture.content
    assert b"home address" not in picture.content


def test_a_large_one_is_kept_as_wide_as_it_is_shown_and_once_more_small() -> None:
    picture = picture_of(encoded(photo((5000, 2500)), "JPEG"), "image/jpeg")
    assert (picture.width, picture.height) == opened(picture.content).size == (1600, 800)
    assert opened(picture.small).size == (480, 240)
    tall = picture_of(encoded(photo((1000, 6400)), "PNG"), "image/png")
    assert (tall.width, tall.height) == (500, 3200)
    assert opened(tall.small).size == (150, 960)


def test_a_small_one_is_kept_once() -> None:
    picture = picture_of(encoded(photo((480, 320)), "JPEG"), "image/jpeg")
    assert (picture.width, picture.height, picture.small) == (480, 320, b"")


def test_colours_of_another_profile_become_those_of_every_screen() -> None:
    swapped = swapped_profile()
    picture = picture_of(encoded(photo(), "PNG", icc_profile=swapped), "image/png")
    image = opened(picture.content)
    assert near(image.getpixel((5, 5)), (10, 250, 10), by=60)
    assert "icc_profile" not in image.info
    clear = photo(mode="RGBA")
    clear.putalpha(100)
    kept = opened(picture_of(encoded(clear, "PNG", icc_profile=swapped), "image/png").content)
    assert near(kept.getpixel((5, 5)), (10, 250, 10, 100), by=60)


def swapped_profile() -> bytes:
    """sRGB in which what is called red shines green: the tags of the two primaries change places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("profile", [b"nonsense", b"\x00" * 200])
def test_a_profile_that_is_none_is_left_out(profile: bytes) -> None:
    image = opened(picture_of(encoded(photo(), "PNG", icc_profile=profile), "image/png").content)
    assert near(image.getpixel((5, 5)), LEFT, by=0)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "RGBA", "I;16"])
def test_every_kind_of_colour_can_be_kept(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    source = Image.new("I;16", (9, 9), 40000) if mode == "I;16" else photo(mode=mode)
    image = opened(picture_of(encoded(source, kind), f"image/{kind.lower()}").content)
    assert image.mode == ("RGBA" if "A" in mode else "RGB")
    if mode == "I;16":
        assert near(image.getpixel((4, 4)), (156, 156, 156), by=1)


@pytest.mark.parametrize(
    ("kind", "mime"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("HEIF", "image/heic")],
)
def test_one_that_is_cut_off_is_refused(town: Town, kind: str, mime: str) -> None:
    content = encoded(photo((600, 400)), kind)
    for cut in (len(content) // 2, len(content) - len(content) // 10):
        with pytest.raises(FileRefused, match="写真を読めませんでした"):
            picture_of(content[:cut], mime)
        with pytest.raises(FileRefused):
            store(town, content[:cut])
    assert kept_files() == []


def test_one_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    for kind, mime in (("PNG", "image/png"), ("WEBP", "image/webp")):
        huge = encoded(Image.new("L", (8000, 7000)), kind)
        assert len(huge) < 200_000
        with pytest.raises(FileRefused, match="縦と横が大きすぎ"):
            picture_of(huge, mime)


def test_a_row_knows_its_size_and_both_files_go_with_it(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    stored = store(town, encoded(photo((2000, 1000)), "JPEG"))
    stored.refresh_from_db()
    assert (stored.width, stored.height, stored.small_width) == (1600, 800, 480)
    assert opened(Path(stored.small.path).read_bytes()).size == (480, 240)
    assert len(kept_files()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file=stored, by=town.owner, now=NOW)
        assert len(kept_files()) == 2
    assert kept_files() == []


def test_only_a_picture_has_a_small_one(town: Town) -> None:
    stored = store(town, encoded(photo((900, 600)), "JPEG"))
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(width=None, height=None)


def as_it_came(town: Town, content: bytes) -> StoredFile:
    """A row as it was written before pictures were made to fit."""
    file = StoredFile(
        municipality=town.municipality, name="写真.jpg", content_type="image/jpeg", size=len(content),
        sha256="0" * 64, uploaded_by=town.owner, uploaded_at=NOW,
    )  # fmt: skip
    file.file.save(f"{town.municipality.pk}/old-{len(kept_files())}.jpg", ContentFile(content))
    return file


def test_pictures_of_before_are_made_to_fit_a_few_at_a_time(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    large = encoded(photo((4000, 2000)), "JPEG")
    files = [as_it_came(town, large) for _ in range(3)]
    broken = as_it_came(town, large[:300])
    document = store(town, b"%PDF-1.7\n%%EOF\n")
    rounds = []
    for _ in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            rounds.append(refit_pictures(most=2))
    assert rounds == [2, 2, 0, 0]
    for file in files:
        file.refresh_from_db()
        assert (file.width, file.height) == (1600, 800)
        assert opened(Path(file.file.path).read_bytes()).size == (1600, 800)
        assert opened(Path(file.small.path).read_bytes()).size == (480, 240)
        assert file.size == len(Path(file.file.path).read_bytes()) < len(large)
    broken.refresh_from_db()
    assert (broken.width, broken.height, broken.small.name) == (0, 0, "")
    assert Path(broken.file.path).read_bytes() == large[:300]
    document.refresh_from_db()
    assert document.width is None
    old = [name for name in kept_files() if name.startswith("old")]
    assert old == [Path(broken.file.name).name]


def test_what_is_stopped_in_between_keeps_the_old_picture(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = as_it_came(town, encoded(photo((4000, 2000)), "JPEG"))
    before = kept_files()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(StoredFile, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            refit_pictures()
    file.refresh_from_db()
    assert (file.width, kept_files()) == (None, before)
    assert refit_pictures() == 1


def test_a_cut_out_of_a_telephone_is_kept_on_white() -> None:
    cut_out = photo(mode="RGBA")
    cut_out.putalpha(Image.new("L", cut_out.size, 0))
    kept = picture_of(encoded(cut_out, "HEIF"), "image/heic")
    assert kept.content_type == "image/jpeg"
    assert near(opened(kept.content).getpixel((10, 10)), (255, 255, 255))


def test_what_a_camera_wrote_wrongly_is_left_out() -> None:
    broken = encoded(photo(), "JPEG", exif=b"Exif\0\0garbage")
    kept = picture_of(broken, "image/jpeg")
    assert (kept.width, opened(kept.content).getexif()) == (60, {})
