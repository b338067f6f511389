"""How well it works: copies found, by each thing done to them, and strangers taken for copies.

The figures of docs/decisions/0013-photo-fingerprints.md, through the tables: photos are stored,
copies are made of them and stored, and `matches` is asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from backoffice.files.fingerprints import of
from backoffice.files.models import StoredFile
from backoffice.files.queries import matches
from tests.files.pictures import (
    CHANGES,
    PATTERN,
    TOGETHER,
    TWINS,
    Change,
    product,
    real,
    scene,
    tiles,
)
from tests.files.remembering import a_picture

pytestmark = pytest.mark.django_db

FOUND = 0.95
FALSE = 1 / 10_000


def drawn(each: int) -> list[Image.Image]:
    pictures = [scene(seed) for seed in range(each)] + [product(seed) for seed in range(each)]
    return [picture for picture in pictures if of(picture)]


def found(originals: list[Image.Image], change: Change) -> float:
    """The share of originals that a changed copy leads to, among all of them."""
    kept = [a_picture(original) for original in originals]
    copies = [a_picture(change(original)) for original in originals]
    led = {(m.file.pk, m.other.pk) for m in matches([c.pk for c in copies]) if m.other}
    pairs = zip(copies, kept, strict=True)
    return sum((copy.pk, original.pk) in led for copy, original in pairs) / len(kept)


@pytest.fixture(scope="module")
def photos(data_dir: Path) -> dict[str, Image.Image]:
    return real(data_dir)


def test_of_the_real_photos_only_plain_pictures_have_none(photos: dict[str, Image.Image]) -> None:
    plain = [name for name, photo in photos.items() if not of(photo)]
    large = [name for name in plain if min(photos[name].size) > 128]
    assert large == ["metadata-extractor__avif__32Bit-72dpi-sRGB-800x600.avif"]  # all orange
    assert len(photos) - len(plain) == 26


@pytest.mark.parametrize("name", CHANGES)
def test_real_photos_are_found(name: str, photos: dict[str, Image.Image]) -> None:
    originals = [photo for photo in photos.values() if of(photo)]
    assert found(originals, CHANGES[name]) >= FOUND


@pytest.mark.parametrize("name", CHANGES)
def test_drawn_pictures_are_found(name: str) -> None:
    assert found(drawn(10), CHANGES[name]) >= FOUND


@pytest.mark.parametrize("name", TOGETHER)
def test_several_changes_at_once_are_seen_through_mostly(
    name: str, photos: dict[str, Image.Image]
) -> None:
    originals = [photo for photo in photos.values() if of(photo)]
    assert found(originals, TOGETHER[name]) >= 0.9


def strangers_matched(pictures: list[Image.Image]) -> float:
    """The share of pairs of distinct pictures that are taken for copies."""
    kept: list[StoredFile] = [a_picture(picture) for picture in pictures if of(picture)]
    told = matches([file.pk for file in kept])
    taken = {frozenset((m.file.pk, m.other.pk)) for m in told if m.other}
    return len(taken) / (len(kept) * (len(kept) - 1) / 2)


def test_distinct_photos_are_not_taken_for_copies(photos: dict[str, Image.Image]) -> None:
    whole = [p for name, p in photos.items() if not name.endswith(TWINS) and name != PATTERN]
    assert strangers_matched(whole + drawn(60)) < FALSE


def test_parts_of_photos_are_not_taken_for_copies(photos: dict[str, Image.Image]) -> None:
    assert strangers_matched(tiles(photos) + drawn(60)) < FALSE


def test_distinct_drawn_pictures_are_not_taken_for_copies() -> None:
    assert strangers_matched(drawn(120)) < FALSE
