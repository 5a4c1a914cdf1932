-- Gift cards, IOUs, credit, money to settle.

CREATE VIEW v_card_batch AS
SELECT b.id, b.number, b.series, b.width, b.first_card, b.last_card, b.face_fen, b.received_by,
       b.on_day, b.last_card - b.first_card + 1 AS cards,
       coalesce(o.cards, 0) - coalesce(k.cards, 0) AS out_cards,
       coalesce(i.cards, 0) AS returned_cards,
       b.last_card - b.first_card + 1 - coalesce(o.cards, 0) + coalesce(k.cards, 0)
           - coalesce(i.cards, 0) AS free_cards
FROM card_batch b
LEFT JOIN (SELECT batch_id, sum(last_card - first_card + 1) AS cards
           FROM card_allocation GROUP BY batch_id) o ON o.batch_id = b.id
LEFT JOIN (SELECT batch_id, sum(last_card - first_card + 1) AS cards
           FROM card_return WHERE allocation_id IS NOT NULL GROUP BY batch_id) k
       ON k.batch_id = b.id
LEFT JOIN (SELECT batch_id, sum(last_card - first_card + 1) AS cards
           FROM card_return WHERE allocation_id IS NULL GROUP BY batch_id) i
       ON i.batch_id = b.id;

CREATE VIEW v_taking AS
SELECT t.id, t.number, t.state, t.kind, t.document, t.customer_id, c.number AS customer,
       c.name AS customer_name, c.area, t.amount_fen, t.funds, t.reference, t.notes, t.manager,
       t.place, t.settled_by, t.settled_on, t.returned_on, t.end_reason, t.policy_set, t.policy_version, t.on_day,
       coalesce(q.number, '') AS cheque, q.presented_on,
       coalesce(v.reference, '') AS voucher, coalesce(v.by, '') AS audited_by,
       coalesce(n.unit, '') AS note_unit, coalesce(n.manager, '') AS note_manager,
       coalesce(n.custodian, '') AS custodian,
       coalesce((SELECT min(f.number) FROM refund f WHERE f.taking_id = t.id
                 AND f.state <> 'dropped'), '') AS refund
FROM taking t
JOIN customer c ON c.id = t.customer_id
LEFT JOIN cheque q ON q.taking_id = t.id
LEFT JOIN taking_voucher v ON v.taking_id = t.id
LEFT JOIN custody_note n ON n.taking_id = t.id;

CREATE VIEW v_taken AS
SELECT t.document,
       sum(CASE WHEN t.state = 'settled' THEN t.amount_fen ELSE 0 END) AS settled_fen,
       sum(CASE WHEN t.state IN ('with_manager', 'in_custody', 'at_bank') THEN t.amount_fen ELSE 0 END)
           AS carried_fen,
       sum(CASE WHEN t.state = 'settled'
                  OR t.state = 'at_bank'
                  OR (t.state IN ('with_manager', 'in_custody') AND t.funds IN ('cash', 'cheque'))
                THEN t.amount_fen ELSE 0 END) AS credited_fen
FROM taking t
GROUP BY t.document;

CREATE VIEW v_card_sale AS
SELECT s.id, s.number, s.state, s.mode, s.customer_id, c.number AS customer,
       c.name AS customer_name, s.amount_fen, s.amount_fen - coalesce(k.back_fen, 0) AS worth_fen,
       coalesce(t.settled_fen, 0) - coalesce(f.refunded_fen, 0) AS settled_fen,
       coalesce(t.carried_fen, 0) AS carried_fen, coalesce(t.credited_fen, 0) AS credited_fen,
       coalesce(f.refunded_fen, 0) AS refunded_fen, coalesce(f.refunding_fen, 0) AS refunding_fen,
       CASE WHEN coalesce(t.settled_fen, 0) - coalesce(f.refunded_fen, 0)
                 > s.amount_fen - coalesce(k.back_fen, 0)
            THEN coalesce(t.settled_fen, 0) - coalesce(f.refunded_fen, 0)
                 - s.amount_fen + coalesce(k.back_fen, 0)
            ELSE 0 END AS back_fen,
       CASE WHEN s.state IN ('delivered', 'settled')
            THEN s.amount_fen - coalesce(k.back_fen, 0) - coalesce(t.settled_fen, 0)
                 + coalesce(f.refunded_fen, 0)
            ELSE 0 END AS owed_fen,
       s.delivered_to, s.delivered_on, s.invoice_content, s.end_reason, s.prepared_by, s.on_day,
       s.policy_set, s.policy_version,
       coalesce(x.number, '') AS credit, x.collection_on,
       coalesce(i.number, '') AS iou, coalesce(i.state, '') AS iou_state,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route,
       coalesce(r.signer, '') AS receipt
