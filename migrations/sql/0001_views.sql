-- The published read model: what reading commands, spreadsheets and the auditor select from.
-- In SQL that SQLite and PostgreSQL both take. A statement ends with a semicolon and a newline.

CREATE VIEW v_customer AS
SELECT c.id, c.number, c.name, c.kind, c.nature, c.uscc, c.address, c.area, c.need, c.long_term,
       c.mnemonic, c.search_key, c.filed_by, c.filed_on,
       coalesce(m.name, '') AS contact, coalesce(m.phone, '') AS phone
FROM customer c
LEFT JOIN customer_contact m ON m.customer_id = c.id AND m.line = 1;

CREATE VIEW v_product AS
SELECT p.id, p.code, p.barcode, p.name, p.spec, p.category, p.fresh, p.size_class, p.unit, p.scale,
       p.mnemonic, p.search_key, r.cost_fen, r.list_price_fen
FROM product p
JOIN product_price r ON r.id = (SELECT max(x.id) FROM product_price x WHERE x.product_id = p.id);

CREATE VIEW v_place AS
SELECT m.product_id, m.place, sum(m.quantity) AS quantity, sum(m.value_fen) AS value_fen
FROM (SELECT product_id, to_place AS place, sum(quantity) AS quantity, sum(value_fen) AS value_fen
      FROM stock_move GROUP BY product_id, to_place
      UNION ALL
      SELECT product_id, from_place AS place, -sum(quantity) AS quantity,
             -sum(value_fen) AS value_fen
      FROM stock_move GROUP BY product_id, from_place) m
GROUP BY m.product_id, m.place;

CREATE VIEW v_reservation AS
SELECT r.id, r.order_id, r.product_id, r.location, r.quantity, r.on_day, r.at
FROM reservation r
WHERE NOT EXISTS (SELECT 1 FROM reservation_end e WHERE e.reservation_id = r.id);

CREATE VIEW v_hold_line AS
SELECT l.id, h.id AS hold_id, h.number, h.customer_id, c.number AS customer,
       c.name AS customer_name, h.location, h.until, h.shipment_id, h.reason, h.made_by, h.on_day,
       l.product_id, p.code, p.name, p.unit, p.scale, l.quantity,
       l.quantity - coalesce((SELECT sum(CASE WHEN u.how = 'given_back' THEN -u.quantity
                                              ELSE u.quantity END)
                              FROM stock_hold_use u WHERE u.stock_hold_line_id = l.id), 0)
           AS kept,
       coalesce((SELECT sum(CASE WHEN u.how = 'given_back' THEN -u.quantity
                                 WHEN u.how = 'taken' THEN u.quantity ELSE 0 END)
                 FROM stock_hold_use u WHERE u.stock_hold_line_id = l.id), 0) AS taken
FROM stock_hold_line l
JOIN stock_hold h ON h.id = l.stock_hold_id
JOIN customer c ON c.id = h.customer_id
JOIN product p ON p.id = l.product_id;

CREATE VIEW v_stock AS
SELECT s.product_id, s.code, s.name, s.spec, s.unit, s.scale, s.location, s.location_name,
       s.on_hand, s.display, s.reserved, s.kept,
       s.on_hand - s.display - s.reserved - s.kept AS available,
       s.value_fen
FROM (SELECT p.id AS product_id, p.code, p.name, p.spec, p.unit, p.scale, l.code AS location,
             l.name AS location_name,
             coalesce((SELECT sum(m.quantity) FROM stock_move m
                       WHERE m.product_id = p.id AND m.to_place = l.code), 0)
             - coalesce((SELECT sum(m.quantity) FROM stock_move m
                         WHERE m.product_id = p.id AND m.from_place = l.code), 0) AS on_hand,
             coalesce((SELECT d.display FROM stock_count d
                       WHERE d.id = (SELECT max(x.id) FROM stock_count x
                                     WHERE x.product_id = p.id AND x.location = l.code)), 0)
                 AS display,
             coalesce((SELECT sum(r.quantity) FROM v_reservation r
                       WHERE r.product_id = p.id AND r.location = l.code), 0) AS reserved,
             coalesce((SELECT sum(k.kept) FROM v_hold_line k
                       WHERE k.product_id = p.id AND k.location = l.code), 0) AS kept,
             coalesce((SELECT sum(m.value_fen) FROM stock_move m
                       WHERE m.product_id = p.id AND m.to_place = l.code), 0)
             - coalesce((SELECT sum(m.value_fen) FROM stock_move m
                         WHERE m.product_id = p.id AND m.from_place = l.code), 0) AS value_fen
      FROM product p CROSS JOIN location l) s;

