"""Fingerprints by themselves: what has one, and what turning a picture does to it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backoffice.files.fingerprints import of
from backoffice.files.fingerprints.glimpse import BYTES, opened
from backoffice.files.fingerprints.likeness import LIKE, likeness
from backoffice.files.fingerprints.marks import (
    BITS,
    BORDERED,
    TURNS,
    UPRIGHT,
    Ask,
    Mark,
    Turn,
    asks,
    bands,
    distance,
    framed,
    marks,
    turned,
)
from tests.files.pictures import bordered, product, scene

MARKS = st.builds(Mark, st.just(0), st.integers(0, 2**BITS - 1), st.integers(0, 2**BITS - 1))


def grain(mean: int) -> Image.Image:
    """A plain ground, photographed: one shade, and the noise of a sensor."""
    r = random.Random(mean)
    shades = bytes(min(255, max(0, round(r.gauss(mean, 6)))) for _ in range(320 * 240))
    return Image.frombytes("L", (320, 240), shades).convert("RGB")


PLAIN = {
    "white": Image.new("RGB", (300, 200), "white"),
    "orange": Image.new("RGB", (800, 600), (255, 110, 0)),
    "a gradient": Image.linear_gradient("L").resize((400, 300)).convert("RGB"),
    "a table top": grain(140),
    "the dark": grain(8),
    "a dot": scene(1).resize((15, 15)),
    "one pixel": Image.new("RGB", (1, 1)),
}


@pytest.mark.parametrize("name", PLAIN)
def test_of_a_plain_picture_is_empty(name: str) -> None:
    assert of(PLAIN[name]) == ()


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "RGBA", "P"])
def test_of_takes_any_mode(mode: str) -> None:
    assert len(of(scene(3).convert(mode))) == BYTES


def test_of_is_bytes_and_always_the_same() -> None:
    kept = of(scene(3))
    assert kept == of(scene(3))
    assert set(map(type, kept)) == {int}
    assert 0 <= min(kept) <= max(kept) <= 255


def test_of_keeps_the_whole_too_where_a_border_was_taken_off() -> None:
    kept = of(bordered(0.1, "black")(scene(3)))
    assert len(kept) == 2 * BYTES
    numbers = [mark.frame for mark in marks(opened(kept))]
    assert numbers == [0, 1, 2, 3, 4, 5, BORDERED]


def test_of_takes_off_a_border_within_a_border() -> None:
    plain = opened(of(scene(5)))[0]
    twice = bordered(0.05, "white")(bordered(0.05, "black")(scene(5)))
    assert likeness(opened(of(twice))[0], plain) > 0.8


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("seed", range(5))
def test_marks_of_a_turned_picture_are_its_marks_turned(turn: Turn, seed: int) -> None:
    image = scene(seed)
    first, again = marks(opened(of(image)))[0], marks(opened(of(turn.applied(image))))[0]
    strong, all_ = distance(turned(first, turn), again)
    assert strong == 0
    assert all_ <= 3


def test_turns_are_the_eight_ways_and_half_of_them_mirror() -> None:
    assert len(set(TURNS)) == 8
    assert sum(turn.mirrors for turn in TURNS) == 4
    assert not Turn(False, True, True).mirrors  # upside down is turned, not mirrored


@given(MARKS, st.sampled_from(TURNS))
def test_turned_moves_bits_and_loses_none(mark: Mark, turn: Turn) -> None:
    again = turned(mark, turn)
    assert 0 <= again.bits < 2**BITS
    assert again.weak.bit_count() == mark.weak.bit_count()
    back = Turn(turn.swap, turn.down, turn.across) if turn.swap else turn
    assert turned(again, back) == mark


@given(MARKS)
def test_bands_cut_a_mark_in_three(mark: Mark) -> None:
    low, middle, high = bands(mark.bits)
    assert low | middle << 21 | high << 42 == mark.bits


@given(MARKS)
def test_keys_are_the_bands_and_each_with_one_weak_bit_flipped(mark: Mark) -> None:
    keys = list(Ask(mark, UPRIGHT).keys())
    assert keys[:3] == list(enumerate(bands(mark.bits)))
    assert len(set(keys)) == len(keys) == 3 + mark.weak.bit_count()
    weak = bands(mark.weak)
    for band, key in keys[3:]:
        apart = key ^ bands(mark.bits)[band]
        assert apart.bit_count() == 1
        assert apart & weak[band]


def test_asks_for_a_photo_take_three_hundred_keys_and_no_more() -> None:
    own = marks(opened(of(scene(2))))
    assert sum(len(list(ask.keys())) for ask in asks(own)) == 6 * 27 + 42 * 3


def test_likeness_of_a_picture_with_itself_is_1() -> None:
    glimpse = opened(of(scene(2)))[0]
    assert likeness(glimpse, glimpse) == pytest.approx(1)


def test_likeness_knows_the_same_thing_in_another_colour() -> None:
    image = product(4)
    red, green, blue = image.split()
    recoloured = Image.merge("RGB", (blue, red, green))
    one, other = opened(of(image))[0], opened(of(recoloured))[0]
    assert likeness(one, other) < LIKE


def test_framed_turns_what_a_mark_was_made_of() -> None:
    glimpses = opened(of(scene(2)))
    mirror = Turn(False, True, False)
    assert framed(glimpses, 1).shades.size == (36, 36)
    assert framed(glimpses, 1, mirror).blue == mirror.applied(framed(glimpses, 1).blue)
