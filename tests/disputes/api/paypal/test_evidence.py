"""provide-evidence, appeal, provide-supporting-info, and staff simulated."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from pytest_django import Settings

from backoffice.accounts.enums import Role, Scope
from tests.accounts.factories import make_staff
from tests.disputes.api.paypal.calls import SEE, a_png, form, post, rels, shown
from tests.disputes.api.paypal.places import asked, escalated, lapsed
from tests.disputes.api.paypal.spec import BUYER, READ, SELLER, SIMULATE, Spec, client, url

pytestmark = pytest.mark.django_db


def test_provide_evidence_takes_several_pieces_and_files(spec: Spec) -> None:
    case = asked("SELLER")
    parcels = [
        {"carrier_name": "UPS", "tracking_number": "1Z5R89390357567127"},
        {"carrier_name": "OTHER", "carrier_name_other": "SF", "tracking_number": "SF1"},
    ]
    evidences = [
        {
            "evidence_type": "PROOF_OF_FULFILLMENT",
            "evidence_info": {"tracking_info": parcels},
            "documents": [{"name": "slip.png"}],
        },
        {"evidence_type": "PROOF_OF_REFUND", "evidence_info": {"refund_ids": ["R1", "R2"]}},
    ]
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    answer = form(
        case,
        "provide-evidence",
        SELLER,
        input=json.dumps({"evidences": evidences}),
        **{"evidence-file": slip},
    )
    spec.check(answer)
    told = [
        (e["evidence_type"], e.get("notes"), "documents" in e)
        for e in shown(spec, case, SELLER)["evidences"]
        if e["source"] == "SUBMITTED_BY_SELLER"
    ]
    assert told == [
        ("PROOF_OF_FULFILLMENT", None, True),
        ("PROOF_OF_FULFILLMENT", None, False),
        ("PROOF_OF_REFUND", "Refunds: R1, R2", False),
    ]
    case.refresh_from_db()
    assert case.state == "UNDER_REVIEW"


class SlowUpload(TemporaryFileUploadHandler):
    """A line so slow that a file takes a day."""

    clock: ClassVar[time_machine.Traveller]

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.clock.shift(timedelta(days=1))
        return super().file_complete(file_size)


def test_provide_evidence_is_in_time_if_the_call_came_in_time(settings: Settings) -> None:
    case = asked("SELLER")
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.SlowUpload"]
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    body = json.dumps(
        {"evidences": [{"evidence_type": "OTHER", "documents": [{"name": "slip.png"}]}]}
    )
    with time_machine.travel(case.due_at - timedelta(minutes=1)) as SlowUpload.clock:
        answer = form(case, "provide-evidence", SELLER, input=body, **{"evidence-file": slip})
    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.state == "UNDER_REVIEW"


def test_provide_evidence_names_the_piece_that_says_nothing(spec: Spec) -> None:
    evidences = [{"evidence_type": "OTHER", "notes": "See."}, {"evidence_type": "OTHER"}]
    response = post(asked("BUYER"), "provide-evidence", {"evidences": evidences}, BUYER)
    refused = spec.check(response)
    assert (response.status_code, refused["details"][0]["field"]) == (400, "/evidences/1/notes")


def test_a_file_that_is_refused_spoils_the_call(spec: Spec) -> None:
    case = asked("BUYER")
    evidences = {"evidences": [{"evidence_type": "OTHER", "notes": "See."}]}
    bad = SimpleUploadedFile("x.png", b"MZ\x90", "image/png")
    parts = {"input": json.dumps(evidences), "evidence-file": bad}
    refused = spec.check(form(case, "provide-evidence", BUYER, **parts))
    assert refused["details"][0]["field"] == "/evidence-file"
    assert refused["details"][0]["issue"] == "FILE_TYPE_NOT_ALLOWED"
    assert not case.evidence.filter(note="See.").exists()


def test_a_form_sent_again_is_known_by_its_parts(spec: Spec) -> None:
    case, caller = asked("BUYER"), client(BUYER)
    evidences = json.dumps({"evidences": [{"evidence_type": "OTHER"}]})
    for _ in range(2):
        parts = {"input": evidences, "evidence-file": SimpleUploadedFile("a.png", a_png())}
        answer = caller.post(
            url(case, "provide-evidence"),
            parts,
            format="multipart",
            headers={"PayPal-Request-Id": "k"},
        )
        assert answer.status_code == 200, answer.content
    assert answer["Idempotent-Replayed"] == "true"
    other = {"input": evidences, "evidence-file": SimpleUploadedFile("b.png", a_png())}
    headers = {"PayPal-Request-Id": "k"}
    answer = caller.post(url(case, "provide-evidence"), other, format="multipart", headers=headers)
    assert answer.status_code == 422
    assert spec.check(answer)["details"][0]["location"] == "header"


def test_appeal_brings_words_and_files(spec: Spec) -> None:
    case = lapsed()
    evidences = [
        {"evidence_type": "PROOF_OF_FULFILLMENT", "notes": "It was signed for."},
        {"evidence_type": "PROOF_OF_DELIVERY_SIGNATURE", "documents": [{"name": "slip.png"}]},
    ]
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    parts = {"input": json.dumps({"evidences": evidences}), "evidence-file": slip}
    spec.check(form(case, "appeal", SELLER, **parts))
    assert case.appeals.get().text == "It was signed for."
    seen = shown(spec, case, SELLER)
    assert (seen["status"], seen["dispute_life_cycle_stage"]) == ("UNDER_REVIEW", "ARBITRATION")
    (photo,) = given(seen)
    assert photo["documents"][0]["url"].startswith("http://testserver/files/")


def given(seen: Any) -> list[Any]:
    """What the sides gave with files."""
    return [
        one
        for one in seen.get("evidences", []) + seen.get("supporting_info", [])
        if "documents" in one
    ]


def test_provide_supporting_info_while_staff_decide(spec: Spec) -> None:
    case = escalated()
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    parts = {"input": json.dumps({"notes": "Look closer."}), "supporting document": slip}
    spec.check(form(case, "provide-supporting-info", BUYER, **parts))
    (info,) = shown(spec, case, BUYER)["supporting_info"]
    assert (info["notes"], info["source"]) == ("Look closer.", "SUBMITTED_BY_BUYER")
    assert [one["name"] for one in info["documents"]] == ["slip.png"]


def test_staff_are_simulated_only_where_one_is_named(spec: Spec, settings: Settings) -> None:
    case, body = escalated(), {"adjudication_outcome": "BUYER_FAVOR"}
    response = post(case, "adjudicate", body, READ, SIMULATE)
    assert spec.check(response)["details"][0]["issue"] == "SIMULATION_OFF"
    assert rels(shown(spec, case, SIMULATE)) == ["self"]
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.ADJUDICATOR).email
    assert rels(shown(spec, case, SIMULATE)) == ["self", "require-evidence", "adjudicate"]
    spec.check(post(case, "require-evidence", {"action": "BUYER_EVIDENCE"}, READ, SIMULATE))
    assert shown(spec, case)["status"] == "WAITING_FOR_BUYER_RESPONSE"
    spec.check(post(case, "provide-evidence", {"evidences": [SEE]}, BUYER))
    spec.check(post(case, "adjudicate", body, READ, SIMULATE))
    seen = shown(spec, case)
    types = [ruling["type"] for ruling in seen["adjudications"]]
    assert types == ["PAYOUT_TO_BUYER", "RECOVER_FROM_SELLER"]
    assert seen["dispute_outcome"]["outcome_code"] == "RESOLVED_BUYER_FAVOUR"


def test_no_other_scope_is_staffs(spec: Spec, settings: Settings) -> None:
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.SENIOR).email
    body = {"adjudication_outcome": "BUYER_FAVOR"}
    others = [scope for scope in Scope if scope != SIMULATE]
    response = post(escalated(), "adjudicate", body, *others)
    assert (response.status_code, spec.check(response)["name"]) == (403, "NOT_AUTHORIZED")


def test_files_of_a_refused_call_are_put_nowhere(spec: Spec) -> None:
    case, photo = escalated(), SimpleUploadedFile("cup.png", a_png(), "image/png")
    before = _kept()
    parts = {"input": json.dumps({"evidences": [SEE]}), "evidence-file": photo}
    response = form(case, "provide-evidence", BUYER, **parts)
    assert spec.check(response)["details"][0]["issue"] == "VERB_NOT_ALLOWED"
    assert _kept() == before


def _kept() -> list[str]:
    """Every folder of files in the storage."""
    if not default_storage.exists("files"):
        return []
    shelves = default_storage.listdir("files")[0]
    return sorted(
        f"{one}/{two}" for one in shelves for two in default_storage.listdir(f"files/{one}")[0]
    )