FROM card_sale s
JOIN customer c ON c.id = s.customer_id
LEFT JOIN credit_application x ON x.id = s.credit_id
LEFT JOIN iou i ON i.card_sale_id = s.id AND i.state <> 'voided'
LEFT JOIN approval a ON a.subject = i.number
LEFT JOIN card_receipt r ON r.card_sale_id = s.id
LEFT JOIN v_taken t ON t.document = s.number
LEFT JOIN (SELECT g.document,
                  sum(CASE WHEN f.state = 'paid' THEN f.amount_fen ELSE 0 END) AS refunded_fen,
                  sum(CASE WHEN f.state = 'requested' THEN f.amount_fen ELSE 0 END)
                      AS refunding_fen
           FROM refund f JOIN taking g ON g.id = f.taking_id
           WHERE f.state <> 'dropped' GROUP BY g.document) f ON f.document = s.number
LEFT JOIN (SELECT a.document, sum((r.last_card - r.first_card + 1) * b.face_fen) AS back_fen
           FROM card_return r
           JOIN card_allocation a ON a.id = r.allocation_id
           JOIN card_batch b ON b.id = r.batch_id
           JOIN card_sale d ON d.number = a.document AND d.state <> 'voided'
           GROUP BY a.document) k ON k.document = s.number;

CREATE VIEW v_wholesale_line AS
SELECT n.wholesale_sale_id, n.id AS line_id, n.line, n.product_id, p.code, p.barcode, p.name,
       p.spec, p.unit, p.scale, n.quantity, w.unit_price_fen, w.by AS priced_by,
       (2 * w.unit_price_fen * n.quantity + p.scale) / (2 * p.scale) AS amount_fen,
       coalesce(k.back, 0) AS back, coalesce(k.back_fen, 0) AS back_fen
FROM wholesale_line n
JOIN product p ON p.id = n.product_id
LEFT JOIN wholesale_price w
       ON w.id = (SELECT max(x.id) FROM wholesale_price x WHERE x.wholesale_line_id = n.id)
LEFT JOIN (SELECT r.wholesale_line_id, sum(r.quantity) AS back, sum(r.amount_fen) AS back_fen
           FROM wholesale_return_line r GROUP BY r.wholesale_line_id) k
       ON k.wholesale_line_id = n.id;

CREATE VIEW v_wholesale AS
SELECT s.id, s.number, s.state, s.mode, s.location, s.customer_id, c.number AS customer,
       c.name AS customer_name,
       coalesce(n.total_fen, 0) AS total_fen, coalesce(n.returned_fen, 0) AS returned_fen,
       coalesce(n.worth_fen, 0) AS worth_fen,
       coalesce(t.settled_fen, 0) - coalesce(f.refunded_fen, 0) AS settled_fen,
       coalesce(t.carried_fen, 0) AS carried_fen, coalesce(t.credited_fen, 0) AS credited_fen,
       coalesce(f.refunded_fen, 0) AS refunded_fen, coalesce(f.refunding_fen, 0) AS refunding_fen,
       CASE WHEN s.state IN ('delivered', 'settled')
                 AND coalesce(t.settled_fen, 0) - coalesce(f.refunded_fen, 0)
                     > coalesce(n.worth_fen, 0)
            THEN coalesce(t.settled_fen, 0) - coalesce(f.refunded_fen, 0) - n.worth_fen
            ELSE 0 END AS back_fen,
       s.issuer, s.invoice_number, s.invoiced_fen,
       coalesce((SELECT sum(r.amount_fen) FROM wholesale_red_invoice r
                 WHERE r.wholesale_sale_id = s.id AND r.invoice_number = s.invoice_number), 0)
           AS red_fen,
       s.invoice_content, s.proof, s.received_by, s.list_reason,
       s.delivered_on, s.end_reason, s.prepared_by, s.on_day, s.policy_set, s.policy_version,
       coalesce(x.number, '') AS credit, x.collection_on
FROM wholesale_sale s
JOIN customer c ON c.id = s.customer_id
LEFT JOIN credit_application x ON x.id = s.credit_id
LEFT JOIN (SELECT l.wholesale_sale_id, sum(l.amount_fen) AS total_fen,
                  sum(l.back_fen) AS returned_fen, sum(l.amount_fen - l.back_fen) AS worth_fen
           FROM v_wholesale_line l GROUP BY l.wholesale_sale_id) n ON n.wholesale_sale_id = s.id
