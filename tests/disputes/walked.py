"""What a walk has come to: every table it writes, read in plain statements.

A hundred thousand steps are looked at, so the statements are written out: Django would spend far
longer putting them together than the database needs to answer.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from backoffice.common.money import Money

Row = dict[str, Any]
OF_CASES = "JOIN disputes_case c ON c.id = t.case_id WHERE c.order_id = %s"
STATEMENTS = {
    "cases": "SELECT * FROM disputes_case WHERE order_id = %s ORDER BY id",
    "lines": "SELECT id, price_minor + freight_minor AS value FROM orders_orderline"
    " WHERE order_id = %s",
    "claimed": f"SELECT t.line_id, c.public_id, c.due_at, c.reason, c.sub_reason"
    f" FROM disputes_caseline t {OF_CASES}",
    "remedies": "SELECT r.line_id, r.owner, r.closed_at, r.paid_minor FROM orders_remedy r"
    " JOIN orders_orderline l ON l.id = r.line_id WHERE l.order_id = %s",
    "transfers": "SELECT t.subject, t.kind, t.state, t.amount_minor, d.kind AS debit,"
    " k.kind AS credit FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id"
    " JOIN ledger_account k ON k.id = t.credit_id"
    " JOIN disputes_case c ON c.public_id = t.subject WHERE c.order_id = %s",
    "payouts": "SELECT m.subject_id, m.data FROM outbox_message m"
    " JOIN disputes_case c ON c.public_id = m.subject_id"
    " WHERE m.topic = 'payout.requested' AND c.order_id = %s",
    "offers": f'SELECT t.case_id, t."by", t.due_at FROM disputes_offer t {OF_CASES}'
    " AND t.answer = ''",
    "requests": f"SELECT t.case_id, t.party, t.due_at FROM disputes_evidencerequest t {OF_CASES}"
    " AND t.closed_at IS NULL",
    "returns": f"SELECT t.case_id, t.refund_minor, t.deduction_percent, t.result"
    f" FROM disputes_return t {OF_CASES}",
    "proposals": f"SELECT t.case_id FROM disputes_proposal t {OF_CASES} AND t.closed_at IS NULL",
    "appeals": f"SELECT t.case_id, t.party FROM disputes_appeal t {OF_CASES}"
    " AND t.decided_at IS NULL",
    "decisions": f"SELECT t.* FROM disputes_decision t {OF_CASES} ORDER BY t.id",
    "paused": f"SELECT t.case_id, t.since, t.seconds FROM disputes_pausedwait t {OF_CASES}",
}


@dataclass(slots=True)
class Walked:
    """The rows of one order and its cases, and the sums the laws compare."""

    refunded_minor: int
    counted_minor: int
    rows: dict[str, list[Row]]
    balances: defaultdict[str, Counter[str]] = field(init=False)
    payouts: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.balances, self.payouts = defaultdict(Counter), Counter()
        for transfer in self.rows["transfers"]:
            if transfer["state"] == "POSTED":
                has = self.balances[transfer["subject"]]
                has[transfer["debit"]] -= transfer["amount_minor"]
                has[transfer["credit"]] += transfer["amount_minor"]
        for payout in self.rows["payouts"]:
            data = payout["data"]
            amount = (json.loads(data) if isinstance(data, str) else data)["amount"]
            minor = Money.parse(amount["value"], amount["currency_code"]).minor
            self.payouts[payout["subject_id"]] += minor

    @property
    def cases(self) -> list[Row]:
        """The cases in the order of filing."""
        return self.rows["cases"]

    def of(self, table: str, case: Row) -> list[Row]:
        """The rows of a table that belong to one case."""
        return [row for row in self.rows[table] if row["case_id"] == case["id"]]

    def transfers(self, case: Row) -> list[Row]:
        """The case's transfers."""
        return [t for t in self.rows["transfers"] if t["subject"] == case["public_id"]]


def walked(order_id: int) -> Walked:
    """Read it all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT refunded_minor, refunds_counted_minor FROM orders_order WHERE id = %s",
            [order_id],
        )
        refunds = cursor.fetchone()
        rows = {name: _rows(cursor, sql, order_id) for name, sql in STATEMENTS.items()}
    return Walked(*refunds, rows)


def moment(stored: datetime) -> datetime:
    """A time as the database gives it: SQLite's are in UTC and do not say so."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def _rows(cursor: Any, sql: str, order_id: int) -> list[Row]:
    cursor.execute(sql, [order_id])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
