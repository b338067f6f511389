"""What is in a bundle, and what must not be in a party's."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.admin import site
from django.utils import timezone

from backoffice.audit.admin.events import EventAdmin
from backoffice.audit.models import Event
from backoffice.common.errors import Forbidden
from backoffice.files.models import StoredFile
from disputes.bundle.reading import Reading
from disputes.bundle.typesetting import settable
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.answers import deny
from tests.disputes.bundle.making import (
    BUYER,
    PARTIES,
    SELLER,
    a_long_case,
    bundle,
    unpacked,
    verified,
)
from tests.factories import a_case, an_order, seller_of

pytestmark = pytest.mark.django_db
NOTE = "The seller has done this before."


@pytest.fixture
def case(db: None) -> Case:
    return a_long_case()


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


def everything(content: bytes, folder: Path) -> str:
    """Every text of a bundle, the PDFs' too where they can be read here."""
    unpacked(content, folder)
    texts = [p.read_text() for p in folder.rglob("*.json*")]
    if shutil.which("pdftotext"):
        texts += [pdf_text(p) for p in folder.glob("*.pdf")]
    return "\n".join(texts)


def pdf_text(path: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def test_staffs_bundle_has_notes_names_and_the_whole_chain(case: Case, tmp_path: Path) -> None:
    said = everything(bundle(case), tmp_path)
    assert NOTE in said
    assert "withheld" not in (tmp_path / "chains" / "case.jsonl").read_text()


@pytest.mark.parametrize("reading", [PARTIES, BUYER, SELLER], ids=lambda r: r.label)
def test_partys_bundle_has_no_note_and_no_name_of_staff(
    case: Case, reading: Reading, tmp_path: Path
) -> None:
    said = everything(bundle(case, reading), tmp_path)
    digest = hashlib.sha256(NOTE.encode()).hexdigest()
    for secret in (NOTE, digest, "case.note_added", "Adjudicator", "adjudicator@example.org"):
        assert secret not in said
    assert "Please stay friendly." in said


def test_withheld_events_are_told_by_their_hash_alone(case: Case) -> None:
    lines = opened(bundle(case, PARTIES)).read("chains/case.jsonl").splitlines()
    events = [json.loads(line) for line in lines]
    whole = {e.seq: e for e in Event.objects.filter(subject_kind="case")}
    hidden = [e for e in events if "withheld" in e]
    assert {whole[e["seq"]].action for e in hidden} == {"case.note_added", "case.message_sent"}
    assert {tuple(sorted(e)) for e in hidden} == {("hash", "previous_hash", "seq", "withheld")}
    assert [e["hash"] for e in events] == [whole[e["seq"]].hash for e in events]


def test_what_is_hidden_from_the_other_side_is_hidden_here(case: Case, tmp_path: Path) -> None:
    assert "202 555 0143" in everything(bundle(case, BUYER), tmp_path / "buyer")
    said = everything(bundle(case, SELLER), tmp_path / "seller")
    assert "202 555 0143" not in said
    # Nor the hash of the sentence, from which a number is soon guessed.
    assert hashlib.sha256(b"Call me: +1 202 555 0143.").hexdigest() not in said
    assert verified(tmp_path / "seller")[0] == 0


def test_originals_are_for_staff_who_say_why(case: Case) -> None:
    photo = StoredFile.objects.get()
    name = f"originals/{photo.public_id}.bin"
    assert name not in opened(bundle(case)).namelist()
    original = opened(bundle(case, reason="The court asks.")).read(name)
    assert hashlib.sha256(original).hexdigest() == photo.sha256
    read = Event.objects.get(action="file.original_read")
    assert read.data == {"reason": "The court asks."}
    with pytest.raises(Forbidden):
        bundle(case, PARTIES, reason="I am curious.")


def test_shown_photo_has_no_place_in_it(case: Case) -> None:
    content = opened(bundle(case, SELLER))
    photo = content.read(f"photos/{StoredFile.objects.get().public_id}.jpg")
    assert b"Exif" not in photo


def test_taking_it_is_noted_with_the_manifests_hash(case: Case, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(bundle(case, SELLER))
    event = Event.objects.get(action="bundle.made")
    assert (event.subject_kind, event.subject_id) == ("bundle", case.public_id)
    assert EventAdmin(Event, site).subject(event) == f"evidence bundle {case.public_id} #1"
    assert event.data["for"] == "SELLER"
    told = f"SHA-256 of manifest.json: {event.data['manifest_sha256']}"
    assert told in verified(tmp_path / "b.zip")[1]


def test_taking_it_does_not_move_the_case(case: Case) -> None:
    bundle(case)
    bundle(case)
    assert Case.objects.get().version == case.version
    assert Event.objects.filter(action="bundle.made").count() == 2


def test_case_file_speaks_chinese(case: Case, tmp_path: Path) -> None:
    folder = unpacked(bundle(case), tmp_path)
    pdf = folder / "case-file.zh-hans.pdf"
    assert b"NotoSansSC" in pdf.read_bytes()
    assert settable("杯子碎了。Ёлка\U0001f600") == "杯子碎了。Ёлка□"
    if shutil.which("pdftotext"):
        said = pdf_text(pdf)
        for text in ("杯子碎了。", "案卷", "卖家"):
            assert text in said


def test_case_file_tells_who_was_waited_for(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: install poppler-utils")
    filed_at = timezone.now() - timedelta(days=3)
    case = a_case(an_order(filed_at), filed_at)
    at = filed_at + timedelta(days=2)
    act(deny, case.public_id, seller_of(case), at, reason="OTHER", note="It left.")
    said = pdf_text(unpacked(bundle(case), tmp_path) / "case-file.en.pdf")
    waited = said[said.index("Who was waited for") :].replace("\xa0", " ").split()
    assert " ".join(waited[4:8]) == "Seller 3d0h Buyer 1d0h"
