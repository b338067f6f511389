"""The last word on two photos whose marks are near: do their details lie in the same places?

Marks see a photo from afar, and from afar one box on a table looks like another. Here the rough
shapes are taken away, and what is left (edges, patterns, writing) is laid over each other. Then
the colours: the same shirt in red is another photo.
"""

from __future__ import annotations

from operator import mul, sub

from PIL import Image, ImageFilter

from backoffice.files.fingerprints.glimpse import Glimpse

SAMPLES = 32
BLUR = 2  # pixels: what is wider than that is a rough shape
SLACK = 1  # pixels that two frames may lie apart
LIKE = 0.58
GREY = 128  # neither blue nor its opposite
# Colours may differ so much, of 255, or by this share of how strong they are; below PALE there are
# none to compare.
TINGE, SHARE, PALE = 8.0, 0.55, 3.0


def likeness(one: Glimpse, other: Glimpse) -> float:
    """How well two frames agree, from -1 to 1; LIKE and above are the same picture."""
    if not _same_colours(one, other):
        return 0.0
    mine, theirs = _details(one.shades), _details(other.shades)
    reach = range(-SLACK, SLACK + 1)
    still = _middle(mine, 0, 0)
    own = sum(map(mul, still, still))
    return max(_agreement(still, own, _middle(theirs, dx, dy)) for dy in reach for dx in reach)


def _details(frame: Image.Image) -> list[int]:
    """What is left of a frame when its rough shapes are taken away."""
    scaled = frame.resize((SAMPLES, SAMPLES), Image.Resampling.BILINEAR)
    rough = scaled.filter(ImageFilter.GaussianBlur(BLUR))
    return list(map(sub, scaled.tobytes(), rough.tobytes()))


def _middle(details: list[int], dx: int, dy: int) -> list[int]:
    """All but a margin of SLACK, moved by so much."""
    side = range(SLACK + dy, SAMPLES - SLACK + dy)
    first, last = SLACK + dx, SAMPLES - SLACK + dx
    return [shade for y in side for shade in details[y * SAMPLES + first : y * SAMPLES + last]]


def _agreement(one: list[int], own: int, other: list[int]) -> float:
    """The cosine between them."""
    weight: float = (own * sum(map(mul, other, other))) ** 0.5
    return float(sum(map(mul, one, other)) / weight) if weight else 0.0


def _same_colours(one: Glimpse, other: Glimpse) -> bool:
    """Whether their tints agree; a photo without colours may be a copy of one with any."""
    mine, theirs = _tints(one), _tints(other)
    strong = max(_size(mine), _size(theirs))
    pale = min(_size(mine), _size(theirs)) < PALE
    return pale or _size(list(map(sub, mine, theirs))) <= max(TINGE, SHARE * strong)


def _tints(glimpse: Glimpse) -> list[int]:
    return [tint - GREY for tint in glimpse.blue.tobytes() + glimpse.red.tobytes()]


def _size(values: list[int]) -> float:
    """How large they are, on the whole."""
    return float((sum(map(mul, values, values)) / len(values)) ** 0.5)
