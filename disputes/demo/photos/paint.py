"""Brushes: solid things with light on them, grain, shadows. All follows from the dice given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
Strokes = Sequence[Sequence[tuple[float, float]]]
Shape = Callable[[ImageDraw.ImageDraw], object]

SIDE = 1000  # of the sheet a thing is drawn on; it stands at FOOT
FOOT = 900
COARSE = 4  # light that changes slowly is worked out on a quarter of the pixels
CLEAR = (0, 0, 0, 0)


def sheet() -> Image.Image:
    """Nothing yet."""
    return Image.new("RGBA", (SIDE, SIDE), CLEAR)


def mask(shape: Shape) -> Image.Image:
    """Where `shape` is."""
    found = Image.new("L", (SIDE, SIDE), 0)
    shape(ImageDraw.Draw(found))
    return found.filter(ImageFilter.GaussianBlur(1.2))


def ovals(*boxes: Box) -> Image.Image:
    """Where any of these ellipses is."""

    def draw(on: ImageDraw.ImageDraw) -> None:
        for box in boxes:
            on.ellipse(box, fill=255)

    return mask(draw)


def softened(where: Image.Image, radius: int) -> Image.Image:
    """`where` with its corners rounded."""
    blurred = where.filter(ImageFilter.GaussianBlur(radius))
    return blurred.point([max(0, min(255, (v - 112) * 8)) for v in range(256)])


def blurred(image: Image.Image, radius: float) -> Image.Image:
    """`image` far out of focus."""
    small = image.resize((image.width // COARSE, image.height // COARSE), reducing_gap=1.0)
    soft = small.filter(ImageFilter.GaussianBlur(radius / COARSE))
    return soft.resize(image.size, Image.Resampling.BICUBIC)


def noise(dice: Random, cells: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    """Shades of grey, as coarse as there are few cells."""
    raw = Image.frombytes("L", cells, dice.randbytes(cells[0] * cells[1]))
    return raw.resize(size, Image.Resampling.BICUBIC)


def rounded(colour: Colour, where: Image.Image, depth: float = 30) -> Image.Image:
    """Something soft of one colour, lit from the upper left: cushions, shoes, handles."""
    small = where.resize((SIDE // COARSE, SIDE // COARSE), Image.Resampling.BILINEAR)
    swell = small.filter(ImageFilter.GaussianBlur(depth / COARSE))
    away = ImageChops.offset(swell, round(-depth * 0.7 / COARSE), round(-depth * 0.9 / COARSE))
    light = ImageChops.subtract(swell, away, 1.6, 128).resize(where.size, Image.Resampling.BICUBIC)
    return _lit(colour, ImageOps.invert(light), where)


def turned(colour: Colour, where: Image.Image, shine: float = 60) -> Image.Image:
    """Something turned on a lathe: a highlight left of the middle, dark at both sides."""
    left, _, right, _ = where.getbbox() or (0, 0, SIDE, SIDE)
    row = Image.new("L", (200, 1))
    row.putdata([round(_round_light(x / 199, shine)) for x in range(200)])
    light = Image.new("L", (SIDE, SIDE), 128)
    light.paste(row.resize((right - left, SIDE), Image.Resampling.BICUBIC), (left, 0))
    return _lit(colour, light, where)


def _round_light(at: float, shine: float) -> float:
    edge = (2 * at - 1) ** 2
    gleam = shine * exp(-(((at - 0.3) / 0.09) ** 2)) + 14 * exp(-(((at - 0.86) / 0.05) ** 2))
    return max(20, min(250, 138 - 78 * edge + gleam))


def flat(colour: Colour, where: Image.Image, down: int = 18) -> Image.Image:
    """A face of something: evenly lit, a little darker towards the bottom."""
    slope = ImageOps.invert(Image.linear_gradient("L")).resize((SIDE, SIDE))
    light = slope.point([round(128 - down + 2 * down * v / 255) for v in range(256)])
    return _lit(colour, light, where)


def _lit(colour: Colour, light: Image.Image, where: Image.Image) -> Image.Image:
    lit = ImageChops.hard_light(Image.new("RGB", where.size, colour), light.convert("RGB"))
    lit.putalpha(where)
    return lit


def over(below: Image.Image, *layers: Image.Image) -> Image.Image:
    """`layers` upon `below`, the last on top."""
    for layer in layers:
        below = Image.alpha_composite(below, layer)
    return below


def grained(thing: Image.Image, dice: Random, cells: int, strength: float) -> Image.Image:
    """`thing` with a grain as of paper, leather or cloth."""
    grain = noise(dice, (cells, cells), thing.size)
    soft = grain.point([round(128 + (v - 128) * strength) for v in range(256)])
    made = ImageChops.hard_light(thing.convert("RGB"), soft.convert("RGB"))
    made.putalpha(thing.getchannel("A"))
    return made


def shade(colour: Colour, factor: float) -> Colour:
    """`colour`, lighter or darker."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def lines(colour: Colour, strokes: Strokes, width: int, within: Image.Image) -> Image.Image:
    """Thin lines, only where `within` is."""

    def draw(on: ImageDraw.ImageDraw) -> None:
        for stroke in strokes:
            on.line(list(stroke), fill=255, width=width, joint="curve")

    layer = Image.new("RGBA", (SIDE, SIDE), (*colour, 255))
    layer.putalpha(ImageChops.multiply(mask(draw), within))
    return layer
