"""A client that openapi-python-client generates from PayPal's specification works unmodified.

The client's code is run as it was generated. The specification is not quite as it is: two schemas
have the same title, by which the generator names classes, so titles are left out; and where a body
may be JSON or a form, it is shown JSON alone, as its code for both at once does not run.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from pytest_django import Settings

from backoffice.accounts.enums import Role, Scope
from backoffice.wsgi import application
from tests.accounts.factories import make_staff
from tests.disputes.api.paypal.places import denied, escalated, lapsed, shipped, waiting
from tests.disputes.api.paypal.spec import BUYER, READ, SELLER, SIMULATE, Spec
from tests.factories import api_client

PACKAGE = "disputes_client"
JSON = "application/json"
CONFIG = "literal_enums: true\npost_hooks: []\n"
Call = Callable[..., Any]


@pytest.fixture(scope="module")
def generated(
    data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Any]]:
    """Imports a module of the generated client."""
    folder = tmp_path_factory.mktemp("generated")
    told = json.loads((data_dir / "paypal_customer_disputes_v1.json").read_text())
    for schema in told["components"]["schemas"].values():
        schema.pop("title", None)
    every = [operation for path in told["paths"].values() for operation in path.values()]
    for operation in every:
        content = operation.get("requestBody", {}).get("content", {})
        if JSON in content:
            operation["requestBody"]["content"] = {JSON: content[JSON]}
    (folder / "spec.json").write_text(json.dumps(told))
    (folder / "config.yml").write_text(CONFIG)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--overwrite"]
    places = ["--path", "spec.json", "--config", "config.yml", "--output-path", "out"]
    subprocess.run([*command, *places], cwd=folder, check=True, capture_output=True)
    sys.path.insert(0, str(folder / "out"))
    yield lambda name: importlib.import_module(f"{PACKAGE}.{name}")
    sys.path.remove(str(folder / "out"))


@pytest.fixture
def caller(generated: Call, db: None) -> Iterator[Call]:
    """`caller(*scopes)(operation, ...)`: the generated operation with a key of those scopes."""
    # The application closes its connection after a request, and with it the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)

    def with_scopes(*scopes: Scope) -> Call:
        client = generated("client").AuthenticatedClient(
            base_url="http://testserver",
            token=api_client(*scopes)._credentials["HTTP_AUTHORIZATION"].removeprefix("Bearer "),
            httpx_args={"transport": httpx.WSGITransport(app=application)},
        )

        def call(operation: str, *args: Any, **kwargs: Any) -> Any:
            room = "disputes" if operation in ("list", "get", "patch") else "disputes_actions"
            module = generated(f"api.{room}.disputes_{operation}")
            return module.sync_detailed(*args, client=client, **kwargs).parsed

        return call

    yield with_scopes
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def form(generated: Call, name: str, **sent: Any) -> Any:
    """A generated body of a form, with `input` beside what the specification names."""
    body = getattr(generated("models"), name)(**sent.pop("files", {}))
    if sent:
        body["input"] = json.dumps(sent)
    return body


def test_the_generator_leaves_no_operation_out(generated: Call, spec: Spec) -> None:
    rooms = {"GET": "disputes", "PATCH": "disputes", "POST": "disputes_actions"}
    for method, _ in spec.operations:
        operation_id = spec.operations[method, _]["operationId"]
        name = operation_id.replace(".", "_").replace("-", "_")
        module = generated(f"api.{rooms[method]}.{name}")
        # Every answer it documents is parsed into a model.
        assert "UnexpectedStatus" not in module._parse_response.__code__.co_names


def test_reading(generated: Call, caller: Call) -> None:
    case = waiting()
    page = caller(READ, SELLER)("list", page_size=5)
    (item,) = page.items
    assert (item.dispute_id, item.dispute_state) == (case.public_id, "REQUIRED_ACTION")
    dispute = caller(READ, SELLER)("get", case.public_id)
    assert isinstance(dispute, generated("models").Dispute)
    assert dispute.dispute_amount.value == "100.00"
    assert dispute.additional_properties == {}
    assert "make-offer" in [link.rel for link in dispute.links]


def test_a_refusal_is_parsed(generated: Call, caller: Call) -> None:
    error = caller(READ)("get", "RD-NOTHING")
    assert isinstance(error, generated("models").Error)
    assert (error.name, error.details[0].location) == ("RESOURCE_NOT_FOUND", "path")


def test_talking_and_settling(generated: Call, caller: Call) -> None:
    case, models = denied(), generated("models")
    buyer, seller = caller(READ, BUYER), caller(READ, SELLER)
    value = {"note": "Write here."}
    patch = models.Patch(op="add", path="/communication_details", value=value)
    assert seller("patch", case.public_id, body=[patch]) is None
    message = form(generated, "DisputesSendMessageBody", message="Hello")
    assert buyer("send_message", case.public_id, body=message).links[0].rel == "self"
    ten = models.Money(currency_code="USD", value="10.00")
    offer = models.MakeOffer(note="Ten?", offer_type="REFUND", offer_amount=ten)
    assert seller("make_offer", case.public_id, body=offer).links
    denial = models.DenyOffer(note="More.")
    assert buyer("deny_offer", case.public_id, body=denial).links
    assert seller("make_offer", case.public_id, body=offer).links
    assert buyer("accept_offer", case.public_id, body=models.AcceptOffer()).links
    dispute = buyer("get", case.public_id)
    assert [m.content for m in dispute.messages][-2:] == ["Hello", "More."]
    assert [h.event_type for h in dispute.offer.history] == [
        "PROPOSED",
        "DENIED",
        "PROPOSED",
        "ACCEPTED",
    ]
    assert dispute.dispute_outcome.amount_refunded.value == "10.00"


def test_deciding(generated: Call, caller: Call, settings: Settings, photo: bytes) -> None:
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.SENIOR).email
    case, models, file = denied(), generated("models"), generated("types").File
    buyer, staff = caller(READ, BUYER), caller(READ, SIMULATE)
    assert buyer("escalate", case.public_id, body=models.Escalate(note="Decide.")).links
    ask = models.RequireEvidence(action="BUYER_EVIDENCE")
    assert staff("require_evidence", case.public_id, body=ask).links
    files = {"evidence_file": file(BytesIO(photo), "cup.png", "image/png")}
    sent = {"evidences": [{"evidence_type": "PROOF_OF_DAMAGE", "notes": "See."}]}
    body = form(generated, "DisputesProvideEvidenceBody", files=files, **sent)
    assert buyer("provide_evidence", case.public_id, body=body).links
    info = form(generated, "DisputesProvideSupportingInfoBody", notes="And this.")
    assert buyer("provide_supporting_info", case.public_id, body=info).links
    ruling = models.Adjudicate(adjudication_outcome="SELLER_FAVOR")
    assert staff("adjudicate", case.public_id, body=ruling).links
    dispute = buyer("get", case.public_id)
    assert [a.type_ for a in dispute.adjudications] == ["DENY_BUYER"]
    assert dispute.supporting_info[0].notes == "And this."
    (given,) = [e for e in dispute.evidences if e.notes == "See."]
    assert given.documents[0].name == "cup.png"


def test_the_other_operations(generated: Call, caller: Call) -> None:
    seller, appealed = caller(READ, SELLER), lapsed()
    new = {"evidences": [{"evidence_type": "OTHER", "notes": "It was signed for."}]}
    body = form(generated, "DisputesAppealBody", **new)
    assert seller("appeal", appealed.public_id, body=body).links
    back = shipped()
    body = form(
        generated, "DisputesAcknowledgeReturnItemBody", acknowledgement_type="ITEM_RECEIVED"
    )
    assert seller("acknowledge_return_item", back.public_id, body=body).links
    case = escalated()
    assert seller("accept_claim", case.public_id, body=form(generated, "DisputesAcceptClaimBody"))
    assert seller("get", case.public_id).dispute_outcome.outcome_code == "ACCEPTED"
