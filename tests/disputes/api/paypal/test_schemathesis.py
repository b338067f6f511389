"""Requests that schemathesis makes up from PayPal's own specification, against our server.

Whatever is sent, good or bad: no 500, and no answer in a shape that the operation does not have.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from pytest_django import Settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backoffice.accounts.enums import Role, Scope
from backoffice.wsgi import application
from tests.accounts.factories import make_staff
from tests.conftest import ROOT
from tests.disputes.api.paypal.places import PLACES
from tests.disputes.api.paypal.spec import FILE
from tests.factories import api_client

SPEC = Path(os.environ.get("REDRESS_DATA") or ROOT.parent / "shared" / "data") / FILE
if not SPEC.is_file():
    pytest.skip(f"PayPal's specification is not there: {FILE}", allow_module_level=True)
schema = schemathesis.openapi.from_path(SPEC)
schema.app = application
# Half of what the profile asks for: an example here is a whole request.
PROFILE = settings()
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def key(db: None, settings: Settings) -> Iterator[str]:
    """The key of a client that may do everything, a simulation of staff too."""
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.SENIOR).email
    # The application closes its connection after a request, and with it the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield api_client(*Scope)._credentials["HTTP_AUTHORIZATION"]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def ids(db: None) -> list[str]:
    """A case in each place."""
    return [place().public_id for place in PLACES]


@schema.parametrize()
@settings(max_examples=PROFILE.max_examples // 2, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_has_paypals_shape(
    case: Case, key: str, ids: list[str]
) -> None:
    # Made-up ids lead nowhere: most calls go to a case that is there, each time to another.
    made_up = str(case.path_parameters.get("id", ""))
    place = sum(map(ord, made_up)) % (len(ids) + 1)
    if made_up and place < len(ids):
        case.path_parameters["id"] = ids[place]
    case.call_and_validate(headers={"Authorization": key}, checks=CHECKS)
