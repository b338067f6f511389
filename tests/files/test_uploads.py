"""Announced files: what whoever holds the address might try."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from backoffice.common.actors import Actor, ActorKind
from backoffice.files.models import StoredFile, Upload
from backoffice.files.service import read_original, uploads
from backoffice.files.service.storing import TooManyFiles
from tests.files.photos import PDF, a_photo
from tests.files.test_storing import STAFF

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=20)
BUYER = Actor(ActorKind.BUYER, "buyer-1")

pytestmark = pytest.mark.django_db


def announced(content: bytes, now: datetime = NOW) -> Upload:
    """An upload whose bytes have come."""
    upload = uploads.announce("RD-1", "cup.jpg", len(content), BUYER, now)
    uploads.receive(upload, ContentFile(content))
    return upload


def completed(upload: Upload) -> object:
    return uploads.complete(upload, uploads.look_at(upload), BUYER, NOW)


def test_announce_counts_what_is_still_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.files.service.storing.MAX_FILES", 2)
    for _ in range(2):
        uploads.announce("RD-1", "cup.jpg", 9, BUYER, NOW)
    with pytest.raises(TooManyFiles):
        uploads.announce("RD-1", "cup.jpg", 9, BUYER, NOW)
    uploads.announce("RD-1", "cup.jpg", 9, BUYER, LATER)  # the first ones' time is over


def test_complete_keeps_no_more_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.files.service.storing.MAX_FILES", 1)
    first, second = announced(PDF), announced(PDF, LATER)
    completed(first)
    with pytest.raises(TooManyFiles):
        completed(second)
    assert StoredFile.objects.count() == 1


def test_complete_keeps_what_was_looked_at_though_it_was_swapped() -> None:
    upload = announced(a_photo())
    found = uploads.look_at(upload)
    uploads.receive(upload, ContentFile(b"MZ" + b"\0" * (upload.size - 2)))
    stored = uploads.complete(upload, found, BUYER, NOW)
    assert isinstance(stored, StoredFile)
    assert read_original(stored.public_id, STAFF, "to compare", NOW) == a_photo()


def test_complete_twice_at_once_keeps_one() -> None:
    upload = announced(PDF)
    found, again = uploads.look_at(upload), uploads.look_at(upload)
    first, second = (uploads.complete(upload, each, BUYER, NOW) for each in (found, again))
    assert first == second
    assert StoredFile.objects.count() == 1


class Rivalled(ContentFile):
    """Bytes that are put while others of the same upload are."""

    rival = ""

    @property
    def chunks(self) -> Any:
        if not default_storage.exists(self.rival):
            default_storage.save(self.rival, ContentFile(b"rival"))
        return super().chunks


def test_receive_twice_at_once_leaves_no_bytes_behind() -> None:
    upload = uploads.announce("RD-1", "cup.jpg", 5, BUYER, NOW)
    late = Rivalled(b"later")
    late.rival = upload.key
    uploads.receive(upload, late)
    there = [name for name in default_storage.listdir("incoming")[1] if upload.public_id in name]
    assert there == [upload.public_id]


def test_clear_away_takes_what_was_completed_too() -> None:
    kept, never = announced(PDF), announced(a_photo())
    completed(kept)
    assert uploads.clear_away(NOW + timedelta(hours=2)) == 2
    assert not any(default_storage.exists(upload.key) for upload in (kept, never))
    assert StoredFile.objects.count() == 1
