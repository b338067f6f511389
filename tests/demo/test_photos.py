"""The demo's photos: invented, the same each time, and as different as what they show."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageOps

from backoffice.files.fingerprints import of
from backoffice.files.queries import Copy, matches
from disputes.demo.goods import GOODS
from disputes.demo.photos import Harm, listed, packed, received
from tests.files.remembering import a_picture

MUG = "Stoneware mug"


def opened(photo: bytes) -> Image.Image:
    return Image.open(BytesIO(photo)).convert("RGB")


def test_a_photo_is_the_same_for_the_same_seed_and_no_other() -> None:
    assert received(MUG, 1, Harm.CRACKED) == received(MUG, 1, Harm.CRACKED)
    photos = [listed(MUG, 1), received(MUG, 1), received(MUG, 1, Harm.CRACKED), packed(1)]
    photos += [packed(2), packed(3)]
    assert len(set(photos)) == 6


@pytest.mark.parametrize("category", GOODS)
def test_whatever_is_sold_can_be_photographed(category: str) -> None:
    photo = opened(listed(GOODS[category][0].title, 1))
    assert photo.size == (1080, 810)
    assert of(photo)


@pytest.mark.parametrize("harm", Harm)
def test_every_harm_shows(harm: Harm) -> None:
    photo = received(MUG, 1, harm, boxed=harm is Harm.CRUSHED)
    assert opened(photo).size == (1080, 810)
    assert len(photo) < 400_000


@pytest.mark.django_db
def test_a_recycled_photo_is_recognised_and_no_other() -> None:
    photos = [received(title, 1) for title in (MUG, "Running shoes", "Table lamp")]
    photos += [received(MUG, 2), listed(MUG, 1), listed("Field watch", 1), packed(1), packed(2)]
    files = [a_picture(opened(photo)) for photo in photos]
    assert matches([file.pk for file in files]) == []
    again = a_picture(ImageOps.mirror(opened(photos[0])))
    (match,) = matches([again.pk])
    assert (match.other, match.copy) == (files[0], Copy.MIRRORED)
