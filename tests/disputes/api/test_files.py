"""Uploading through the API: several at once, or announced and put into the storage."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.audit.queries import chain
from backoffice.files.models import StoredFile, Upload
from disputes.models import Case, Evidence
from tests.factories import a_case, api_client
from tests.files.hostile import HOSTILE
from tests.files.photos import PDF, a_photo

PHOTO = a_photo()


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


@pytest.fixture
def seller(db: None) -> APIClient:
    return api_client(Scope.DISPUTES_READ, Scope.DISPUTES_SELLER)


def send(client: APIClient, case: Case, *files: tuple[str, bytes], **more: Any) -> Any:
    parts = [SimpleUploadedFile("x", content) for _, content in files]
    for part, (name, _) in zip(parts, files, strict=True):
        part._name = name  # as the wire has it, before Django shortens it
    at = f"/api/v1/disputes/{case.public_id}/files"
    headers = more.pop("headers", {})
    return client.post(at, {"files": parts, **more}, format="multipart", headers=headers)


def an_upload(client: APIClient, case: Case, **body: Any) -> Any:
    return client.post(f"/api/v1/disputes/{case.public_id}/uploads", body, format="json")


def completed(client: APIClient, case: Case, upload_id: str) -> Any:
    return client.post(f"/api/v1/disputes/{case.public_id}/uploads/{upload_id}/complete", {})


def test_each_file_gets_its_own_answer(seller: APIClient, case: Case) -> None:
    sent = [
        ("cup.jpg", PHOTO),
        ("virus.jpg", b"MZ\x90"),
        ("bill.pdf", PDF),
        ("half.jpg", PHOTO[:99]),
    ]
    answer = send(seller, case, *sent)
    assert answer.status_code == 200
    told = [
        (f["name"], f["stored"] and f["stored"]["format"], f["refused"] and f["refused"]["code"])
        for f in answer.data["files"]
    ]
    assert told == [
        ("cup.jpg", "JPEG", None),
        ("virus.jpg", None, "file_type_not_allowed"),
        ("bill.pdf", "PDF", None),
        ("half.jpg", None, "file_malformed"),
    ]
    assert StoredFile.objects.count() == 2


def test_a_stored_photo_can_be_fetched_for_a_while(
    seller: APIClient, case: Case, client: Client
) -> None:
    stored = send(seller, case, ("cup.jpg", PHOTO)).data["files"][0]["stored"]
    for size in ("view", "large", "small"):
        shown = b"".join(client.get(stored["addresses"][size]).streaming_content)
        assert shown[:3] == b"\xff\xd8\xff"
        assert b"Exif" not in shown


NAMES = {
    "path": "../../x.jpg",
    "turned round": "x\u202egpj.exe",
    "nul": "x\0.jpg",
    "long": "x" * 10_000,
    "two endings": "a.jpg.exe",
    "dots": "..",
    "marks": "\u202e",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_names_are_harmless(seller: APIClient, case: Case, name: str) -> None:
    (told,) = send(seller, case, (name, PHOTO)).data["files"]
    assert told["stored"]["name"].endswith(".jpg")
    assert len(told["stored"]["name"]) <= 100
    assert not {"/", "\0", "\u202e"} & set(told["stored"]["name"] + told["name"])


def test_a_call_without_a_file_or_with_unknown_parts_is_refused(
    seller: APIClient, case: Case
) -> None:
    assert send(seller, case).data["code"] == "file_required"
    assert send(seller, case, ("a.jpg", PHOTO), colour="red").data["errors"][0]["field"] == "colour"


def test_a_call_of_too_many_files_is_refused(seller: APIClient, case: Case) -> None:
    answer = send(seller, case, *[("a.jpg", b"x")] * 101)
    assert (answer.status_code, answer.data["code"]) == (400, "too_many_files")
    assert not StoredFile.objects.exists()


def test_a_call_too_large_is_refused_unread(seller: APIClient, case: Case) -> None:
    at = f"/api/v1/disputes/{case.public_id}/files"
    answer = seller.generic(
        "POST", at, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(60 * 2**20)
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=x", b"", 400),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense", 400),
        ("multipart/form-data; boundary=\xff", b"--x--", 400),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x--", 415),
    ],
)
def test_a_wrong_form_is_refused(
    seller: APIClient, case: Case, kind: str, body: bytes, status: int
) -> None:
    answer = seller.generic("POST", f"/api/v1/disputes/{case.public_id}/files", body, kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_one_large_file_does_not_spoil_the_others(seller: APIClient, case: Case) -> None:
    files = send(seller, case, ("big.jpg", PHOTO + b"\0" * 11 * 2**20), ("cup.jpg", PHOTO))
    assert [bool(f["stored"]) for f in files.data["files"]] == [False, True]


def test_another_sellers_case_is_not_found(case: Case) -> None:
    other = api_client(Scope.DISPUTES_SELLER, seller_ref="seller-2")
    assert send(other, case, ("cup.jpg", PHOTO)).status_code == 404


def test_the_same_call_is_answered_once(seller: APIClient, case: Case) -> None:
    key = {"Idempotency-Key": "once"}
    first = send(seller, case, ("cup.jpg", PHOTO), headers=key)
    again = send(seller, case, ("cup.jpg", PHOTO), headers=key)
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert StoredFile.objects.count() == 1
    assert send(seller, case, ("cup.jpg", PHOTO + b"x"), headers=key).status_code == 422


def test_an_announced_file_is_put_and_completed(
    seller: APIClient, case: Case, client: Client
) -> None:
    upload = an_upload(seller, case, name="../cup.jpg", size=len(PHOTO)).data
    assert completed(seller, case, upload["id"]).data["code"] == "nothing_arrived"
    assert client.put(upload["href"], PHOTO + b"x", "image/jpeg").status_code == 400
    assert client.put(upload["href"], PHOTO, "image/jpeg").status_code == 204
    first, again = (completed(seller, case, upload["id"]).data["files"] for _ in range(2))
    assert first[0]["stored"]["id"] == again[0]["stored"]["id"]
    assert client.put(upload["href"], PHOTO, "image/jpeg").status_code == 404


def test_an_announced_file_that_is_no_photo_is_refused_for_good(
    seller: APIClient, case: Case, client: Client
) -> None:
    upload = an_upload(seller, case, name="cup.jpg", size=3).data
    client.put(upload["href"], b"MZ\x90", "image/jpeg")
    for _ in range(2):
        (told,) = completed(seller, case, upload["id"]).data["files"]
        assert (told["stored"], told["refused"]["code"]) == (None, "file_type_not_allowed")


@pytest.mark.parametrize("size", [0, -1, 11 * 2**20, "many"])
def test_what_cannot_come_is_not_announced(seller: APIClient, case: Case, size: object) -> None:
    assert an_upload(seller, case, name="cup.jpg", size=size).status_code == 400
    assert not Upload.objects.exists()


def test_evidence_may_be_a_file(seller: APIClient, case: Case) -> None:
    stored = send(seller, case, ("cup.jpg", PHOTO)).data["files"][0]["stored"]
    body = {"evidence_type": "OTHER", "files": [stored["id"]]}
    answer = seller.post(f"/api/v1/disputes/{case.public_id}/provide-evidence", body, format="json")
    assert answer.status_code == 200
    (piece,) = answer.data["evidence"]
    assert [f["id"] for f in piece["files"]] == [stored["id"]]
    event = chain("case", case.public_id).get(action="case.evidence_provided")
    assert event.data["files"] == [{"file": stored["id"], "sha256": stored["sha256"]}]


def test_evidence_names_only_ones_own_files(seller: APIClient, case: Case) -> None:
    buyer = api_client(Scope.DISPUTES_BUYER)
    stored = send(buyer, case, ("cup.jpg", PHOTO)).data["files"][0]["stored"]
    body = {"evidence_type": "OTHER", "files": [stored["id"]]}
    answer = seller.post(f"/api/v1/disputes/{case.public_id}/provide-evidence", body, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "unknown_file")
    assert answer.data["errors"][0]["field"] == "files[0]"
    assert not Evidence.objects.exists()


def test_a_message_may_be_a_file(seller: APIClient, case: Case) -> None:
    stored = send(seller, case, ("cup.jpg", PHOTO)).data["files"][0]["stored"]
    at = f"/api/v1/disputes/{case.public_id}/send-message"
    answer = seller.post(at, {"files": [stored["id"]]}, format="json")
    assert answer.status_code == 200
    (message,) = answer.data["messages"]
    assert (message["content"], [f["id"] for f in message["files"]]) == ("", [stored["id"]])
    event = chain("case", case.public_id).get(action="case.message_sent")
    assert event.data["files"] == [{"file": stored["id"], "sha256": stored["sha256"]}]


def test_a_message_of_neither_words_nor_files_is_refused(seller: APIClient, case: Case) -> None:
    at = f"/api/v1/disputes/{case.public_id}/send-message"
    answer = seller.post(at, {"files": []}, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "text_required")
    assert answer.data["errors"][0]["field"] == "message"


def test_a_message_names_only_ones_own_files(seller: APIClient, case: Case) -> None:
    buyer = api_client(Scope.DISPUTES_BUYER)
    stored = send(buyer, case, ("cup.jpg", PHOTO)).data["files"][0]["stored"]
    at = f"/api/v1/disputes/{case.public_id}/send-message"
    answer = seller.post(at, {"message": "Mine.", "files": [stored["id"]]}, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "unknown_file")


def test_all_hostile_files_in_one_call_get_their_answers(seller: APIClient, case: Case) -> None:
    sent = [(f"{name}\u202egpj.exe", make()) for name, (make, _) in HOSTILE.items()]
    answer = send(seller, case, *sent)
    assert answer.status_code == 200
    files = answer.data["files"]
    told = [f["stored"]["format"] if f["stored"] else f["refused"]["code"] for f in files]
    assert told == [expected for _, expected in HOSTILE.values()]


def test_all_real_files_in_one_call_get_the_manifests_verdict(
    seller: APIClient, case: Case, data_dir: Path
) -> None:
    with (data_dir / "photos" / "manifest.csv").open() as manifest:
        rows = list(csv.DictReader(manifest))
    sent = [(row["file"], (data_dir / "photos" / row["file"]).read_bytes()) for row in rows]
    answer = send(seller, case, *sent)
    assert answer.status_code == 200
    stored = [bool(file["stored"]) for file in answer.data["files"]]
    assert stored == [row["expect"].startswith("accept") for row in rows]
