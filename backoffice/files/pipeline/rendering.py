"""Making a photo anew: our colours, our sizes, our bytes, and nothing that came with the old."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms

from backoffice.files.pipeline.results import LARGE_SIDE, SMALL_SIDE, VIEW_SIDE, Unfit

QUALITY = 85
PAPER = (255, 255, 255)  # what is seen through a transparent picture
_SRGB = ImageCms.createProfile("sRGB")
_SIXTEEN_BITS = ("I", "I;16", "I;16L", "I;16B", "I;16N")


def in_srgb(image: Image.Image) -> Image.Image:
    """`image` as opaque RGB in the sRGB colours, whatever it was."""
    if image.mode in _SIXTEEN_BITS:
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
        image.info.pop("transparency", None)  # one shade of 65,536: nothing to see through
    if image.has_transparency_data:
        see_through = image.convert("RGBA")
        paper = Image.new("RGB", image.size, PAPER)
        paper.paste(see_through, mask=see_through.getchannel("A"))
        return _from_profile(paper, image.info.get("icc_profile"))
    if image.mode not in ("RGB", "CMYK", "L"):
        return _from_profile(image.convert("RGB"), image.info.get("icc_profile"))
    return _from_profile(image, image.info.get("icc_profile"))


def _from_profile(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Converted by its colour profile; one that is broken or does not fit is left out."""
    if profile and not _is_srgb(profile):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            made = None
        if made is not None:
            return made
    return image if image.mode == "RGB" else image.convert("RGB")


def _is_srgb(profile: bytes) -> bool:
    """Most profiles are sRGB's own under some name; converting would only cost time."""
    return b"sRGB" in profile[:4096] or b"s\0R\0G\0B" in profile[:4096]


def derivatives(image: Image.Image) -> tuple[bytes, bytes, bytes]:
    """JPEGs of `image` (RGB): the view, the large and the small thumbnail, each bare."""
    view = _within(image, VIEW_SIDE)
    large = _within(view, LARGE_SIDE)
    small = _within(large, SMALL_SIDE)
    return _jpeg(view), _jpeg(large), _jpeg(small)


def _within(image: Image.Image, side: int) -> Image.Image:
    """`image` with no side longer than `side`; never made larger."""
    if max(image.size) <= side:
        return image
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _jpeg(image: Image.Image) -> bytes:
    image.info.clear()  # Pillow would carry a comment over
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=False)
    made = out.getvalue()
    if not is_bare(made):
        raise Unfit("malformed")
    return made


def is_bare(jpeg: bytes) -> bool:
    """Whether a JPEG holds a picture and nothing else: no EXIF, XMP, profile, comment, or tail."""
    if jpeg[:2] != b"\xff\xd8" or jpeg[-2:] != b"\xff\xd9":
        return False
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the picture itself, to the end
            return True
        if marker == 0xFE or 0xE1 <= marker <= 0xEF:
            return False
        at += 2 + length
    return False
