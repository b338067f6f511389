"""The guarantee of a new order: the rulebook in force at its purchase, asked once and pinned."""

from __future__ import annotations

from typing import NamedTuple

from backoffice.common.money import Money
from backoffice.orders.service.feed.items import OrderItem
from backoffice.rulebook.engine.book import Rulebook

TABLE = "delivery_window"


class Window(NamedTuple):
    """What the rulebook grants an order."""

    rulebook_number: int
    max_days: int
    late_scan_restarts: bool
    signature_wanted: bool


def window(book: Rulebook, item: OrderItem, value: Money) -> Window:
    """The longest window among the categories of the order's lines: the buyer gets the best one.

    `value` is the whole order's. A signature is wanted if any category wants one. Raises Invalid
    (currency_without_rate) when the rulebook cannot compare the order's currency.
    """
    answers = [
        book.evaluate(
            TABLE, {"category": category, "value": value, "destination": item.destination}
        )
        for category in sorted({line.category for line in item.lines})
    ]
    longest = max(answers, key=lambda answer: answer.number("max_days"))
    return Window(
        book.version,
        longest.number("max_days"),
        longest.flag("late_scan_restarts"),
        any(answer.flag("signature_wanted") for answer in answers),
    )
