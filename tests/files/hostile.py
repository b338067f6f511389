"""Files that somebody made on purpose: small enough to make here, and what each must come to."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pi_heif  # noqa: F401 - what the pipeline decodes with
from PIL import Image, ImageCms, PngImagePlugin

from tests.files.photos import PDF, a_photo, encoded, picture, png_claiming

TYPE, MALFORMED, PIXELS = "file_type_not_allowed", "file_malformed", "file_too_many_pixels"
SCRIPT = b"<html><script>alert(1)</script></html>"
_FTYP = b"\0\0\0\x18ftyp%s\0\0\0\0%s"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(extra: bytes = b"", width: int = 8, height: int = 8, depth: int = 8) -> bytes:
    """A PNG in grey with chunks before its picture."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0))
    row = b"\0" * (1 + width * depth // 8)
    body = _chunk(b"IDAT", zlib.compress(row * height, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + extra + body


def _jpeg_app1(payload: bytes) -> bytes:
    """A JPEG whose EXIF is `payload`."""
    part = b"Exif\0\0" + payload
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(part) + 2) + part + encoded(picture())[2:]


def _jpeg_claiming(width: int, height: int) -> bytes:
    jpeg = encoded(picture())
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def _avif_claiming(side: int) -> bytes:
    avif = encoded(picture(), "AVIF")
    at = avif.index(b"ispe") + 8
    return avif[:at] + struct.pack(">II", side, side) + avif[at + 8 :]


def _frames(format_: str) -> bytes:
    more = [Image.new("RGB", (60, 40), (n, 0, 0)) for n in range(20)]
    return encoded(picture(), format_, save_all=True, append_images=more)


def _profile(kind: str, tail: int = 0) -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile(kind)).tobytes()  # type: ignore[arg-type]
    return encoded(picture(), icc_profile=made + b"\0" * tail)


def _with_exif(format_: str) -> bytes:
    exif = Image.open(BytesIO(a_photo())).getexif()
    return encoded(picture(), format_, exif=exif, xmp=SCRIPT)


def _png_with_text() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SCRIPT.decode())
    return encoded(picture(), "PNG", pnginfo=words)


def _webp_claiming(width: int, height: int) -> bytes:
    webp = encoded(picture(1, 1), "WEBP", lossless=True)
    at = webp.index(b"VP8L") + 9
    return webp[:at] + struct.pack("<I", (height - 1) << 14 | (width - 1)) + webp[at + 4 :]


def _called(brand: bytes) -> bytes:
    avif = encoded(picture(), "AVIF")
    return avif[:8] + brand + avif[12:16] + brand * 4 + avif[32:]


def _pdf(action: bytes) -> bytes:
    return PDF.replace(b"<<>>", action)


def _bomb_of_text(kind: bytes, head: bytes) -> bytes:
    return _png(_chunk(kind, head + zlib.compress(b"A" * 20_000_000, 9)))


_LOOP = b"MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"
_LIES = (
    b"MM\0*\0\0\0\x08" + struct.pack(">H", 3000) + b"\x90\0\0\2\x7f\xff\xff\xff\0\0\0\x08" * 3000
)

# What makes it, and the format it is taken as or the code it is refused with.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "file_empty"),
    "one byte": (lambda: b"\xff", TYPE),
    "the start of a JPEG": (lambda: b"\xff\xd8\xff", MALFORMED),
    "the start of a PNG": (lambda: b"\x89PNG\r\n\x1a\n", MALFORMED),
    "gif in jpg": (lambda: encoded(picture(), "GIF"), TYPE),
    "icon": (lambda: encoded(picture(), "ICO"), TYPE),
    "tiff": (lambda: encoded(picture(), "TIFF"), TYPE),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', TYPE),
    "html": (lambda: SCRIPT, TYPE),
    "zip": (lambda: b"PK\x03\x04" + b"\0" * 40, TYPE),
    "mp4": (lambda: _FTYP % (b"mp42", b"isomavc1") + b"\0" * 99, TYPE),
    "html after a JPEG's start": (lambda: b"\xff\xd8\xff" + SCRIPT, MALFORMED),
    "html after a JPEG's end": (lambda: encoded(picture()) + SCRIPT, "JPEG"),
    "pdf after a JPEG's end": (lambda: encoded(picture()) + PDF, "JPEG"),
    "JPEG after a PDF's end": (lambda: PDF + encoded(picture(400, 300)), MALFORMED),
    "html in a comment": (lambda: encoded(picture(), comment=SCRIPT * 99), "JPEG"),
    "html in a PNG's text": (_png_with_text, "PNG"),
    "several pictures in a JPEG": (lambda: _frames("MPO"), "JPEG"),
    "moving WebP": (lambda: _frames("WEBP"), "WEBP"),
    "moving PNG": (lambda: _frames("PNG"), "PNG"),
    "moving AVIF": (lambda: _frames("AVIF"), "AVIF"),
    "metadata in a PNG": (lambda: _with_exif("PNG"), "PNG"),
    "metadata in a WebP": (lambda: _with_exif("WEBP"), "WEBP"),
    "metadata in an AVIF": (lambda: _with_exif("AVIF"), "AVIF"),
    "EXIF that leads back to itself": (lambda: _jpeg_app1(_LOOP), "JPEG"),
    "EXIF of 3,000 lies": (lambda: _jpeg_app1(_LIES), "JPEG"),
    "EXIF of noise": (lambda: _jpeg_app1(bytes(range(256))), "JPEG"),
    "profile of 4 MB": (lambda: _profile("sRGB", 4_000_000), "JPEG"),
    "profile of other colours": (lambda: _profile("LAB"), "JPEG"),
    "CMYK": (lambda: encoded(picture(mode="CMYK")), "JPEG"),
    "16 bits": (lambda: _png(depth=16), "PNG"),
    "one pixel": (lambda: encoded(picture(1, 1)), "JPEG"),
    "65,535 by 1": (lambda: _png(width=65_535, height=1), "PNG"),
    "1 by 65,535": (lambda: _png(width=1, height=65_535), "PNG"),
    "64,000,001 by 1": (lambda: png_claiming(64_000_001, 1), PIXELS),
    "JPEG of 65,500 a side": (lambda: _jpeg_claiming(65_500, 65_500), PIXELS),
    "WebP of 16,383 a side": (lambda: _webp_claiming(16_383, 16_383), PIXELS),
    "AVIF that lies about its size": (lambda: _avif_claiming(65_535), MALFORMED),
    "packed text": (lambda: _bomb_of_text(b"zTXt", b"x\0\0"), MALFORMED),
    "packed words": (lambda: _bomb_of_text(b"iTXt", b"x\0\1\0\0\0"), MALFORMED),
    "packed profile": (lambda: _bomb_of_text(b"iCCP", b"x\0\0"), MALFORMED),
    "HEIF of nothing": (lambda: _FTYP % (b"heic", b"mif1heic"), MALFORMED),
    "AVIF called HEIC": (lambda: _called(b"heic"), MALFORMED),
    "box without an end": (lambda: b"\xff\xff\xff\xffftypavif" + b"\0" * 99, MALFORMED),
    "WebP that lies about its size": (
        lambda: b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\0" * 40,
        MALFORMED,
    ),
    "PDF that runs JavaScript": (lambda: _pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "PDF"),
    "locked PDF": (lambda: _pdf(b"<</Encrypt 2 0 R>>"), "PDF"),
    "PDF cut off": (lambda: PDF[:-9], MALFORMED),
}
