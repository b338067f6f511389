"""Files are kept sealed, for good, and shown by signed address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from backoffice.audit.queries import chain
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden, Invalid, NotFound
from backoffice.common.triggers import Guard, run
from backoffice.files import queries
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries.sealed import broken_seals
from backoffice.files.service import FileRefused, prepare_all, read_original, store
from tests.files.photos import PDF, a_photo

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUYER = Actor(ActorKind.BUYER, "buyer-1")
STAFF = Actor(ActorKind.STAFF, "7", "Ann")

pytestmark = pytest.mark.django_db


def a_file(content: bytes | None = None, name: str = "cup.jpg") -> StoredFile:
    return store("RD-1", content or a_photo(), name, BUYER, NOW)


def body(client: Client, href: str) -> bytes:
    response = client.get(href)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_store_seals_the_original_in_the_files_chain() -> None:
    file = a_file()
    (event,) = chain("file", file.public_id)
    assert event.action == "file.stored"
    assert event.data == {
        "name": "cup.jpg",
        "subject": "RD-1",
        "format": "JPEG",
        "size": len(a_photo()),
        "sha256": file.sha256,
    }


def test_store_keeps_nothing_of_what_it_refuses() -> None:
    with pytest.raises(FileRefused):
        a_file(b"GIF89a")
    assert not StoredFile.objects.exists()


def test_a_stored_file_is_never_changed() -> None:
    file = a_file()
    for change in (lambda: StoredFile.objects.update(name="x"), file.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_of_subject_is_in_order() -> None:
    files = [a_file(), a_file()]
    assert list(queries.of_subject("RD-1")) == files
    assert list(queries.of_subject("RD-2")) == []


def test_by_public_ids_keeps_the_order_and_the_uploader() -> None:
    one, two = a_file(), a_file()
    ids = [two.public_id, one.public_id]
    assert queries.by_public_ids("RD-1", ids, BUYER) == [two, one]
    for subject, named, uploader in (
        ("RD-2", ids, BUYER),
        ("RD-1", ids, STAFF),
        ("RD-1", [*ids, ids[0]], BUYER),
        ("RD-1", ["nonsense"], None),
    ):
        with pytest.raises(Invalid):
            queries.by_public_ids(subject, named, uploader)


def test_read_original_tells_who_and_why() -> None:
    file = a_file()
    assert read_original(file.public_id, STAFF, " to see the seal ", NOW) == a_photo()
    event = chain("file", file.public_id).last()
    assert (event.action, event.data) == ("file.original_read", {"reason": "to see the seal"})


def test_read_original_is_for_staff_with_a_reason() -> None:
    file = a_file()
    with pytest.raises(Forbidden):
        read_original(file.public_id, BUYER, "because", NOW)
    with pytest.raises(Invalid, match="why"):
        read_original(file.public_id, STAFF, "  ", NOW)
    with pytest.raises(NotFound):
        read_original("F-NONE", STAFF, "because", NOW)


def test_an_address_opens_a_photo_made_by_us(client: Client) -> None:
    file = a_file()
    href = queries.address(file, Variant.SMALL, timezone.now()).href
    response = client.get(href)
    shown = b"".join(response.streaming_content)
    assert shown[:3] == b"\xff\xd8\xff"
    assert shown != a_photo()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="cup.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("private")


def test_a_document_is_saved_and_never_shown(client: Client) -> None:
    file = a_file(PDF, "帐单.exe.pdf")
    response = client.get(queries.address(file, Variant.DOCUMENT, timezone.now()).href)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "sandbox" in response["Content-Security-Policy"]


def test_an_address_ends_and_cannot_be_forged(client: Client) -> None:
    file = a_file()
    old = queries.address(file, Variant.VIEW, timezone.now() - timedelta(minutes=11))
    new = queries.address(file, Variant.VIEW, timezone.now())
    forged = new.href.replace(".V.", ".L.")
    for href in (old.href, forged, new.href[:-1], "/files/x", "/files/a.b.c.d"):
        assert client.get(href).status_code == 404
    assert body(client, new.href)


def test_an_address_stays_the_same_for_a_while() -> None:
    file = a_file()
    first, later = (queries.address(file, Variant.VIEW, NOW + timedelta(minutes=m)) for m in (1, 4))
    assert first == later
    assert timedelta(minutes=5) <= first.until - NOW <= timedelta(minutes=10)


def test_the_original_has_no_address() -> None:
    with pytest.raises(ValueError, match="no ORIGINAL"):
        queries.address(a_file(), Variant.ORIGINAL, NOW)


def test_the_front_server_may_send_the_bytes(client: Client, settings: object) -> None:
    settings.ACCEL_PREFIX = "/_media/"  # type: ignore[attr-defined]
    file = a_file()
    response = client.get(queries.address(file, Variant.LARGE, timezone.now()).href)
    assert response["X-Accel-Redirect"] == f"/_media/{file.folder}/large.jpg"
    assert response.content == b""


def test_a_row_that_was_tampered_with_is_found() -> None:
    file, other = a_file(), a_file(PDF)
    assert list(broken_seals()) == []
    run(connection, Guard("files_storedfile").drop_sql(connection.vendor))
    StoredFile.objects.filter(pk=other.pk).update(sha256="0" * 64)
    assert list(broken_seals()) == [other.public_id]
    assert file.public_id not in broken_seals()


def test_prepare_all_says_of_which_there_was_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.files.service.storing.CALL_SECONDS", -1)
    (name, refused), *_ = prepare_all([ContentFile(a_photo(), "cup.jpg")])
    assert (name, refused.code) == ("cup.jpg", "file_no_time")  # type: ignore[union-attr]