CREATE VIEW v_order_line AS
SELECT o.id AS order_id, o.number, n.id AS line_id, n.line, n.product_id,
       p.code, p.barcode, p.name, p.spec, p.unit, p.scale, n.quantity, n.list_price_fen,
       n.unit_price_fen, n.amount_fen, n.cost_fen,
       (2 * n.cost_fen * n.quantity + p.scale) / (2 * p.scale) AS cost_amount_fen,
       n.gift, n.fresh
FROM sales_order o
JOIN order_line n ON n.order_id = o.id AND n.revision = o.revision
JOIN product p ON p.id = n.product_id;

CREATE VIEW v_allocation AS
SELECT a.id, a.payment_id, y.number AS payment, y.state AS payment_state,
       y.state IN ('received', 'verified') AS held, y.method, a.order_id, a.kind, a.amount_fen,
       a.allocated_by, a.on_day, a.at
FROM payment_allocation a
JOIN payment y ON y.id = a.payment_id
-- The sign keeps SQLite from the unique index of this column, in which all that stands is alike.
WHERE +a.reverses IS NULL
AND NOT EXISTS (SELECT 1 FROM payment_allocation r WHERE r.reverses = a.id);

CREATE VIEW v_order AS
SELECT o.id, o.number, o.state, o.revision, o.customer_id, c.number AS customer,
       c.name AS customer_name, o.location, o.need_by, o.address, o.delivery, o.payment_terms,
       o.note, o.external_number, o.void_reason, o.prepared_by, o.policy_set, o.policy_version,
       o.on_day, o.quotation_revision, o.replaces_id,
       coalesce((SELECT r.number FROM sales_order r WHERE r.id = o.replaces_id), '') AS replaces,
       coalesce((SELECT q.number FROM quotation q WHERE q.id = o.quotation_id), '') AS quotation,
       (SELECT count(*) FROM v_order_line n WHERE n.order_id = o.id) AS lines,
       (SELECT coalesce(sum(n.amount_fen), 0) FROM v_order_line n WHERE n.order_id = o.id)
           - (SELECT coalesce(sum(x.amount_fen), 0) FROM dispatch_cut x WHERE x.order_id = o.id)
           AS total_fen,
       (SELECT coalesce(sum(n.cost_amount_fen), 0) FROM v_order_line n WHERE n.order_id = o.id)
           - (SELECT coalesce(sum(x.cost_fen), 0) FROM dispatch_cut x WHERE x.order_id = o.id)
           AS cost_total_fen,
       (SELECT coalesce(sum(x.amount_fen), 0) FROM dispatch_cut x WHERE x.order_id = o.id)
           AS cut_fen,
       (SELECT coalesce(sum(n.amount_fen), 0) FROM v_order_line n
        WHERE n.order_id = o.id AND n.fresh) AS fresh_fen,
       (SELECT coalesce(sum(a.amount_fen), 0) FROM v_allocation a
        WHERE a.order_id = o.id AND a.held) AS received_fen,
       (SELECT coalesce(sum(a.amount_fen), 0) FROM v_allocation a
        WHERE a.order_id = o.id AND a.payment_state = 'verified') AS verified_fen,
       (SELECT coalesce(sum(a.amount_fen), 0) FROM v_allocation a
        WHERE a.order_id = o.id AND a.held AND a.kind = 'deposit') AS deposit_fen,
       (SELECT coalesce(sum(k.amount_fen), 0) FROM return_credit k
        JOIN goods_return g ON g.id = k.return_id WHERE g.order_id = o.id) AS returned_fen
FROM sales_order o
JOIN customer c ON c.id = o.customer_id;

