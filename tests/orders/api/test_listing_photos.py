"""What listings show, told over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from backoffice.accounts.enums import Scope
from backoffice.files.models import PhotoGlimpse, StoredFile
from backoffice.files.queries import matches
from tests.factories import api_client
from tests.files.photos import PDF, encoded, png_claiming
from tests.files.pictures import scene
from tests.files.remembering import a_picture

pytestmark = pytest.mark.django_db
ADDRESS = "https://shop.example/cup.jpg"


def tell(*photos: bytes, seller: str = "", **form: Any) -> Any:
    client = api_client(Scope.FEED_WRITE, seller_ref=seller)
    sent = [SimpleUploadedFile("cup.exe", photo) for photo in photos]
    return client.post(
        "/api/v1/listing-photos", {"photo_url": ADDRESS, "photo": sent, **form}, format="multipart"
    )


def test_a_listings_photo_is_recognised_in_a_case() -> None:
    answer = tell(encoded(scene(1)))
    assert (answer.status_code, answer.data["recognisable"]) == (200, True)
    (match,) = matches([a_picture(ImageOps.mirror(scene(1))).pk])
    assert (match.listing, match.other) == (ADDRESS, None)
    assert not StoredFile.objects.exclude(pk=match.file.pk).exists()


def test_a_listings_photo_told_anew_takes_the_first_ones_place() -> None:
    for seed in (1, 2):
        tell(encoded(scene(seed)))
    assert matches([a_picture(scene(1)).pk]) == []
    assert [m.listing for m in matches([a_picture(scene(2)).pk])] == [ADDRESS]
    assert tell(encoded(Image.new("RGB", (50, 50)))).data["recognisable"] is False
    assert not PhotoGlimpse.objects.filter(listing=ADDRESS).exists()


@pytest.mark.parametrize(
    ("photos", "form", "code", "field"),
    [
        ([], {}, "file_required", "photo"),
        ([PDF, PDF], {}, "file_required", "photo"),
        ([PDF], {}, "file_type_not_allowed", "photo"),
        ([b"GIF89a"], {}, "file_type_not_allowed", "photo"),
        ([b""], {}, "file_empty", "photo"),
        ([b"x" * (10 * 2**20 + 1)], {}, "file_too_large", "photo"),
        ([png_claiming(60_000, 60_000)], {}, "file_too_many_pixels", "photo"),
        ([PDF], {"photo_url": "javascript:alert(1)"}, "invalid", "photo_url"),
        ([PDF], {"photo_url": "https://x.example/" + "y" * 500}, "invalid", "photo_url"),
        ([PDF], {"colour": "red"}, "invalid", "colour"),
    ],
)
def test_what_is_wrong_is_named(
    photos: list[bytes], form: dict[str, str], code: str, field: str
) -> None:
    answer = tell(*photos, **form)
    assert (answer.status_code, answer.data["code"]) == (400, code)
    assert [error["field"] for error in answer.data["errors"]] == [field]
    assert not PhotoGlimpse.objects.exists()


def test_a_sellers_client_tells_nothing() -> None:
    assert tell(encoded(scene(1)), seller="seller-1").status_code == 403
