-- The reference: one set-based statement, written by hand, that makes the writes of the sweep for
-- one batch of silent sellers: the case, two chained events, the hold, the remedy, the decision
-- and two messages. It knows the outcome beforehand; the sweep works it out from the rulebook.
WITH due AS (
  SELECT c.id, c.public_id, c.version, c.requested_minor, c.currency, c.due_at, c.chain_length,
         c.chain_hash, o.external_id AS order_ref, s.external_id AS seller, b.external_id AS buyer
  FROM disputes_case c
  JOIN orders_order o ON o.id = c.order_id
  JOIN orders_seller s ON s.id = c.seller_id
  JOIN orders_buyer b ON b.id = c.buyer_id
  WHERE c.due_at < %(now)s AND c.sweep_error = ''
  ORDER BY c.due_at, c.id LIMIT %(batch)s
  FOR UPDATE OF c SKIP LOCKED
),
said AS (
  SELECT due.*,
    jsonb_build_object('currency_code', currency,
      'value', (requested_minor / 100)::text || '.' || lpad((requested_minor %% 100)::text, 2, '0'))
      AS amount,
    jsonb_build_object('waiting', 'SELLER_RESPONSE', 'due_at', due_at, 'silence',
      jsonb_build_object('version', 1, 'table', 'silence', 'rows', jsonb_build_array(1), 'inputs',
        jsonb_build_object('waiting', 'SELLER_RESPONSE', 'reason', 'NOT_RECEIVED'))) AS lapsed,
    jsonb_build_object('version', 1, 'table', 'ruling', 'rows', jsonb_build_array(3), 'inputs',
      jsonb_build_object('reason', 'NOT_RECEIVED', 'tracking', 'MOVING', 'days_late', 20,
        'proof_of_shipment', false, 'seller_answer', 'SILENT')) AS trace
  FROM due
),
why AS (
  SELECT said.*, jsonb_build_object('outcome', 'RESOLVED_BUYER_FAVOUR', 'refund', amount,
    'credited', jsonb_build_object('currency_code', currency, 'value', '0.00'),
    'borne_by', 'SELLER', 'recommended', trace, 'reason', '') AS resolved
  FROM said
),
first AS (
  SELECT why.*, encode(sha256(convert_to(jsonb_build_array('case', public_id, chain_length + 1,
    'case.lapsed', jsonb_build_object('kind', 'SYSTEM', 'ref', 'redress', 'name', 'Redress'),
    %(now)s::timestamptz, lapsed, chain_hash)::text, 'UTF8')), 'hex') AS hash1
  FROM why
),
chained AS (
  SELECT first.*, encode(sha256(convert_to(jsonb_build_array('case', public_id, chain_length + 2,
    'case.resolved', jsonb_build_object('kind', 'SYSTEM', 'ref', 'redress', 'name', 'Redress'),
    %(now)s::timestamptz, resolved, hash1)::text, 'UTF8')), 'hex') AS hash2
  FROM first
),
moved AS (
  UPDATE disputes_case c SET state = 'RESOLVED_IN_INQUIRY', refunded_minor = x.requested_minor,
    appeal_until = %(now)s + interval '7 days',
    borne_by = 'SELLER', seller_answer = 'SILENT', outcome = 'RESOLVED_BUYER_FAVOUR',
    due_at = NULL, resolved_at = %(now)s, updated_at = %(now)s, version = c.version + 1,
    chain_length = x.chain_length + 2, chain_hash = x.hash2
  FROM chained x WHERE c.id = x.id AND c.version = x.version RETURNING c.id
),
events AS (
  INSERT INTO audit_event (subject_kind, subject_id, seq, action, actor_kind, actor_ref, actor, at,
    data, previous_hash, hash)
  SELECT 'case', public_id, chain_length + 1, 'case.lapsed', 'SYSTEM', 'redress',
    '{"kind":"SYSTEM","name":"Redress","ref":"redress"}'::jsonb, %(now)s, lapsed, chain_hash, hash1
  FROM chained
  UNION ALL
  SELECT 'case', public_id, chain_length + 2, 'case.resolved', 'SYSTEM', 'redress',
    '{"kind":"SYSTEM","name":"Redress","ref":"redress"}'::jsonb, %(now)s, resolved, hash1, hash2
  FROM chained
),
held AS (
  UPDATE ledger_transfer t SET state = 'POSTED', settled_at = %(now)s
  FROM chained x WHERE t.key = x.public_id || ':hold' AND t.state = 'PENDING'
),
remedies AS (
  UPDATE orders_remedy r SET closed_at = %(now)s, paid_minor = x.requested_minor
  FROM chained x WHERE r.owner = x.public_id AND r.closed_at IS NULL
),
decisions AS (
  INSERT INTO disputes_decision (case_id, outcome, refund_minor, currency, borne_by, return_needed,
    recommended, reason, decided_by_kind, decided_by_ref, decided_at, instance, appeal_outcome,
    fraud, kept_minor, would_change, code, buyer_text, seller_text, approved_by)
  SELECT id, 'RESOLVED_BUYER_FAVOUR', requested_minor, currency, 'SELLER', false, trace, '',
    'SYSTEM', 'redress', %(now)s, 'FIRST', '', false, 0, '[]', '', '', '', '' FROM chained
),
requests AS (
  UPDATE disputes_evidencerequest e SET closed_at = %(now)s, answered = false
  FROM chained x WHERE e.case_id = x.id AND e.closed_at IS NULL
),
messages AS (
  INSERT INTO outbox_message (topic, subject_kind, subject_id, data, created_at, dedupe_key)
  SELECT 'dispute.resolved', 'case', public_id, jsonb_build_object('dispute_id', public_id,
    'order', order_ref, 'seller', seller, 'buyer', buyer, 'dispute_life_cycle_stage', 'INQUIRY',
    'status', 'RESOLVED', 'due_at', NULL, 'outcome', 'RESOLVED_BUYER_FAVOUR', 'refund', amount,
    'borne_by', 'SELLER'), %(now)s, public_id || ':' || version || ':dispute.resolved' FROM chained
  UNION ALL
  SELECT 'payout.requested', 'case', public_id, jsonb_build_object('dispute_id', public_id,
    'order', order_ref, 'buyer', buyer, 'amount', amount), %(now)s, public_id || ':payout'
  FROM chained
)
SELECT count(*) FROM moved