CREATE VIEW v_waiver AS
SELECT w.id, w.number, w.order_id, o.number AS order_number, o.customer_id, c.number AS customer,
       c.name AS customer_name, o.need_by, w.revision, w.short_fen, w.ordinary_fen,
       w.total_fen AS order_total_fen, w.reason, w.asked_by, w.asked_by AS prepared_by, w.on_day,
       w.at, a.id AS approval_id, a.number AS approval, a.state, a.route, a.policy_set,
       a.policy_version,
       coalesce((SELECT s.staff FROM approval_signature s WHERE s.id = (
           SELECT max(x.id) FROM approval_signature x
           WHERE x.approval_id = a.id AND x.verdict = 'ok')), '') AS granted_by,
       coalesce((SELECT s.on_behalf_of FROM approval_signature s WHERE s.id = (
           SELECT max(x.id) FROM approval_signature x
           WHERE x.approval_id = a.id AND x.verdict = 'ok')), '') AS granted_for,
       coalesce((SELECT max(x.at) FROM approval_signature x
                 WHERE x.approval_id = a.id AND x.verdict = 'ok'), '') AS granted_at
FROM deposit_exception w
JOIN sales_order o ON o.id = w.order_id
JOIN customer c ON c.id = o.customer_id
JOIN approval a ON a.subject = w.number;

CREATE VIEW v_order_gate_facts AS
SELECT o.*,
       coalesce(f.number, '') AS waiver, coalesce(f.approval, '') AS waiver_request,
       coalesce(f.state, '') AS waiver_state, coalesce(f.short_fen, 0) AS waiver_fen,
       coalesce(f.order_total_fen, 0) AS waiver_total_fen,
       coalesce(f.ordinary_fen, 0) AS waiver_ordinary_fen,
       coalesce(f.reason, '') AS waiver_reason, coalesce(f.granted_by, '') AS waiver_by,
       coalesce(f.granted_for, '') AS waiver_for,
       coalesce(f.granted_at, '') AS waiver_at,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '') AS route,
       coalesce(r.staff, '') AS reviewed_by,
       d.id AS dispatch_id, coalesce(d.number, '') AS dispatch,
       coalesce(d.state, '') AS dispatch_state,
       coalesce(s.way, '') AS shortage, s.id AS shortage_id,
       coalesce(s.way, '') = 'postpone' AND NOT EXISTS (
           SELECT 1 FROM shortage_step t WHERE t.shortage_id = s.id AND t.step = 'arrived') AS waits
FROM v_order o
LEFT JOIN v_waiver f ON f.id = (SELECT max(x.id) FROM deposit_exception x WHERE x.order_id = o.id)
LEFT JOIN approval a ON a.subject = o.number AND a.revision = o.revision
LEFT JOIN order_review r ON r.order_id = o.id AND r.revision = o.revision
LEFT JOIN dispatch d ON d.id = (SELECT max(x.id) FROM dispatch x
                                WHERE x.order_id = o.id AND x.state <> 'void')
LEFT JOIN shortage s ON s.id = (SELECT max(x.id) FROM shortage x WHERE x.order_id = o.id);

CREATE VIEW v_approval AS
SELECT a.id, a.number, a.kind, a.subject, a.revision, a.customer_id,
       coalesce(c.name, '') AS customer_name, a.total_fen, a.state, a.facts, a.route,
       a.policy_set, a.policy_version, a.maker, a.at
FROM approval a
LEFT JOIN customer c ON c.id = a.customer_id;

CREATE VIEW v_paper AS
SELECT e.document, e.kind, e.copy_name, e.event, e.holder, e.by, e.reason, e.on_day, e.at,
       (SELECT min(f.id) FROM paper_event f WHERE f.document = e.document AND f.kind = e.kind
        AND f.copy_name = e.copy_name) AS first_id,
       (SELECT count(*) FROM paper_event f WHERE f.document = e.document AND f.kind = e.kind
        AND f.copy_name = e.copy_name AND f.event = 'reprinted') AS reprints
FROM paper_event e
WHERE e.step = (SELECT max(x.step) FROM paper_event x WHERE x.document = e.document
                AND x.kind = e.kind AND x.copy_name = e.copy_name AND x.event <> 'reprinted');

