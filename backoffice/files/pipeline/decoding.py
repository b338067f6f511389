"""Decoding a photo in full, under limits. Runs in a process of its own: see worker.py."""

from __future__ import annotations

import re
import warnings
from io import BytesIO

import pi_heif
from PIL import Image, ImageFile, ImageOps

from backoffice.files.enums import Format
from backoffice.files.pipeline.results import MAX_PIXELS, Unfit

# Beyond the limit Pillow warns, and beyond twice the limit it raises: to us both are errors.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
ImageFile.LOAD_TRUNCATED_IMAGES = False
pi_heif.register_heif_opener(thumbnails=False)
Image.init()

# Only the decoder of the format that the bytes begin as: no other may be talked into trying.
DECODERS = {
    Format.JPEG: "JPEG",
    Format.PNG: "PNG",
    Format.WEBP: "WEBP",
    Format.HEIF: "HEIF",
    Format.AVIF: "AVIF",
}

# A progressive JPEG has some ten scans. Each may ask for work on every pixel and cost a few bytes.
MAX_SCANS = 100
_EOI, _SOS = 0xD9, 0xDA
# In a scan, what is neither a stuffed zero, nor a restart, nor a filling byte.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def decode(content: bytes, format_: Format) -> Image.Image:
    """The first picture in `content`, every pixel of it decoded, not yet turned upright.

    Raises Unfit: too_many_pixels, or malformed for anything else that a decoder stumbles over.
    """
    if format_ is Format.JPEG and scans(content) > MAX_SCANS:
        raise Unfit("malformed")
    try:
        image = Image.open(BytesIO(content), formats=[DECODERS[format_]])
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit("too_many_pixels") from error
    except MemoryError as error:
        raise Unfit("too_many_pixels") from error
    except Exception as error:
        raise Unfit("malformed") from error
    return image


def scans(jpeg: bytes) -> int:
    """How many scans a JPEG's first picture has; no more than MAX_SCANS + 1 are counted."""
    at, found = 2, 0
    while at + 4 <= len(jpeg) and found <= MAX_SCANS and jpeg[at] == 0xFF and jpeg[at + 1] != _EOI:
        scan = jpeg[at + 1] == _SOS
        at += 2 + max(2, int.from_bytes(jpeg[at + 2 : at + 4], "big"))
        if scan:
            found += 1
            marker = _NEXT_MARKER.search(jpeg, at)
            at = marker.start() if marker else len(jpeg)
    return found


def upright(image: Image.Image) -> Image.Image:
    """`image` as it was held. An orientation that cannot be read is none."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - EXIF is the sender's, and the picture is sound without it
        return image