LEFT JOIN v_taken t ON t.document = s.number
LEFT JOIN (SELECT g.document,
                  sum(CASE WHEN f.state = 'paid' THEN f.amount_fen ELSE 0 END) AS refunded_fen,
                  sum(CASE WHEN f.state = 'requested' THEN f.amount_fen ELSE 0 END)
                      AS refunding_fen
           FROM refund f JOIN taking g ON g.id = f.taking_id
           WHERE f.state <> 'dropped' GROUP BY g.document) f ON f.document = s.number;

CREATE VIEW v_on_account AS
SELECT s.number, s.customer_id, s.credit, s.collection_on, s.worth_fen, s.owed_fen
FROM v_card_sale s
WHERE s.mode = 'credit' AND s.state <> 'voided'
UNION ALL
SELECT w.number, w.customer_id, w.credit, w.collection_on, w.worth_fen,
       CASE WHEN w.state = 'booked' THEN 0 ELSE w.worth_fen - w.settled_fen END AS owed_fen
FROM v_wholesale w
WHERE w.mode = 'credit' AND w.state IN ('booked', 'delivered', 'settled');

CREATE VIEW v_credit AS
SELECT x.id, x.number, x.state, x.customer_id, c.number AS customer, c.name AS customer_name,
       x.amount_fen, coalesce(u.used_fen, 0) AS used_fen, coalesce(u.owed_fen, 0) AS owed_fen,
       x.collection_on, x.method, x.credibility, x.record, x.outside, x.exception, x.end_reason,
       x.prepared_by, x.policy_set, x.policy_version, x.on_day,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM credit_application x
JOIN customer c ON c.id = x.customer_id
LEFT JOIN approval a ON a.subject = x.number
LEFT JOIN (SELECT o.credit, sum(o.worth_fen) AS used_fen, sum(o.owed_fen) AS owed_fen
           FROM v_on_account o GROUP BY o.credit) u ON u.credit = x.number;

CREATE VIEW v_iou AS
SELECT i.id, i.number, i.state, s.number AS sale, s.state AS sale_state, s.customer_id,
       c.number AS customer, c.name AS customer_name, i.amount_fen, i.writer, i.withdrawn_by,
       i.withdrawn_on, i.end_reason, i.on_day, i.policy_set, i.policy_version,
       i.writer AS prepared_by,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route,
       coalesce(p.holder, '') AS holder, coalesce(p.event, '') AS paper
FROM iou i
JOIN card_sale s ON s.id = i.card_sale_id
JOIN customer c ON c.id = s.customer_id
LEFT JOIN approval a ON a.subject = i.number
LEFT JOIN v_paper p ON p.document = i.number AND p.kind = 'iou';

CREATE VIEW v_settlement_roster AS
SELECT r.day, r.officer, r.by, r.at
FROM settlement_roster r
WHERE r.id = (SELECT max(x.id) FROM settlement_roster x WHERE x.day = r.day);

CREATE VIEW v_settlement_day AS
SELECT d.id, d.number, d.on_day, d.officer, d.state, d.revision, d.circulated_to, d.audit_seq,
       d.audit_hash, d.end_reason, d.policy_set, d.policy_version,
       coalesce((SELECT sum(t.amount_fen) FROM taking t WHERE t.settled_on = d.on_day
                 AND (t.returned_on IS NULL OR t.returned_on > d.on_day)), 0)
           - coalesce((SELECT sum(t.amount_fen) FROM taking t WHERE t.returned_on = d.on_day
                       AND t.settled_on < d.on_day), 0) AS settled_fen,
       coalesce((SELECT max(s.staff) FROM settlement_signature s WHERE s.settlement_day_id = d.id
                 AND s.revision = d.revision AND s.side = 'finance'), '') AS finance,
       coalesce((SELECT max(s.staff) FROM settlement_signature s WHERE s.settlement_day_id = d.id
                 AND s.revision = d.revision AND s.side = 'department'), '') AS department
FROM settlement_day d;

CREATE VIEW v_expense AS
SELECT e.id, e.number, e.kind, e.document, e.location, e.amount_fen, e.proof, e.till_receipt,
       e.spender, e.state, e.reimbursed_by, e.reimbursed_on, e.end_reason, e.policy_set,
       e.policy_version, e.on_day, c.name AS customer_name,
       (SELECT count(*) FROM expense_signature g WHERE g.expense_id = e.id) AS signers,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM expense e
JOIN wholesale_sale s ON s.number = e.document
JOIN customer c ON c.id = s.customer_id
LEFT JOIN approval a ON a.subject = e.number;
