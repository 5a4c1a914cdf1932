-- Working days, inquiries and quotations.

CREATE VIEW v_calendar AS
SELECT c.day, c.is_workday, c.name, c.source, c.batch
FROM calendar_day c
WHERE c.id = (SELECT max(x.id) FROM calendar_day x WHERE x.day = c.day);

CREATE VIEW v_inquiry_line AS
SELECT i.id AS inquiry_id, i.number, n.line, n.product_id, p.code, p.barcode, p.name, p.spec,
       p.unit, p.scale, n.quantity, n.unit_price_fen, n.shelf
FROM inquiry i
JOIN inquiry_line n ON n.inquiry_id = i.id AND n.revision = i.revision
JOIN product p ON p.id = n.product_id;

CREATE VIEW v_inquiry AS
SELECT i.id, i.number, i.state, i.revision, i.customer_id, coalesce(c.number, '') AS customer,
       coalesce(c.name, i.asked_by) AS customer_name, i.via, i.asked_by, i.phone, i.intent,
       i.wishes, i.need, i.store, i.accompanied_by, i.explained_by, i.wanted_by, i.payment,
       i.reply_due, i.received_by, i.policy_set, i.policy_version, i.on_day,
       (SELECT count(*) FROM v_inquiry_line n WHERE n.inquiry_id = i.id) AS lines,
       coalesce(f.staff, '') AS recorded_by, coalesce(h.other, '') AS handed_to,
       coalesce(s.verdict, '') AS supply, coalesce(s.staff, '') AS supply_by,
       w.on_day AS answered_on, coalesce(w.staff, '') AS answered_by,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM inquiry i
LEFT JOIN customer c ON c.id = i.customer_id
LEFT JOIN inquiry_step f ON f.id = (SELECT min(x.id) FROM inquiry_step x
                                    WHERE x.inquiry_id = i.id AND x.step = 'recorded')
LEFT JOIN inquiry_step h ON h.id = (SELECT max(x.id) FROM inquiry_step x
                                    WHERE x.inquiry_id = i.id AND x.step = 'handed_over')
LEFT JOIN inquiry_step s ON s.id = (SELECT max(x.id) FROM inquiry_step x
                                    WHERE x.inquiry_id = i.id AND x.step = 'supply')
LEFT JOIN inquiry_step w ON w.id = (SELECT min(x.id) FROM inquiry_step x
                                    WHERE x.inquiry_id = i.id AND x.step = 'answered')
LEFT JOIN approval a ON a.subject = i.number AND a.revision = i.revision;

CREATE VIEW v_quotation_line AS
SELECT q.id AS quotation_id, q.number, n.line, n.product_id, p.code, p.barcode, p.name, p.spec,
       p.unit, p.scale, n.quantity, n.list_price_fen, n.unit_price_fen, n.amount_fen, n.cost_fen,
       (2 * n.cost_fen * n.quantity + p.scale) / (2 * p.scale) AS cost_amount_fen,
       n.gift, n.fresh
FROM quotation q
JOIN quotation_line n ON n.quotation_id = q.id AND n.revision = q.revision
JOIN product p ON p.id = n.product_id;

CREATE VIEW v_quotation AS
SELECT q.id, q.number, q.state, q.revision, q.customer_id, c.number AS customer,
       c.name AS customer_name, q.need_by, q.address, q.delivery, q.payment_terms, q.note,
       q.valid_until, q.prepared_by, q.policy_set, q.policy_version, q.on_day,
       coalesce(i.number, '') AS inquiry,
       (SELECT count(*) FROM v_quotation_line n WHERE n.quotation_id = q.id) AS lines,
       (SELECT coalesce(sum(n.amount_fen), 0) FROM v_quotation_line n
        WHERE n.quotation_id = q.id) AS total_fen,
       (SELECT coalesce(sum(n.cost_amount_fen), 0) FROM v_quotation_line n
        WHERE n.quotation_id = q.id) AS cost_total_fen,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route,
       CASE WHEN q.state = 'sent' AND coalesce(a.state, 'approved') = 'approved' THEN 'reviewed'
            WHEN q.state = 'sent' AND a.state = 'rejected' THEN 'rejected'
            ELSE q.state END AS standing,
       coalesce(o.number, '') AS order_number,
       (SELECT coalesce(sum(y.amount_fen), 0) FROM v_allocation y WHERE y.order_id = o.id AND y.held)
           AS order_received_fen
FROM quotation q
JOIN customer c ON c.id = q.customer_id
LEFT JOIN inquiry i ON i.id = q.inquiry_id
LEFT JOIN approval a ON a.subject = q.number AND a.revision = q.revision
LEFT JOIN sales_order o ON o.id = (SELECT max(x.id) FROM sales_order x
                                   WHERE x.quotation_id = q.id
                                   AND x.state NOT IN ('collecting', 'voided'));
