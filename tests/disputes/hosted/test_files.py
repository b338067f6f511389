"""Uploads on the hosted page: ahead of the form with JavaScript, with it without."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from backoffice.common.actors import ActorKind
from backoffice.files.models import StoredFile
from disputes.models import Case, Evidence, EvidenceFile, MessageFile
from tests.disputes.hosted.test_page import link, text
from tests.factories import a_case
from tests.files.photos import PDF, a_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_case()


def part(content: bytes, name: str = "cup.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def show(case: Case, **fields: Any) -> Any:
    address = f"{link(case, ActorKind.SELLER)}/provide-evidence"
    body = {"version": case.version, "evidence_type": "OTHER", **fields}
    return Client().post(address, body, follow=True)


def test_files_sent_with_the_form_become_evidence(case: Case) -> None:
    response = show(case, attached=[part(a_photo()), part(PDF, "bill.pdf")])
    assert response.status_code == 200
    assert [x.file.format for x in EvidenceFile.objects.order_by("id")] == ["JPEG", "PDF"]
    assert "bill.pdf" in text(response)
    assert text(response).count("<img src=") == 1


def test_files_sent_ahead_become_evidence(case: Case) -> None:
    address = link(case, ActorKind.SELLER)
    sent = [part(a_photo()), part(b"MZ", "virus.jpg")]
    good, bad = Client().post(f"{address}/files", {"files": sent}).json()["files"]
    assert good["thumb"].startswith("/files/")
    assert bad["name"] == "virus.jpg"
    assert "whatever its name" in bad["refused"]
    show(case, brought=[good["id"]])
    assert EvidenceFile.objects.get().file.public_id == good["id"]


def test_a_refused_file_keeps_the_others_and_the_words(case: Case) -> None:
    response = show(case, attached=[part(a_photo()), part(b"MZ", "virus.jpg")], note="Look.")
    assert response.status_code == 400
    assert not Evidence.objects.exists()
    file = StoredFile.objects.get()
    assert f'name="brought" value="{file.public_id}" checked' in text(response)
    assert "virus.jpg: Send a photo" in text(response)
    assert "Look." in text(response)
    assert show(case, brought=[file.public_id]).status_code == 200
    assert EvidenceFile.objects.get().file == file


def test_evidence_still_says_something(case: Case) -> None:
    assert show(case).status_code == 400
    assert not Evidence.objects.exists()


def test_another_sides_file_is_not_ones_own(case: Case) -> None:
    buyers = Client().post(f"{link(case, ActorKind.BUYER)}/files", {"files": [part(a_photo())]})
    response = show(case, brought=[buyers.json()["files"][0]["id"]])
    assert (response.status_code, Evidence.objects.count()) == (400, 0)


def test_a_link_that_is_over_takes_no_file(case: Case) -> None:
    address = link(case, ActorKind.SELLER, days=1)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert Client().post(f"{address}/files", {"files": [part(a_photo())]}).status_code == 410
    assert Client().post("/c/nonsense/files", {"files": [part(a_photo())]}).status_code == 404


def test_a_message_may_be_a_photo(case: Case) -> None:
    address = f"{link(case, ActorKind.BUYER)}/send-message"
    body = {"version": case.version, "body": "", "attached": [part(a_photo())]}
    response = Client().post(address, body, follow=True)
    assert response.status_code == 200
    assert text(response).count("<img src=") == 1
    assert MessageFile.objects.get().message.author == "BUYER"
