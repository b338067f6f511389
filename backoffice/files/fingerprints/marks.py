"""Marks: 63 bits of a frame of a photo, in three bands of 21 bits for an ordinary index.

A photo has six frames, the whole glimpse and what a crop of 5% may have left of it, and a seventh
where it has a second glimpse. It is asked for by its frames as they are, and by each turned and
mirrored in the seven other ways, which only moves and flips bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from PIL import Image

from backoffice.files.fingerprints.glimpse import SIDE, TINTS, Glimpse
from backoffice.files.fingerprints.spectrum import PAIRS, Box, Spectrum, spectrum

BITS = len(PAIRS)  # 63
BANDS = 3
BAND_BITS = BITS // BANDS  # 21: of a million random marks, each key has one in two
# The bits of a band that a change to the photo changes first, because they are the faintest.
WEAK_IN_A_BAND = 8
_INSET = SIDE // 20
_END = SIDE - _INSET
FRAMES: tuple[Box, ...] = (
    (0, 0, SIDE, SIDE),
    (_INSET, _INSET, _END, _END),
    (_INSET, _INSET, SIDE, SIDE),
    (0, _INSET, _END, SIDE),
    (_INSET, 0, SIDE, _END),
    (0, 0, _END, _END),
)
BORDERED = len(FRAMES)  # the number of the seventh: all of the second glimpse
# Neighbouring frequencies go into different bands: what disturbs one disturbs the other.
_PLACE = {pair: (i % BANDS) * BAND_BITS + i // BANDS for i, pair in enumerate(PAIRS)}
_MASKS = [((1 << BAND_BITS) - 1) << (band * BAND_BITS) for band in range(BANDS)]
_ACROSS = sum(1 << _PLACE[u, v] for u, v in PAIRS if u % 2)
_DOWN = sum(1 << _PLACE[u, v] for u, v in PAIRS if v % 2)
_SWAPS = [(_PLACE[u, v], _PLACE[v, u]) for u, v in PAIRS if u < v]


class Turn(NamedTuple):
    """One of the eight ways a picture may lie: across and down swapped first, then mirrored."""

    swap: bool
    across: bool
    down: bool

    @property
    def mirrors(self) -> bool:
        """Whether writing in it would read backwards; else it is only turned, or as it was."""
        return (self.swap + self.across + self.down) % 2 == 1

    def applied(self, image: Image.Image) -> Image.Image:
        """`image`, turned."""
        if self.swap:
            image = image.transpose(Image.Transpose.TRANSPOSE)
        if self.across:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if self.down:
            image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return image


UPRIGHT = Turn(False, False, False)
TURNS = [Turn(*ways) for ways in product((False, True), repeat=3)]


class Mark(NamedTuple):
    """The bits of one frame, and which of them are weak."""

    frame: int
    bits: int
    weak: int


class Ask(NamedTuple):
    """A mark as it would be if the photo were turned so."""

    mark: Mark
    turn: Turn

    def keys(self) -> Iterator[tuple[int, int]]:
        """The keys to look under: (band, key).

        Upright, each band is looked for as it is and with each of its weak bits flipped; turned,
        as it is only, for there are seven times as many.
        """
        keys = bands(self.mark.bits)
        yield from enumerate(keys)
        if self.turn == UPRIGHT:
            for band, weak in enumerate(bands(self.mark.weak)):
                while weak:
                    faint = weak & -weak  # the lowest bit of those left
                    yield band, keys[band] ^ faint
                    weak ^= faint


def marks(glimpses: Sequence[Glimpse]) -> list[Mark]:
    """The marks of a photo, of which there are six or seven."""
    found = [mark(n, spectrum(glimpses[0].shades, frame)) for n, frame in enumerate(FRAMES)]
    return found + [mark(BORDERED, spectrum(whole.shades)) for whole in glimpses[1:]]


def mark(frame: int, heard: Spectrum) -> Mark:
    """A bit for each frequency: whether it swings up or down at the top left."""
    bits = sum(1 << place for (u, v), place in _PLACE.items() if heard[u][v] > 0)
    weak = 0
    for band in range(BANDS):
        faintest = sorted(PAIRS[band::BANDS], key=lambda pair: abs(heard[pair[0]][pair[1]]))
        weak |= sum(1 << _PLACE[pair] for pair in faintest[:WEAK_IN_A_BAND])
    return Mark(frame, bits, weak)


def framed(glimpses: Sequence[Glimpse], frame: int, turn: Turn = UPRIGHT) -> Glimpse:
    """What a mark of that number was made of, turned."""
    if frame == BORDERED:
        return glimpses[1]
    shades, blue, red = glimpses[0]
    box, size = FRAMES[frame], (TINTS, TINTS)
    left, top, right, bottom = (edge * TINTS / SIDE for edge in box)
    part = (left, top, right, bottom)
    tints = [tint.resize(size, Image.Resampling.BILINEAR, box=part) for tint in (blue, red)]
    return Glimpse(*(turn.applied(band) for band in (shades.crop(box), *tints)))


def asks(own: Iterable[Mark]) -> Iterator[Ask]:
    """A photo's marks in every way that a copy of it may lie."""
    for each, turn in product(own, TURNS):
        if turn == UPRIGHT or each.frame != BORDERED:
            yield Ask(turned(each, turn), turn)


def turned(own: Mark, turn: Turn) -> Mark:
    """The mark that the photo would have if it were turned so."""
    bits, weak = own.bits, own.weak
    if turn.swap:
        bits, weak = _swapped(bits), _swapped(weak)
    bits ^= (_ACROSS if turn.across else 0) ^ (_DOWN if turn.down else 0)
    return Mark(own.frame, bits, weak)


def _swapped(bits: int) -> int:
    """Mirrored at the diagonal, each frequency changes places with its pair."""
    for one, other in _SWAPS:
        if (bits >> one ^ bits >> other) & 1:
            bits ^= 1 << one | 1 << other
    return bits


def bands(bits: int) -> tuple[int, ...]:
    """The three keys of a mark."""
    return tuple((bits & mask) >> (band * BAND_BITS) for band, mask in enumerate(_MASKS))


def distance(one: Mark, other: Mark) -> tuple[int, int]:
    """In how many bits two marks differ: in those strong in both, and in all."""
    apart = one.bits ^ other.bits
    return (apart & ~one.weak & ~other.weak).bit_count(), apart.bit_count()


def near(apart: tuple[int, int]) -> bool:
    """Whether marks so far apart are worth a closer look."""
    return apart[0] <= 2 and apart[1] <= 14
