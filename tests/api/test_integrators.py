"""The story that docs/integrators.md tells with curl is true, call by call."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.outbox.models import Message
from tests.architecture.house import ROOT
from tests.factories import api_client
from tests.files.photos import a_photo

PAGE = (ROOT / "docs" / "integrators.md").read_text()
CALLS = re.findall(r"```sh\ncurl (.*?)```", PAGE, re.S)
SCOPES = (Scope.FEED_WRITE, Scope.DISPUTES_READ, Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER)


def curl(client: APIClient, call: str, dispute_id: str) -> Any:
    """The answer to what curl would send."""
    said = call.replace("$API", "/api/v1").replace("$ID", dispute_id)
    words = shlex.split(said.replace("\\\n", " "))
    told: dict[str, list[str]] = {"-X": ["GET"], "-H": [], "-d": [], "-F": []}
    while words:
        word = words.pop(0)
        if word in told:
            told[word].append(words.pop(0))
        else:
            address = word
    parts = dict(part.split("=", 1) for part in told["-F"])
    if parts:
        form = {n: _file(v) if v.startswith("@") else v for n, v in parts.items()}
        return client.post(address, form, format="multipart")
    assert "Authorization: Bearer $KEY" in told["-H"]
    headers = dict(line.split(": ", 1) for line in told["-H"] if "$KEY" not in line)
    body = "".join(told["-d"])
    kind = headers.pop("Content-Type", "")
    return client.generic(told["-X"][-1], address, body, kind, headers=headers)


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name.removeprefix("@"), a_photo(), "image/jpeg")


@pytest.mark.django_db
@time_machine.travel("2026-05-02T12:00:00Z", tick=False)
def test_the_first_claim_goes_as_it_is_told() -> None:
    client, dispute_id = api_client(*SCOPES), ""
    answers = []
    for call in CALLS:
        answer = curl(client, call, dispute_id)
        assert answer.status_code in (200, 201), (call, answer.content)
        assert b"rejected" not in answer.content, answer.content
        answers.append(json.loads(answer.content))
        dispute_id = dispute_id or answers[-1].get("dispute_id", "")
    last = answers[-1]
    assert (last["status"], last["outcome"]) == ("RESOLVED", "ACCEPTED")
    assert last["refunded_amount"] == {"currency_code": "USD", "value": "20.00"}
    assert Message.objects.filter(topic="payout.requested").count() == 1
