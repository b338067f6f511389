import pytest
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.common.actors import SYSTEM
from backoffice.rulebook import service
from backoffice.rulebook.api.views import QUESTION
from backoffice.rulebook.default import default_book
from tests.accounts.factories import make_client
from tests.rulebook.versions import NOW, a_version, changed

pytestmark = pytest.mark.django_db
LOST = {
    "reason": "NOT_RECEIVED",
    "tracking": "NONE",
    "proof_of_shipment": False,
    "days_late": 14,
    "seller_answer": "SILENT",
}
ORDER = {
    "category": "toys",
    "value": {"currency_code": "EUR", "value": "600.00"},
    "destination": "BR",
}


@pytest.fixture
def api():
    _, header = make_client(Scope.RULEBOOK_READ)
    return APIClient(headers={"Authorization": header})


def ask(api, table, inputs, number=1):
    return api.post(f"/api/v1/rulebooks/{number}/evaluate", {"table": table, "inputs": inputs})


def test_list_shows_published_versions_newest_first(api):
    a_version()
    service.draft(changed("Draft"), SYSTEM, NOW)
    answer = api.get("/api/v1/rulebooks").json()
    assert [(v["number"], v["name"]) for v in answer["items"]] == [
        (2, "Changed"),
        (1, "Default rulebook"),
    ]
    assert answer["items"][0]["effective_from"] == "2027-01-01T00:00:00Z"


def test_detail_shows_tables_rows_and_sentences(api):
    answer = api.get("/api/v1/rulebooks/1").json()
    assert [t["name"] for t in answer["tables"]] == list(default_book().tables)
    limit = next(t for t in answer["tables"] if t["name"] == "claim_limit")
    assert limit["rows"][0] == {
        "number": 1,
        "when": {"reason": "COUNTERFEIT"},
        "then": {"max_percent": 200},
        "sentence": "When counterfeit: at most 200% of the price.",
        "note": "Counterfeit: up to twice the price [S]",
    }
    assert (answer["reference_currency"], answer["rates"]["EUR"]) == ("USD", "1.08")


@pytest.mark.parametrize("number", [2, 99, 10**30])
def test_drafts_and_unknown_numbers_are_not_found(api, number):
    service.draft(changed("Draft"), SYSTEM, NOW)
    answers = [api.get(f"/api/v1/rulebooks/{number}"), ask(api, "ruling", LOST, number)]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(404, "not_found")] * 2


def test_evaluate_answers_with_outputs_trace_and_sentence(api):
    answer = ask(api, "delivery_window", ORDER).json()
    assert answer["matches"] == [
        {"max_days": 150, "late_scan_restarts": False, "signature_wanted": False}
    ]
    assert answer["trace"] == {
        "version": 1,
        "table": "delivery_window",
        "rows": [5],
        "inputs": ORDER,
    }
    assert answer["sentence"].startswith(
        "Row 5 of Delivery window: category toys, worth 600.00 EUR"
    )


def test_evaluate_answers_the_documents_own_example(api):
    assert ask(api, **QUESTION).json()["matches"] == [{"max_percent": 200}]


@pytest.mark.parametrize(
    ("table", "inputs", "code", "field"),
    [
        ("ruling", LOST | {"reason": "BROKEN"}, "invalid", "inputs.reason"),
        ("ruling", LOST | {"reason": None}, "invalid", "inputs.reason"),
        ("ruling", LOST | {"reason": ["NOT_RECEIVED"]}, "invalid", "inputs.reason"),
        ("ruling", LOST | {"days_late": "14"}, "invalid", "inputs.days_late"),
        ("ruling", LOST | {"days_late": 1.5}, "invalid", "inputs.days_late"),
        ("ruling", LOST | {"mood": "bad"}, "invalid", "inputs.mood"),
        ("ruling", {}, "invalid", "inputs.reason"),
        ("delivery_window", ORDER | {"value": 5}, "invalid_amount", "inputs.value"),
        ("delivery_window", ORDER | {"destination": {}}, "invalid", "inputs.destination"),
        (
            "delivery_window",
            ORDER | {"value": {"currency_code": "XAF", "value": "1"}},
            "currency_without_rate",
            "inputs.value",
        ),
        (
            "delivery_window",
            ORDER | {"value": {"currency_code": "USD", "value": "-1.00"}},
            "invalid",
            "inputs.value",
        ),
        ("delivery_window", [], "not_a_dict", "inputs"),
        ("no_table", {}, "not_found", "table"),
        ("x" * 101, {}, "max_length", "table"),
    ],
)
def test_evaluate_names_the_input_at_fault(api, table, inputs, code, field):
    answer = ask(api, table, inputs)
    assert answer.status_code in (400, 404)
    assert [(e["issue"], e["field"]) for e in answer.json()["errors"]] == [(code, field)]


def test_another_scope_is_refused():
    _, header = make_client(Scope.LEDGER_READ)
    api = APIClient(headers={"Authorization": header})
    answers = [api.get("/api/v1/rulebooks"), api.get("/api/v1/rulebooks/1"), ask(api, "x", {})]
    assert [a.json()["code"] for a in answers] == ["missing_scope"] * 3
