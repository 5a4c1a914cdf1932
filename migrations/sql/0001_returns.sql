-- What customers have of each slip, what of it came back or is on its way, and what it was worth.

CREATE VIEW v_sold_line AS
SELECT t.dispatch_id, t.number AS dispatch, t.order_id, t.line, t.product_id, t.code, t.name,
       t.spec, t.unit, t.scale, t.quantity - t.short - t.damaged AS delivered,
       t.quantity - t.short - t.damaged AS ordered, t.amount_fen - t.refused_fen AS amount_fen
FROM v_dispatch_line t
WHERE t.signed_on IS NOT NULL AND t.quantity > t.short + t.damaged;

CREATE VIEW v_return_line AS
SELECT t.return_id, t.number, t.state, t.origin, t.order_id, t.dispatch_id, t.line, t.order_line,
       t.product_id, t.kind, t.quantity, t.counted, t.refused, t.credited, t.amount_fen,
       CASE WHEN t.state = 'dropped' OR t.origin = 'delivery' THEN 0
            WHEN t.state = 'awaited' OR t.kind = 'short' THEN t.quantity
            ELSE t.counted - t.refused END AS stands
FROM (SELECT n.return_id, g.number, g.state, g.origin, g.order_id, g.dispatch_id, n.line,
             n.order_line,
             n.product_id, n.kind, n.quantity,
             coalesce((SELECT max(c.quantity) FROM return_count c WHERE c.return_id = n.return_id
                       AND c.line = n.line), 0) AS counted,
             coalesce((SELECT f.quantity FROM return_fate f WHERE f.return_id = n.return_id
                       AND f.line = n.line AND f.fate = 'refused'), 0) AS refused,
             coalesce((SELECT k.quantity FROM return_credit k WHERE k.return_id = n.return_id
                       AND k.line = n.line), 0) AS credited,
             coalesce((SELECT k.amount_fen FROM return_credit k WHERE k.return_id = n.return_id
                       AND k.line = n.line), 0) AS amount_fen
      FROM return_line n
      JOIN goods_return g ON g.id = n.return_id) t;

CREATE VIEW v_return AS
SELECT g.id, g.number, g.state, g.origin, g.order_id, o.number AS order_number, g.dispatch_id,
       d.number AS dispatch, o.customer_id, c.number AS customer, c.name AS customer_name,
       g.exchange_id, coalesce(x.number, '') AS exchange, coalesce(x.state, '') AS exchange_state,
       g.reason, g.late, g.by_day, g.location, g.made_by, g.made_by AS prepared_by, g.policy_set,
       g.policy_version, g.way, g.settled_by, g.received_on, g.inspected_on, g.settled_on, g.on_day,
       g.at, coalesce((SELECT sum(k.amount_fen) FROM return_credit k WHERE k.return_id = g.id), 0)
           AS amount_fen,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM goods_return g
JOIN sales_order o ON o.id = g.order_id
JOIN dispatch d ON d.id = g.dispatch_id
JOIN customer c ON c.id = o.customer_id
LEFT JOIN sales_order x ON x.id = g.exchange_id
LEFT JOIN approval a ON a.subject = g.number;
