"""What has happened to a thing on its way."""

from __future__ import annotations

from enum import StrEnum
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from disputes.demo.photos.paint import SIDE, lines, noise, over


class Harm(StrEnum):
    """What a buyer's photo shows; DIFFERENT is another thing than the listed one."""

    NONE = "NONE"
    CRACKED = "CRACKED"
    CRUSHED = "CRUSHED"
    STAINED = "STAINED"
    SCRATCHED = "SCRATCHED"
    DIFFERENT = "DIFFERENT"


def harmed(thing: Image.Image, harm: Harm, dice: Random) -> Image.Image:
    """`thing` after it."""
    match harm:
        case Harm.CRACKED:
            return cracked(thing, dice)
        case Harm.CRUSHED:
            return crushed(thing, dice)
        case Harm.STAINED:
            return stained(thing, dice)
        case Harm.SCRATCHED:
            return scratched(thing, dice)
        case _:
            return thing


def cracked(thing: Image.Image, dice: Random) -> Image.Image:
    """Cracks that run from one place on the edge, and a chip missing there."""
    whole = thing.getchannel("A")
    left, top, right, bottom = whole.getbbox() or (0, 0, SIDE, SIDE)
    start = (dice.uniform(left + 60, right - 60), top + (bottom - top) * dice.uniform(0.2, 0.35))
    strokes: list[list[tuple[float, float]]] = []
    for _ in range(dice.randint(4, 6)):
        strokes += _crack(start, dice.uniform(0.1, 0.9) * pi, dice, dice.uniform(0.5, 1.0))
    bright = [[(x + 2, y + 2) for x, y in stroke] for stroke in strokes]
    broken = over(
        thing, lines((244, 240, 232), bright, 3, whole), lines((28, 24, 22), strokes, 4, whole)
    )
    return _chipped(broken, start, dice)


def _crack(
    at: tuple[float, float], way: float, dice: Random, reach: float
) -> list[list[tuple[float, float]]]:
    """One jagged line, with a branch now and then."""
    stroke, branches = [at], []
    for _ in range(round(11 * reach)):
        way += dice.uniform(-0.55, 0.55)
        step = dice.uniform(18, 52)
        x, y = stroke[-1]
        stroke.append((x + step * cos(way), y + step * sin(way)))
        if dice.random() < 0.16:
            branches += _crack(stroke[-1], way + dice.choice((-0.9, 0.9)), dice, reach * 0.4)
    return [stroke, *branches]


def _chipped(thing: Image.Image, at: tuple[float, float], dice: Random) -> Image.Image:
    """A piece is out: its raw inside shows."""
    points = [
        (at[0] + r * cos(a * pi / 4), at[1] + r * 0.8 * sin(a * pi / 4))
        for a in range(8)
        for r in (dice.uniform(26, 62),)
    ]
    hole = Image.new("L", thing.size, 0)
    ImageDraw.Draw(hole).polygon(points, fill=255)
    raw = Image.new("RGBA", thing.size, (214, 200, 180, 255))
    raw.putalpha(ImageChops.multiply(hole, thing.getchannel("A")))
    inner = Image.new("RGBA", thing.size, (70, 60, 52, 255))
    shifted = ImageChops.multiply(ImageChops.offset(hole, 8, 8), hole)
    inner.putalpha(ImageChops.multiply(shifted, thing.getchannel("A")))
    return over(thing, raw, inner.filter(ImageFilter.GaussianBlur(1.5)))


def crushed(thing: Image.Image, dice: Random) -> Image.Image:
    """Pressed in from above and one side, with creases."""
    cells = 8
    step = SIDE // cells
    moved = {
        (x, y): (
            dice.uniform(-34, 34) + 46 * (x > 4),
            dice.uniform(-30, 30) - 62 * (y < 5) * (x > 3),
        )
        for x in range(cells + 1)
        for y in range(cells + 1)
    }
    mesh = []
    for x in range(cells):
        for y in range(cells):
            corners = [(x, y), (x, y + 1), (x + 1, y + 1), (x + 1, y)]
            quad = [c * step + d for p in corners for c, d in zip(p, moved[p], strict=True)]
            mesh.append(((x * step, y * step, (x + 1) * step, (y + 1) * step), tuple(quad)))
    bent = thing.transform(thing.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)
    whole = bent.getchannel("A")
    left, top, right, bottom = whole.getbbox() or (0, 0, SIDE, SIDE)
    strokes: list[list[tuple[float, float]]] = []
    for _ in range(9):
        at = (dice.uniform(left, right), dice.uniform(top, (top + bottom) / 2))
        strokes += _crack(at, dice.uniform(0, 2 * pi), dice, 0.5)[:1]
    light = [[(x + 5, y + 5) for x, y in stroke] for stroke in strokes]
    folds = over(
        lines((255, 240, 215), light, 6, whole), lines((60, 44, 30), strokes, 8, whole)
    ).filter(ImageFilter.GaussianBlur(3))
    return over(bent, folds)


def stained(thing: Image.Image, dice: Random) -> Image.Image:
    """Something wet has dried on it."""
    whole = thing.getchannel("A")
    blots = noise(dice, (7, 7), thing.size).point([255 if v > 165 else 0 for v in range(256)])
    soft = blots.filter(ImageFilter.GaussianBlur(5))
    rim = ImageChops.subtract(soft, blots.filter(ImageFilter.GaussianBlur(16)))
    layers = []
    for where, strength, colour in ((soft, 0.45, (96, 66, 34)), (rim, 0.9, (66, 42, 20))):
        layer = Image.new("RGBA", thing.size, (*colour, 255))
        faint = where.point([round(v * strength) for v in range(256)])
        layer.putalpha(ImageChops.multiply(faint, whole))
        layers.append(layer)
    return over(thing, *layers)


def scratched(thing: Image.Image, dice: Random) -> Image.Image:
    """It has been used: scratches, all over one part of it."""
    whole = thing.getchannel("A")
    left, top, right, bottom = whole.getbbox() or (0, 0, SIDE, SIDE)
    x, y = dice.uniform(left + 80, right - 120), dice.uniform(top + 120, bottom - 120)
    strokes: list[list[tuple[float, float]]] = []
    for _ in range(26):
        a, b = x + dice.gauss(0, 90), y + dice.gauss(0, 70)
        strokes.append([(a, b), (a + dice.uniform(30, 150), b + dice.uniform(-40, 60))])
    dark = [[(p + 2, q + 3) for p, q in stroke] for stroke in strokes]
    return over(
        thing, lines((30, 28, 26), dark, 3, whole), lines((236, 234, 230), strokes, 3, whole)
    )
