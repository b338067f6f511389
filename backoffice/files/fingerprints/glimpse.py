"""A photo reduced to what survives a copy: 40 by 40 shades and 8 by 8 tints, without its border."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import mul
from typing import NamedTuple, cast

from PIL import Image

from backoffice.files.fingerprints.spectrum import spectrum, strength

Box = tuple[int, int, int, int]

SIDE = 40  # of a glimpse; 5% of it is two whole pixels
TINTS = 8  # the side of its colours, which are kept more coarsely
_SHADES, _TINTS = SIDE * SIDE, TINTS * TINTS
BYTES = _SHADES + 2 * _TINTS
REDUCED = 128  # the side at which the border is looked for
TINY = 16  # a photo of fewer pixels a side is a dot
FLATTEST = 6  # shades (of 255) that a line of a border may span: a paper's grain spans more
SMALLEST = REDUCED // 4  # a border never takes more than three quarters of a side
# How strong the 16th and the 24th strongest frequency have to be. Photos have 70 and 40; a plain
# ground with noise, a gradient or one plain shape has not. In the dark, noise is stronger.
ENOUGH, ENOUGH_DETAIL, DARK = (15, 5.0), (23, 3.0), 40.0


class Glimpse(NamedTuple):
    """Shades of grey, and how blue and how red: three small pictures of one band each."""

    shades: Image.Image
    blue: Image.Image
    red: Image.Image


def of(image: Image.Image) -> tuple[int, ...]:
    """What is kept of a photo: the 1,728 bytes of its glimpse, or of two.

    The second is the whole photo where a border was taken off: an overexposed sky looks like one.
    Empty where the picture is too plain to be told from others. `image` may be reduced already,
    to 128 pixels or more; takes half a millisecond then.
    """
    if min(image.size) < TINY:
        return ()
    bands = _reduced(image)
    box, whole = _without_border(bands[0]), (0, 0, REDUCED, REDUCED)
    first, mean = _glimpse(bands, box)
    if not _tells_enough(first.shades, mean):
        return ()
    glimpses = [first] if box == whole else [first, _glimpse(bands, whole)[0]]
    return tuple(chain.from_iterable(b.tobytes() for glimpse in glimpses for b in glimpse))


def opened(kept: Sequence[int] | bytes) -> list[Glimpse]:
    """The glimpses that `of` put into `kept`."""
    raw = bytes(kept)
    return [_opened(raw[at : at + BYTES]) for at in range(0, len(raw), BYTES)]


def _opened(raw: bytes) -> Glimpse:
    size = (TINTS, TINTS)
    return Glimpse(
        Image.frombytes("L", (SIDE, SIDE), raw[:_SHADES]),
        Image.frombytes("L", size, raw[_SHADES:-_TINTS]),
        Image.frombytes("L", size, raw[-_TINTS:]),
    )


def _reduced(image: Image.Image) -> tuple[Image.Image, ...]:
    """Light, blue and red of it, square: its proportions are the first thing a copy loses."""
    size = (REDUCED, REDUCED)
    coloured = image if image.mode == "RGB" else image.convert("RGB")
    square = coloured.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return square.convert("YCbCr").split()


def _without_border(grey: Image.Image) -> Box:
    """The photo without its border of one shade (or of several, one within the other)."""
    box = (0, 0, grey.width, grey.height)
    while (inner := _peeled(grey, box)) != box:
        box = inner
    return box


def _peeled(grey: Image.Image, box: Box) -> Box:
    """`box` without those of its outermost lines that are of one shade, their ends aside.

    (Where one border meets another, a line may be half of each, and its ends three quarters.)
    """
    left, top, right, bottom = box

    def flat(line: Box) -> bool:
        darkest, lightest = cast(tuple[int, int], grey.crop(line).getextrema())  # of one band
        return lightest - darkest <= FLATTEST

    if right - left > SMALLEST:
        left += flat((left, top + 1, left + 1, bottom - 1))
        right -= flat((right - 1, top + 1, right, bottom - 1))
    if bottom - top > SMALLEST:
        top += flat((left + 1, top, right - 1, top + 1))
        bottom -= flat((left + 1, bottom - 1, right - 1, bottom))
    return left, top, right, bottom


def _glimpse(bands: tuple[Image.Image, ...], box: Box) -> tuple[Glimpse, float]:
    """The part in `box` with its lights pressed together, v / (v + mean); and that mean.

    A photo made lighter differs most where it was light already and has burnt out; pressed
    together, that part weighs little, and a mere factor falls out altogether.
    """
    light, blue, red = (band.crop(box) for band in bands)
    histogram = light.histogram()
    mean = sum(map(mul, histogram, range(256))) / sum(histogram) + 1
    pressed = light.point([round(255 * shade / (shade + mean)) for shade in range(256)])
    made = (_scaled(pressed, SIDE), _scaled(blue, TINTS), _scaled(red, TINTS))
    return Glimpse(*made), mean


def _scaled(band: Image.Image, side: int) -> Image.Image:
    return band.resize((side, side), Image.Resampling.BILINEAR)


def _tells_enough(glimpse: Image.Image, mean: float) -> bool:
    """Whether there is enough to see in it to know it again."""
    heard = spectrum(glimpse)
    (rank, enough), (detail_rank, detail) = ENOUGH, ENOUGH_DETAIL
    return (
        strength(heard, rank) >= enough * max(1.0, DARK / mean)
        and strength(heard, detail_rank) >= detail
    )
