"""Many cases at once, set-based: what the benches and the tests of concurrency start from."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection, transaction

# Due cases wait for their sellers since five days; the idle ones have until long after NOW.
NOW = datetime(2026, 6, 1, tzinfo=UTC)

CASES = """
INSERT INTO orders_seller (external_id, name, country, standing)
SELECT 'S' || i, 'Seller ' || i, 'CN', 'GOOD' FROM generate_series(1, 1000) i
ON CONFLICT DO NOTHING;
INSERT INTO orders_buyer (external_id, name, country)
SELECT 'B' || i, 'Buyer ' || i, 'US' FROM generate_series(1, 5000) i ON CONFLICT DO NOTHING;
INSERT INTO ledger_account (kind, owner_ref, currency)
SELECT 'SELLER', external_id, 'USD' FROM orders_seller
UNION ALL SELECT 'BUYER', external_id, 'USD' FROM orders_buyer ON CONFLICT DO NOTHING;

INSERT INTO orders_order (id, external_id, purchase_ref, seller_id, buyer_id, status, currency,
  items_minor, freight_minor, refunded_minor, refunds_counted_minor, destination, zone,
  purchased_at, rulebook_number, max_days, deliver_by, signature_wanted, handed_over_at,
  watch_error, flags,
  said_delivered, late_scan_restarts,
  fed_at)
SELECT i, 'O' || i, 'P' || i, s.id, b.id, 'ACTIVE', 'USD', 1000 + i %% 9000, 500, 0, 0, 'US',
  'UTC', %(now)s::timestamptz - interval '80 days', 1, 60,
  %(now)s::timestamptz - interval '20 days',
  false, %(now)s::timestamptz - interval '75 days', '', '[]', false, false, %(now)s
FROM generate_series(%(first)s, %(last)s) i
JOIN orders_seller s ON s.external_id = 'S' || (1 + i %% 1000)
JOIN orders_buyer b ON b.external_id = 'B' || (1 + i %% 5000);

INSERT INTO orders_orderline (id, order_id, external_id, sku, title, category, description,
  photo_url, quantity, price_minor, freight_minor)
SELECT id, id, '1', 'SKU' || id, 'Thing ' || id, 'toys', '', '', 1, items_minor, 500
FROM orders_order WHERE id BETWEEN %(first)s AND %(last)s;

INSERT INTO disputes_case (id, public_id, order_id, seller_id, buyer_id, reason, sub_reason,
  state, currency, requested_minor, credited_minor, refunded_minor, borne_by, seller_answer,
  outcome, rulebook_number, filed_at, waiting_since, due_at, reminders, updated_at, version,
  chain_length, chain_hash, sweep_error)
SELECT id, 'RD-' || lpad(id::text, 12, '0'), id, seller_id, buyer_id,
  'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', '', 'SELLER_TO_ANSWER', 'USD', items_minor + 500, 0, 0,
  '', 'NONE', '', 1, at, at, at + interval '5 days', 0, at, 1, 0, repeat('0', 64), ''
FROM (SELECT *, %(filed)s::timestamptz - (id %% 86400) * interval '1 second' AS at
      FROM orders_order WHERE id BETWEEN %(first)s AND %(last)s) o;

"""

MONEY = """
INSERT INTO disputes_caseline (case_id, line_id, requested_minor)
SELECT id, id, requested_minor FROM disputes_case WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO orders_remedy (line_id, kind, owner, opened_at, paid_minor)
SELECT id, 'DISPUTE', public_id, filed_at, 0 FROM disputes_case
WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO ledger_transfer (key, kind, debit_id, credit_id, amount_minor, currency, state,
  subject, created_at)
SELECT c.public_id || ':hold', 'HOLD', d.id, k.id, c.requested_minor, 'USD', 'PENDING',
  c.public_id, c.filed_at
FROM disputes_case c
JOIN orders_seller s ON s.id = c.seller_id JOIN orders_buyer b ON b.id = c.buyer_id
JOIN ledger_account d ON d.kind = 'SELLER' AND d.owner_ref = s.external_id
JOIN ledger_account k ON k.kind = 'BUYER' AND k.owner_ref = b.external_id
WHERE c.id BETWEEN %(first)s AND %(last)s;
"""


# Of a marketplace's cases most are over; of the open ones some wait for staff.
LIFELIKE = """
UPDATE disputes_case SET state = 'RESOLVED_IN_INQUIRY', outcome = 'CANCELED_BY_BUYER',
  due_at = NULL, resolved_at = filed_at + interval '3 days'
WHERE id %% 10 <> 0 AND id BETWEEN %(first)s AND %(last)s;
UPDATE disputes_case SET state = 'UNDER_REVIEW'
WHERE id %% 50 = 0 AND id BETWEEN %(first)s AND %(last)s;
"""


def fill(first: int, last: int, filed: datetime) -> None:
    """Cases `first` to `last` (and their orders), waiting for their sellers since `filed`."""
    _run(CASES + ";\n" + MONEY, first, last, filed)


def fill_lifelike(first: int, last: int, filed: datetime) -> None:
    """Cases for reading only: a tenth is open, a fiftieth under review."""
    _run(CASES + ";\n" + LIFELIKE, first, last, filed)


def _run(statements: str, first: int, last: int, filed: datetime) -> None:
    values: dict[str, int | datetime] = {"first": first, "last": last, "filed": filed, "now": NOW}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements.split(";\n"):
            if statement.strip(" ;\n"):
                cursor.execute(statement.strip(" ;\n"), values)


def analyze() -> None:
    """Let the planner know, as autovacuum would; and let the filling come to rest."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
