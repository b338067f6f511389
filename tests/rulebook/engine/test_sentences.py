import pytest

from backoffice.common.money import Money
from backoffice.rulebook.default import default_book
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Hit
from backoffice.rulebook.schemas import SCHEMAS
from tests.rulebook.engine.tables import document, row, schema


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({}, "In any case: 1%."),
        ({"colour": ["RED", "BLUE"]}, "When RED or BLUE: 1%."),
        ({"colour": ["RED", "BLUE", "GREEN"], "hurry": True},
         "When RED, BLUE or GREEN; in a hurry: 1%."),
        ({"land": ["BR", "other"]}, "When to BR or any other: 1%."),
        ({"late": "= 1 days"}, "When 1 day late: 1%."),
        ({"late": "> 2 days and <= 9 days"}, "When 3 to 9 days late: 1%."),
        ({"late": "<= -1 days"}, "When at most -1 day late: 1%."),
        ({"price": "< 5 USD"}, "When worth under 5.00 USD: 1%."),
        ({"price": "<= 5 USD"}, "When worth at most 5.00 USD: 1%."),
        ({"price": "> 5 USD"}, "When worth over 5.00 USD: 1%."),
        ({"price": ">= 5 USD and < 9.50 USD"}, "When worth 5.00 USD to 9.49 USD: 1%."),
    ],
)  # fmt: skip
def test_sentence_reads_a_row(when, said):
    book = Rulebook.load(document(row(**when), hit="COLLECT"), 1, {"toy": schema(hit=Hit.COLLECT)})
    assert book.sentences("toy") == [said]


def test_sentence_of_a_last_row_says_otherwise():
    book = Rulebook.load(document(row(hurry=True), row(2)), 1, {"toy": schema()})
    assert book.sentences("toy") == ["When in a hurry: 1%.", "Otherwise: 2%."]


def test_explain_reads_a_trace_and_its_json():
    facts = {
        "reason": "NOT_RECEIVED",
        "tracking": "NONE",
        "proof_of_shipment": False,
        "days_late": 14,
        "seller_answer": "SILENT",
    }
    trace = default_book().evaluate("ruling", facts).trace
    said = (
        "Row 4 of Ruling: not received, no tracking, no proof of shipment, 14 days late, the seller"
        " silent → full refund, borne by the seller, no return needed, decided by rule."
    )
    assert default_book().explain(trace) == default_book().explain(trace.to_json()) == said


def test_explain_shows_both_currencies_and_what_is_moot():
    facts = {"category": "", "value": Money(60000, "EUR"), "destination": "BR"}
    trace = default_book().evaluate("delivery_window", facts).trace
    assert default_book().explain(trace) == (
        "Row 5 of Delivery window: category nothing given, worth 600.00 EUR (648.00 USD), sent to"
        " BR → delivery within 150 days, a late first scan changes nothing, no signature wanted."
    )


def test_explain_leaves_out_what_is_moot():
    facts = {
        "reason": "NOT_RECEIVED",
        "tracking": "DELIVERED",
        "proof_of_shipment": True,
        "days_late": -3,
        "seller_answer": "DENIED",
    }
    said = default_book().explain(default_book().evaluate("ruling", facts).trace)
    assert said.endswith("not late, the seller denying → no refund, decided by staff.")


def test_explain_reads_several_rows_and_none():
    asked = {"reason": "NOT_RECEIVED", "party": "SELLER"}
    said = default_book().explain(default_book().evaluate("evidence_asked", asked).trace)
    assert said.startswith("Rows 1, 2, 3 of Evidence asked for: not received, asked of the seller")
    none = {"reason": "OTHER", "party": "BUYER"}
    toy = Rulebook.load(
        document(hit="COLLECT"), 1, {"toy": schema(SCHEMAS["claim_limit"].inputs, Hit.COLLECT)}
    )
    trace = toy.evaluate("toy", {"reason": none["reason"]}).trace
    assert toy.explain(trace) == "No row of Toy: not as described otherwise → nothing."


def test_sentences_are_translated_phrase_by_phrase():
    said = default_book().sentences("approval_limit", lambda phrase: f"<{phrase}>")
    assert said[1] == "<<Otherwise>: <decided by staff>.>"
