"""Photos for tests, drawn here: some honest, some not."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pi_heif  # noqa: F401 - what the pipeline decodes with
from PIL import ExifTags, Image, ImageDraw

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def picture(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: so that one sees how it is turned."""
    image = Image.new("RGB", (width, height), (220, 30, 30))
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), (30, 30, 220))
    return image.convert(mode)


def encoded(image: Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    """`image` as a file."""
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def a_photo(width: int = 60, height: int = 40) -> bytes:
    """A JPEG as a telephone makes it: with its place, its time and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Acme", "Acme One"
    exif[ExifTags.Base.DateTime] = "2026:02:03 04:05:06"
    exif[ExifTags.Base.Orientation] = 6
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (40.0, 26.0, 46.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "W", (79.0, 58.0, 56.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><script>alert(1)</script></x:xmpmeta>"
    return encoded(picture(width, height), exif=exif, xmp=xmp, comment=b"<script>")


def png_claiming(width: int, height: int) -> bytes:
    """A tiny PNG whose header says that it is huge."""
    png = encoded(picture(1, 1), "PNG")
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return png[:12] + head + zlib.crc32(head).to_bytes(4, "big") + png[33:]
