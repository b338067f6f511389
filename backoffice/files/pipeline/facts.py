"""What a camera wrote into a photo, as far as staff may know it.

Of where it was taken only the country is kept, or the countries whose border is near.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from PIL import ExifTags, Image

from backoffice.files.pipeline.places import countries_at

_TEXT = 80


def facts_of(image: Image.Image) -> dict[str, Any]:
    """Those that are known of `taken_at` (ISO 8601, with its offset if that was written),

    `camera`, `software`, `gps` (true: the place is told) and `countries` (ISO 3166 alpha-2).
    """
    try:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # noqa: BLE001 - broken EXIF tells nothing, and the picture is sound
        return {}
    found = {
        "taken_at": _taken_at(exif, inner),
        "camera": _camera(exif),
        "software": _text(exif.get(ExifTags.Base.Software)),
        "gps": ExifTags.GPS.GPSLatitude in gps and ExifTags.GPS.GPSLongitude in gps,
        "countries": _countries(gps),
    }
    return {name: value for name, value in found.items() if value}


def _taken_at(exif: Image.Exif, inner: dict[int, Any]) -> str:
    written = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        at = datetime.strptime(_text(written), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - as written
    except ValueError:
        return ""
    offset = _offset(_text(inner.get(ExifTags.Base.OffsetTimeOriginal)))
    return (at.replace(tzinfo=offset) if offset else at).isoformat()


def _offset(text: str) -> timezone | None:
    """ "+08:00" as a zone; None for anything else."""
    sign, hours, minutes = text[:1], text[1:3], text[4:6]
    if len(text) != 6 or sign not in "+-" or not (hours + minutes).isdecimal():
        return None
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-span if sign == "-" else span) if span < timedelta(hours=24) else None


def _camera(exif: Image.Exif) -> str:
    make = _text(exif.get(ExifTags.Base.Make))
    model = _text(exif.get(ExifTags.Base.Model))
    return model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()


def _countries(gps: dict[int, Any]) -> list[str]:
    """Where it was taken; nothing where the place is not told, or not in numbers."""
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S")
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W")
    if latitude is None or longitude is None or latitude == longitude == 0:  # a camera's "unknown"
        return []
    return countries_at(latitude, longitude)


def _degrees(gps: dict[int, Any], tag: int, ref: int, negative: str) -> float | None:
    """Degrees, minutes and seconds as one number; `ref` says which half of the globe."""
    try:
        degrees, minutes, seconds = (float(part) for part in gps[tag])
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    return -found if _text(gps.get(ref)).upper() == negative else found


def _text(value: object) -> str:
    """A short, printable text; "" for anything else."""
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if not isinstance(value, str):
        return ""
    return "".join(c for c in value.partition("\0")[0] if c.isprintable()).strip()[:_TEXT]
