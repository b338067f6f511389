"""Pictures to recognise: drawn ones, the real ones, and what is done to a photo before it is sent.

Everything follows from a seed, so that the figures are the same on every machine.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pi_heif
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from backoffice.files.pipeline.rendering import in_srgb

pi_heif.register_heif_opener()

Change = Callable[[Image.Image], Image.Image]
# Files that show one picture: a WebP of a JPEG, one waterfall with two numbers on it.
TWINS = ("HTC Desire.webp", "landscape_5.jpg")
# A pattern that is its own mirror image: parts of it are each other's copies.
PATTERN = "pillow__avif__exif.avif"


def scene(seed: int) -> Image.Image:
    """A cluttered place: a ground of soft lights, things lying about on it, and grain."""
    r = random.Random(seed)
    size = r.choice([(400, 300), (300, 400), (360, 360)])
    lights = _noise(r, r.randint(3, 9), size)
    image = ImageOps.colorize(lights, _colour(r, 0, 110), _colour(r, 140, 255))
    draw = ImageDraw.Draw(image)
    for _ in range(r.randint(5, 25)):
        x, y = r.randrange(size[0]), r.randrange(size[1])
        box = (x, y, x + r.randrange(10, 150), y + r.randrange(10, 150))
        r.choice([draw.ellipse, draw.rectangle])(box, fill=_colour(r))
    return _taken(image, r)


def product(seed: int) -> Image.Image:
    """A thing of some parts on a plain ground, as in a catalogue, with a label."""
    r = random.Random(seed)
    width, height = size = r.choice([(400, 300), (300, 400), (320, 320)])
    image = Image.new("RGB", size, _colour(r, 225, 256))
    draw = ImageDraw.Draw(image)
    for _ in range(r.randint(3, 7)):
        x, y = width * r.uniform(0.3, 0.7), height * r.uniform(0.3, 0.7)
        w, h = width * r.uniform(0.05, 0.3), height * r.uniform(0.05, 0.3)
        shape = r.choice([draw.ellipse, draw.rectangle])
        shape((x - w, y - h, x + w, y + h), fill=_colour(r, 0, 230))
    for line in range(r.randint(2, 6)):
        y = height * 0.4 + line * 9
        draw.rectangle((width * 0.4, y, width * r.uniform(0.45, 0.6), y + 4), fill=_colour(r))
    return _taken(image, r)


def _taken(image: Image.Image, r: random.Random) -> Image.Image:
    """As a camera gives it: a little soft, with grain, compressed."""
    grain = _noise(r, 120, image.size).convert("RGB")
    soft = image.filter(ImageFilter.GaussianBlur(r.uniform(0, 1.5)))
    return jpeg(Image.blend(soft, grain, 0.06), 80)


def _noise(r: random.Random, cells: int, size: tuple[int, int]) -> Image.Image:
    raw = Image.frombytes("L", (cells, cells), r.randbytes(cells * cells))
    return raw.resize(size, Image.Resampling.BICUBIC)


def _colour(r: random.Random, low: int = 0, high: int = 256) -> tuple[int, int, int]:
    return r.randrange(low, high), r.randrange(low, high), r.randrange(low, high)


def real(data: Path) -> dict[str, Image.Image]:
    """The photos that the manifest accepts, upright, as the pipeline sees them."""
    folder = data / "photos"
    with (folder / "manifest.csv").open() as lines:
        names = [row["file"] for row in csv.DictReader(lines) if row["expect"].startswith("accept")]
    found = {}
    for name in names:
        with Image.open(folder / name) as image:
            found[name] = in_srgb(ImageOps.exif_transpose(image))
    return found


def tiles(photos: dict[str, Image.Image]) -> list[Image.Image]:
    """Nine parts of each large photo, which have nothing in common but their light."""
    large = [
        photo
        for name, photo in photos.items()
        if min(photo.size) >= 256 and name != PATTERN and not name.endswith(TWINS)
    ]
    return [_part(photo, x, y) for photo in large for x in range(3) for y in range(3)]


def _part(photo: Image.Image, x: int, y: int) -> Image.Image:
    w, h = photo.width // 3, photo.height // 3
    return photo.crop((x * w, y * h, x * w + w, y * h + h))


def jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def scaled(factor: float) -> Change:
    return lambda image: image.resize(
        (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    )


def lighter(factor: float) -> Change:
    return lambda image: ImageEnhance.Brightness(image).enhance(factor)


def cropped(left: float, top: float, right: float, bottom: float) -> Change:
    return lambda image: image.crop(
        (
            round(image.width * left),
            round(image.height * top),
            image.width - round(image.width * right),
            image.height - round(image.height * bottom),
        )
    )


def bordered(share: float, colour: str) -> Change:
    return lambda image: ImageOps.expand(image, round(min(image.size) * share) + 1, colour)


def turned(way: Image.Transpose) -> Change:
    return lambda image: image.transpose(way)


def both(*changes: Change) -> Change:
    def change(image: Image.Image) -> Image.Image:
        for each in changes:
            image = each(image)
        return image

    return change


# What the fingerprints promise to see through, one at a time.
CHANGES: dict[str, Change] = {
    "re-compressed at 50": lambda image: jpeg(image, 50),
    "re-compressed at 30": lambda image: jpeg(image, 30),
    "half the size": scaled(0.5),
    "a quarter of the size": scaled(0.25),
    "half as large again": scaled(1.5),
    "brightened by 20%": lighter(1.2),
    "brightened by 40%": lighter(1.4),
    "darkened by 30%": lighter(0.7),
    "bordered in white": bordered(0.05, "white"),
    "bordered in black": bordered(0.10, "black"),
    "cropped by 5% at each side": cropped(0.05, 0.05, 0.05, 0.05),
    "cropped by 2.5% at each side": cropped(0.025, 0.025, 0.025, 0.025),
    "cropped by 5% on the left": cropped(0.05, 0, 0, 0),
    "cropped by 5% at the bottom": cropped(0, 0, 0, 0.05),
    "cropped by 5% at a corner": cropped(0, 0.05, 0.05, 0),
    "mirrored": turned(Image.Transpose.FLIP_LEFT_RIGHT),
    "upside down": turned(Image.Transpose.FLIP_TOP_BOTTOM),
    "turned by 90 degrees": turned(Image.Transpose.ROTATE_90),
    "turned by 180 degrees": turned(Image.Transpose.ROTATE_180),
    "turned by 270 degrees": turned(Image.Transpose.ROTATE_270),
}
# And some of them together.
TOGETHER: dict[str, Change] = {
    "mirrored, cropped, compressed": both(
        turned(Image.Transpose.FLIP_LEFT_RIGHT),
        cropped(0.05, 0.05, 0.05, 0.05),
        lambda image: jpeg(image, 50),
    ),
    "turned, halved, compressed": both(
        turned(Image.Transpose.ROTATE_90), scaled(0.5), lambda image: jpeg(image, 50)
    ),
    "cropped, bordered, compressed": both(
        cropped(0.03, 0.03, 0.03, 0.03), bordered(0.05, "black"), lambda image: jpeg(image, 60)
    ),
    "brightened, cropped": both(lighter(1.2), cropped(0.05, 0, 0, 0)),
}
