"""Asking which photos were used before, through the index of both databases."""

from __future__ import annotations

import random

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from PIL import Image, ImageOps

from backoffice.files.fingerprints.marks import BITS, UPRIGHT, Ask, Mark, bands
from backoffice.files.models import PhotoGlimpse, PhotoHash
from backoffice.files.queries import Copy, Match, matches
from backoffice.files.queries.banded import near_rows
from backoffice.files.service import remember_listing, store
from tests.files.photos import encoded
from tests.files.pictures import cropped, jpeg, scene
from tests.files.remembering import NOW, a_picture
from tests.files.test_storing import BUYER

pytestmark = pytest.mark.django_db
WHOLE = st.integers(0, 2**BITS - 1)


def told(match: Match) -> tuple[int, int | None, Copy]:
    return match.file.pk, match.other.pk if match.other else None, match.copy


def test_a_copy_is_told_from_both_sides() -> None:
    first, copy = a_picture(scene(1)), a_picture(jpeg(scene(1), 40))
    a_picture(scene(2))
    assert [told(m) for m in matches([copy.pk])] == [(copy.pk, first.pk, Copy.SAME)]
    assert [told(m) for m in matches([first.pk])] == [(first.pk, copy.pk, Copy.SAME)]


def test_the_same_bytes_are_an_exact_copy_even_of_a_plain_picture() -> None:
    white = Image.new("RGB", (50, 50), "white")
    first, copy = a_picture(white), a_picture(white)
    (match,) = matches([copy.pk])
    assert told(match) == (copy.pk, first.pk, Copy.EXACT)
    assert (match.distance, match.likeness) == (0, 1.0)


WAYS = {
    Copy.MIRRORED: [ImageOps.mirror, ImageOps.flip],
    Copy.TURNED: [
        lambda image: image.transpose(Image.Transpose.ROTATE_90),
        lambda image: image.transpose(Image.Transpose.ROTATE_180),
        lambda image: image.transpose(Image.Transpose.ROTATE_270),
    ],
    Copy.SAME: [cropped(0.05, 0.05, 0.05, 0.05)],
}


@pytest.mark.parametrize("copy", WAYS)
def test_a_match_says_how_it_is_a_copy(copy: Copy) -> None:
    first = a_picture(scene(7))
    for way in WAYS[copy]:
        again = a_picture(way(scene(7)), subject=first.subject, uploader=("SELLER", "s-1"))
        ours = [m for m in matches([again.pk]) if m.other == first]
        assert [m.copy for m in ours] == [copy]


def test_what_a_party_gave_twice_to_one_case_is_left_out() -> None:
    mine = ("BUYER", "b-7")
    first = a_picture(scene(1), "RD-7", mine)
    again = a_picture(jpeg(scene(1), 60), "RD-7", mine)
    same = a_picture(scene(1), "RD-7", mine)
    assert matches([first.pk, again.pk, same.pk]) == []


def test_what_both_parties_of_one_case_gave_is_told() -> None:
    mine = a_picture(scene(1), "RD-7", ("BUYER", "b-7"))
    theirs = a_picture(jpeg(scene(1), 60), "RD-7", ("SELLER", "s-7"))
    expected = [(mine.pk, theirs.pk, Copy.SAME), (theirs.pk, mine.pk, Copy.SAME)]
    assert [told(m) for m in matches([mine.pk, theirs.pk])] == expected


def test_what_a_party_gave_to_two_cases_is_told() -> None:
    mine = ("BUYER", "b-7")
    a_picture(scene(1), "RD-7", mine)
    again = a_picture(jpeg(scene(1), 60), "RD-8", mine)
    assert [m.copy for m in matches([again.pk])] == [Copy.SAME]


def test_a_listings_photo_is_told_by_its_address() -> None:
    address = "https://shop.example/cup.jpg"
    assert remember_listing(address, encoded(scene(1), "PNG"))
    copy = a_picture(ImageOps.mirror(scene(1)))
    (match,) = matches([copy.pk])
    assert (match.other, match.listing, match.copy) == (None, address, Copy.MIRRORED)


def test_a_listings_photo_is_remembered_as_it_is_now() -> None:
    address = "https://shop.example/cup.jpg"
    remember_listing(address, encoded(scene(1)))
    assert remember_listing(address, encoded(scene(2)))
    assert matches([a_picture(scene(1)).pk]) == []
    assert not remember_listing(address, encoded(Image.new("RGB", (50, 50))))
    assert not PhotoGlimpse.objects.filter(listing=address).exists()


def test_store_remembers_what_the_decoding_process_saw() -> None:
    first = store("RD-1", encoded(scene(1), quality=90), "a.jpg", BUYER, NOW)
    copy = store("RD-2", encoded(scene(1), "PNG"), "b.png", BUYER, NOW)
    assert [told(m) for m in matches([copy.pk])] == [(copy.pk, first.pk, Copy.SAME)]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: object) -> None:
    for seed in range(6):
        a_picture(scene(seed))
    files = [a_picture(jpeg(scene(seed), 40)) for seed in range(6)]
    for some in (files[:1], files):
        with django_assert_num_queries(6):  # type: ignore[operator]
            assert len(matches([file.pk for file in some])) == len(some)


def test_matches_of_nothing_is_nothing() -> None:
    assert matches([]) == []


def test_a_glimpse_is_of_a_file_or_of_a_listing() -> None:
    white = Image.new("RGB", (50, 50), "white")
    for wrong in (
        PhotoGlimpse(kept=b"x"),
        PhotoGlimpse(file=a_picture(white), listing="y", kept=b"x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


class BandedIndex(TestCase):
    """What the index promises, for any marks at all."""

    @given(st.lists(WHOLE, min_size=1, max_size=40), WHOLE, st.randoms(use_true_random=False))
    def test_every_mark_in_reach_is_found(
        self, others: list[int], weak: int, r: random.Random
    ) -> None:
        """In reach: some band differs in no bit, or in one that is weak in what is asked for."""
        photo = PhotoGlimpse.objects.create(listing="https://shop.example", kept=b"x")
        near = [other ^ _some_bits(r) for other in others]
        rows = dict(enumerate(others + near))
        PhotoHash.objects.bulk_create(_row(photo, frame, bits) for frame, bits in rows.items())
        asked = Mark(0, others[0], weak)
        found = {mark.frame for _, _, mark in near_rows(Ask(asked, UPRIGHT).keys())}
        assert found == {frame for frame, bits in rows.items() if _in_reach(asked, bits)}


def _some_bits(r: random.Random) -> int:
    return sum(1 << bit for bit in r.sample(range(BITS), r.randint(0, 6)))


def _in_reach(asked: Mark, bits: int) -> bool:
    apart = bands(asked.bits ^ bits)
    weak = bands(asked.weak)
    return any(a == 0 or (a.bit_count() == 1 and a & w) for a, w in zip(apart, weak, strict=True))


def _row(photo: PhotoGlimpse, frame: int, bits: int) -> PhotoHash:
    low, middle, high = bands(bits)
    return PhotoHash(
        photo=photo, frame=frame, bits=bits, weak=0, band0=low, band1=middle, band2=high
    )
