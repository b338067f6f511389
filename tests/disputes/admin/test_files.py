"""Files on the desk: both sides' photos beside each other; originals tell who opened them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from backoffice.accounts.enums import Role
from backoffice.audit.queries import chain
from backoffice.files.models import StoredFile
from backoffice.files.service import store
from disputes.admin.pictures import facts
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.evidence import provide_evidence
from tests.disputes.admin.desk import staff_client, url
from tests.factories import a_case, an_order, seller_of
from tests.files.photos import PDF, a_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_case()


def given(case: Case, content: bytes, name: str) -> StoredFile:
    """A file that the seller gave as evidence."""
    now, seller = timezone.now(), seller_of(case)
    file = store(case.public_id, content, name, seller, now)
    act(provide_evidence, case.public_id, seller, now, evidence_type="OTHER", files=[file])
    return file


def original_of(case: Case, file: StoredFile) -> str:
    return reverse("admin:disputes_case_original", args=[case.public_id, file.public_id])


def test_photos_are_shown_with_what_the_camera_wrote(case: Case) -> None:
    file = given(case, a_photo(), "cup.jpg")
    page = staff_client().get(url(case)).content.decode()
    assert f'data-picture="{file.public_id}"' in page
    assert "Acme One" in page
    assert "place, as the camera says: United States" in page
    assert original_of(case, file) in page


def test_documents_are_saved_and_never_shown(case: Case) -> None:
    given(case, PDF, "bill.pdf")
    page = staff_client().get(url(case)).content.decode()
    assert "download>bill.pdf</a>" in page


def test_the_listings_photo_is_shown_from_known_hosts_only(settings: object) -> None:
    settings.PHOTO_HOSTS = ["cdn.example"]  # type: ignore[attr-defined]
    for host, there in (("cdn.example", True), ("elsewhere.example", False)):
        order = an_order()
        order.lines.update(photo_url=f"https://{host}/cup.jpg")
        page = staff_client().get(url(a_case(order))).content.decode()
        assert (f'src="https://{host}/cup.jpg"' in page) == there


def test_an_original_is_opened_with_a_reason_that_is_told(case: Case) -> None:
    file, client = given(case, a_photo(), "cup.jpg"), staff_client()
    asked = client.get(original_of(case, file))
    assert "Why do you need the original?" in asked.content.decode()
    assert client.post(original_of(case, file), {"reason": " "}).status_code == 200
    opened = client.post(original_of(case, file), {"reason": "The seal looks doctored."})
    assert opened.content == a_photo()
    assert opened["Content-Type"] == "application/octet-stream"
    assert opened["Content-Disposition"].startswith("attachment")
    event = chain("file", file.public_id).last()
    assert (event.action, event.actor["name"]) == ("file.original_read", "Adjudicator")
    assert event.data == {"reason": "The seal looks doctored."}


def test_an_original_is_found_in_its_own_case_only(case: Case) -> None:
    file = given(case, a_photo(), "cup.jpg")
    assert staff_client().get(original_of(a_case(), file)).status_code == 404
    assert Client().get(original_of(case, file)).status_code == 302  # to the login


def test_staff_upload_and_each_file_gets_its_answer(case: Case) -> None:
    sent = [SimpleUploadedFile("cup.jpg", a_photo()), SimpleUploadedFile("x.jpg", b"MZ")]
    good, bad = staff_client().post(url(case, "files"), {"files": sent}).json()["files"]
    file = StoredFile.objects.get(public_id=good["id"])
    assert (file.subject, file.uploader_kind) == (case.public_id, "STAFF")
    assert bad["refused"]


def test_who_may_not_write_may_not_upload(case: Case) -> None:
    sent = {"files": [SimpleUploadedFile("cup.jpg", a_photo())]}
    assert staff_client(Role.AUDITOR).post(url(case, "files"), sent).status_code == 403


def test_a_country_is_named_in_the_readers_language() -> None:
    file = StoredFile(width=4, height=3, facts={"gps": True, "countries": ["BE", "FR"]})
    with override("zh-hans"):
        told = facts(file)[1]
    assert ("比利时" in told, "法国" in told, "Belgium" in told) == (True, True, False)
    assert facts(file) == ("4 × 3", "place, as the camera says: Belgium or France")
    assert facts(StoredFile(width=4, height=3, facts={"gps": True}))[1].startswith("tells where")
