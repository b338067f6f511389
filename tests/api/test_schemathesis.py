"""Requests that schemathesis makes up from the OpenAPI document, good ones and bad ones.

Beside crashes it finds answers that are not as the document says: codes, types, shapes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from backoffice.accounts.enums import Scope
from backoffice.wsgi import application
from tests.disputes.api.paypal.places import escalated, lapsed, offered, shipped, waiting
from tests.factories import api_client

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)

# Half of what the profile asks for: an example here is a whole request, and a batch is large.
PROFILE = settings()
FEED = {"/api/v1/orders", "/api/v1/shipments", "/api/v1/tracking-events"}


@pytest.fixture
def key(db: None) -> Iterator[str]:
    """The key of a client that holds every scope."""
    # The application closes its connection after a request, and with it the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield api_client(*Scope)._credentials["HTTP_AUTHORIZATION"]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there(db: None) -> dict[str, list[str]]:
    """What there is to meet, by the name of its place in an address: cases in which some verb of

    each kind is possible.
    """
    ids = [place().public_id for place in (waiting, offered, shipped, escalated, lapsed)]
    return {"dispute_id": ids, "subject_id": ids}


@schema.parametrize()
@settings(max_examples=PROFILE.max_examples // 2, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_is_as_documented(
    case: Case, key: str, there: dict[str, list[str]]
) -> None:
    # Made-up ids lead nowhere: most calls go to something that is there, each to another.
    for name, ids in there.items():
        made_up = str((case.path_parameters or {}).get(name, ""))
        if made_up and (place := sum(map(ord, made_up)) % (len(ids) + 1)) < len(ids):
            case.path_parameters[name] = ids[place]
    # No shape can tell that USD has two digits, or which page tokens there are: well-formed
    # requests may be refused with a 400. And a batch answers 200, refusing its items one by one.
    unfit = [positive_data_acceptance]
    if case.path in FEED:
        unfit.append(negative_data_rejection)
    case.call_and_validate(headers={"Authorization": key}, excluded_checks=unfit)
