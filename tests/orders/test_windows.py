"""The guarantee of a new order."""

from __future__ import annotations

from copy import deepcopy

from backoffice.common.money import Money
from backoffice.orders.service.feed.items import OrderItem
from backoffice.orders.service.feed.windows import Window, window
from backoffice.rulebook.default import default_document
from backoffice.rulebook.schemas import load
from tests.orders.telling import line, order


def test_window_is_the_longest_of_the_lines_categories() -> None:
    document = deepcopy(default_document())
    rows = next(t for t in document["tables"] if t["name"] == "delivery_window")["rows"]
    then = {"max_days": "75 days", "late_scan_restarts": True, "signature_wanted": False}
    when = {"category": "furniture", "destination": "US", "value": "< 500 USD"}
    rows.insert(0, {"when": when, "then": then, "note": "illustrative"})
    book = load(document, 7)
    lines = [line("1", category="toys"), line("2", category="Furniture")]
    item = OrderItem.model_validate(order(lines=lines))
    assert window(book, item, Money(2_500, "USD")) == Window(7, 75, True, False)
    assert window(book, item, Money(90_000, "USD")) == Window(7, 90, False, True)
