"""Real files, broken files, and what is made of them."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from backoffice.files.enums import Format
from backoffice.files.pipeline.decoding import scans
from backoffice.files.pipeline.facts import facts_of
from backoffice.files.pipeline.places import countries_at
from backoffice.files.pipeline.rendering import is_bare
from backoffice.files.pipeline.results import Photo, Unfit
from backoffice.files.pipeline.sniffing import sniff
from backoffice.files.service import FileRefused, Prepared, prepare
from tests.files.photos import PDF, a_photo, encoded, picture, png_claiming

METADATA = (b"Exif", b"http://ns.adobe", b"xpacket", b"ICC_PROFILE", b"GPS", b"<script")


def made(content: bytes) -> Photo:
    photo = prepare(content, "x").photo
    assert photo
    return photo


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def code(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        prepare(content, "photo.jpg")
    return refused.value.code


def verdict(content: bytes, name: str) -> str:
    try:
        return prepare(content, name).format
    except FileRefused as refused:
        return refused.code


def test_every_real_file_gets_the_manifests_verdict(data_dir: Path) -> None:
    folder = data_dir / "photos"
    with (folder / "manifest.csv").open() as manifest:
        rows = list(csv.DictReader(manifest))
    assert len(rows) >= 69
    wrong = []
    for row in rows:
        got = verdict((folder / row["file"]).read_bytes(), row["file"])
        if (got in set(Format)) != row["expect"].startswith("accept"):
            wrong.append((row["file"], row["expect"], got))
    assert wrong == []


def test_real_photos_are_as_large_as_the_manifest_says_and_bare(data_dir: Path) -> None:
    folder = data_dir / "photos"
    with (folder / "manifest.csv").open() as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["expect"].startswith("accept")]
    for row in rows:
        photo = made((folder / row["file"]).read_bytes())
        size = {int(row["w"]), int(row["h"])}
        assert {photo.width, photo.height} == size, row["file"]
        for jpeg in (photo.view, photo.large, photo.small):
            assert is_bare(jpeg), row["file"]
            assert not [word for word in METADATA if word in jpeg], row["file"]
            assert not opened(jpeg).getexif(), row["file"]
        assert not any(key in str(photo.facts) for key in ("Latitude", "Longitude")), row["file"]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_of_each_format_is_made_anew(format_: str) -> None:
    image = opened(made(encoded(picture(), format_)).view)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (60, 40))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I;16"])
def test_a_png_of_any_mode_becomes_rgb(mode: str) -> None:
    gray = picture(mode="L").convert("I").point(lambda v: v * 257) if mode == "I;16" else None
    image = gray.convert("I;16") if gray else picture(mode="L" if mode == "PA" else mode)
    shown = opened(made(encoded(image, "PNG")).view).convert("L")
    assert shown.getpixel((10, 20)) > shown.getpixel((50, 20))  # red is lighter than blue


def test_orientation_is_applied() -> None:
    photo = made(a_photo())
    assert (photo.width, photo.height) == (40, 60)
    red, blue = (opened(photo.view).getpixel(at) for at in ((20, 5), (20, 55)))
    assert red[0] > 150 > red[2]
    assert blue[2] > 150 > blue[0]


def test_the_camera_tells_facts_and_of_the_place_the_country() -> None:
    assert made(a_photo()).facts == {
        "taken_at": "2026-02-03T04:05:06",
        "camera": "Acme One",
        "gps": True,
        "countries": ["US"],
    }


NOWHERE = float("nan")


@pytest.mark.parametrize(
    ("latitude", "longitude", "countries"),
    [
        (48.86, 2.35, ["FR"]),  # Paris
        (50.63, 3.06, ["BE", "FR"]),  # Lille
        (47.60, -122.33, ["US"]),  # Seattle
        (-23.55, -46.63, ["BR"]),  # Sao Paulo
        (41.90, 12.45, ["IT", "VA"]),  # the Vatican
        (23.13, 113.26, ["CN"]),  # Guangzhou
        (-17.80, 178.00, ["FJ"]),  # Suva
        (35.90, 14.50, ["MT"]),  # Valletta
        (0.0, -30.0, []),  # the Atlantic
        (90.0, 180.0, []),
        (91.0, 0.0, []),
        (NOWHERE, 0.0, []),
    ],
)
def test_countries_are_those_of_the_place(
    latitude: float, longitude: float, countries: list[str]
) -> None:
    assert countries_at(latitude, longitude) == countries


@pytest.mark.parametrize("place", ["north", (1.0,), (1.0, 2.0), (NOWHERE, 0.0, 0.0), (1e300, 0, 0)])
def test_a_place_that_is_none_is_in_no_country(place: Any) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLongitude] = (2.0, 20.0, 0.0)
    image = Image.new("RGB", (8, 8))
    image.getexif = lambda: exif  # type: ignore[method-assign]
    gps[ExifTags.GPS.GPSLatitude] = place
    assert facts_of(image) == {"gps": True}


def test_nothing_that_came_with_a_photo_is_in_what_we_made() -> None:
    content = a_photo() + b"<script>alert(1)</script>PK\x03\x04"
    photo = made(content)
    assert b"script" in content
    assert not [
        j for j in (photo.view, photo.large, photo.small) if not is_bare(j) or b"<" in j[-20:]
    ]


def test_sizes_are_bounded_and_small_photos_stay_small() -> None:
    photo = made(encoded(picture(5000, 300)))
    sizes = [opened(jpeg).size for jpeg in (photo.view, photo.large, photo.small)]
    assert sizes == [(4096, 246), (1280, 77), (320, 19)]
    assert opened(made(encoded(picture(9, 5))).small).size == (9, 5)


def test_a_transparent_photo_is_seen_on_white() -> None:
    empty = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert opened(made(encoded(empty, "PNG")).view).getpixel((4, 4)) == (255, 255, 255)


def test_other_colours_are_converted() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert opened(made(encoded(picture(), "PNG", icc_profile=lab)).view).mode == "RGB"
    assert opened(made(encoded(picture(mode="CMYK"))).view).mode == "RGB"
    assert opened(made(encoded(picture(), icc_profile=b"broken")).view).mode == "RGB"


def test_a_bomb_is_refused() -> None:
    assert code(png_claiming(8001, 8000)) == "file_too_many_pixels"
    assert code(png_claiming(60_000, 60_000)) == "file_too_many_pixels"


def test_a_photo_of_endless_scans_is_refused_unread() -> None:
    content = encoded(picture(400, 300), progressive=True)
    last = content[content.rindex(b"\xff\xda") : -2]
    assert code(content[:-2] + last * 20_000 + b"\xff\xd9") == "file_malformed"
    assert made(content[:-2] + last * 50 + b"\xff\xd9").width == 400


def test_scans_are_the_first_pictures_alone() -> None:
    content = encoded(picture(400, 300), comment=b"\xff\xda" * 500, restart_marker_blocks=1)
    assert scans(content + b"\xff\xda" * 500) == 1
    assert {scans(content[:cut]) for cut in range(len(content))} == {0, 1}


def test_a_photo_as_large_as_may_be_is_taken() -> None:
    assert made(encoded(Image.new("L", (8000, 8000)))).width == 8000


@pytest.mark.parametrize("format_", ["GIF", "BMP", "TIFF", "ICO", "JPEG2000"])
def test_other_types_are_refused_whatever_their_name(format_: str) -> None:
    assert code(encoded(picture(), format_)) == "file_type_not_allowed"


@pytest.mark.parametrize("content", [b"", b"\0" * (10 * 1024 * 1024 + 1)], ids=["empty", "large"])
def test_nothing_and_too_much_are_refused(content: bytes) -> None:
    assert code(content) == ("file_too_large" if content else "file_empty")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_half_a_photo_is_refused(format_: str) -> None:
    content = encoded(picture(400, 300), format_)
    assert code(content[: len(content) // 2]) == "file_malformed"


def test_pdf_is_kept_as_it_is() -> None:
    assert prepare(PDF, "bill.pdf") == Prepared(
        "bill.pdf", PDF, Format.PDF, prepare(PDF, "x").sha256, None
    )


@pytest.mark.parametrize("content", [b"%PDF-", PDF[:-8], b"%PDF-x.y" + PDF[8:], b"GIF89a" + PDF])
def test_half_a_pdf_is_refused(content: bytes) -> None:
    assert code(content) in ("file_malformed", "file_type_not_allowed")


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]),
    st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=20),
    st.integers(0, 2**16),
)
def test_a_damaged_photo_is_made_anew_or_refused(
    format_: str, damage: list[tuple[int, int]], cut: int
) -> None:
    content = bytearray(encoded(picture(64, 48), format_))
    for at, value in damage:
        content[at % len(content)] = value
    content = content[: max(4, cut % (2 * len(content)))]
    try:
        photo = prepare(bytes(content), "x").photo
    except FileRefused:
        return
    assert photo is None or is_bare(photo.view)


@given(st.binary(max_size=200))
def test_any_bytes_are_something_or_nothing(content: bytes) -> None:
    assert sniff(content) in {*Format, None}


def test_unfit_says_why() -> None:
    assert Unfit("malformed").code == "malformed"