CREATE VIEW v_payment AS
SELECT y.id, y.number, y.customer_id, c.number AS customer, c.name AS customer_name,
       (SELECT min(a.order_id) FROM v_allocation a WHERE a.payment_id = y.id) AS order_id,
       coalesce((SELECT min(o.number) FROM v_allocation a JOIN sales_order o ON o.id = a.order_id
                 WHERE a.payment_id = y.id), '') AS order_number,
       (SELECT count(DISTINCT a.order_id) FROM v_allocation a WHERE a.payment_id = y.id) AS orders,
       coalesce((SELECT min(a.kind) FROM v_allocation a WHERE a.payment_id = y.id), '') AS kind,
       y.method, y.amount_fen,
       CASE WHEN y.state IN ('received', 'verified') THEN y.amount_fen
            - (SELECT coalesce(sum(a.amount_fen), 0) FROM v_allocation a WHERE a.payment_id = y.id)
            - (SELECT coalesce(sum(f.amount_fen), 0) FROM refund f
               WHERE f.payment_id = y.id AND f.state <> 'dropped')
            - (SELECT coalesce(sum(x.amount_fen), 0) FROM opening_settlement x
               WHERE x.payment_id = y.id)
            ELSE 0 END AS free_fen,
       EXISTS (SELECT 1 FROM opening_booking b WHERE b.document = y.number) AS opening,
       y.reference, y.recorded_nth, y.payer, y.cash_reason, y.state, y.declared_by,
       coalesce((SELECT o.number FROM sales_order o WHERE o.id = y.declared_for), '') AS declared_for,
       y.received_by,
       y.verified_by, y.taken_back_by, y.taken_back_reason, y.taken_back_on, y.on_day, y.at,
       y.verified_at
FROM payment y
JOIN customer c ON c.id = y.customer_id;

CREATE VIEW v_dispatch AS
SELECT d.id, d.number, d.order_id, o.number AS order_number, o.state AS order_state,
       o.location, o.policy_set, o.policy_version, c.number AS customer, c.name AS customer_name,
       d.state, d.vehicle, d.driver, d.address, d.issued_by, d.received_by, d.on_day, d.loaded_on,
       d.signed_on, d.archived_on, d.rest, d.deposit_fen, o.customer_id, o.payment_terms,
       coalesce((SELECT u.number FROM vehicle_run u WHERE u.id = d.run_id), '') AS run,
       (SELECT coalesce(sum(t.amount_fen), 0) FROM dispatch_line t WHERE t.dispatch_id = d.id)
           AS amount_fen,
       (SELECT coalesce(sum(r.amount_fen), 0) FROM dispatch_refusal r WHERE r.dispatch_id = d.id)
           AS refused_fen
FROM dispatch d
JOIN sales_order o ON o.id = d.order_id
JOIN customer c ON c.id = o.customer_id;

CREATE VIEW v_account_side AS
SELECT p.debit AS account, p.document, p.amount_fen AS debit_fen, 0 AS credit_fen, p.entry_id
FROM posting p
UNION ALL
SELECT p.credit AS account, p.document, 0 AS debit_fen, p.amount_fen AS credit_fen, p.entry_id
FROM posting p;

CREATE VIEW v_account AS
SELECT account, sum(debit_fen) AS debit_fen, sum(credit_fen) AS credit_fen,
       sum(debit_fen) - sum(credit_fen) AS balance_fen
FROM (SELECT p.debit AS account, sum(p.amount_fen) AS debit_fen, 0 AS credit_fen
      FROM posting p GROUP BY p.debit
      UNION ALL
      SELECT p.credit AS account, 0 AS debit_fen, sum(p.amount_fen) AS credit_fen
      FROM posting p GROUP BY p.credit) s
GROUP BY account;

CREATE VIEW v_purchase AS
SELECT d.customer_id, d.order_id, d.order_number AS number, d.signed_on AS day,
       d.amount_fen - d.refused_fen AS total_fen
FROM v_dispatch d
WHERE d.signed_on IS NOT NULL
UNION ALL
SELECT o.customer_id, o.id AS order_id, o.number, k.on_day AS day, -k.amount_fen AS total_fen
FROM return_credit k
JOIN goods_return g ON g.id = k.return_id
JOIN sales_order o ON o.id = g.order_id;
