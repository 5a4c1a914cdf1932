-- What reports are made of: what was sold, what went back for it, and what was promised for when.

CREATE VIEW v_returned_value AS
SELECT g.dispatch_id, g.id AS return_id, g.number, m.product_id,
       sum(CASE WHEN m.from_place = '@customer' THEN m.quantity ELSE -m.quantity END) AS quantity,
       sum(CASE WHEN m.from_place = '@customer' THEN m.value_fen ELSE -m.value_fen END)
           AS value_fen
FROM goods_return g
JOIN stock_move m ON m.document = g.number
WHERE m.from_place = '@customer' OR m.to_place = '@customer'
GROUP BY g.dispatch_id, g.id, g.number, m.product_id;

CREATE VIEW v_return_sale AS
SELECT g.settled_on AS day, g.number AS dispatch, g.order_id, n.product_id,
       sum(k.quantity) AS quantity, sum(k.amount_fen) AS amount_fen,
       coalesce(max(v.value_fen), 0) AS cost_fen
FROM goods_return g
JOIN return_credit k ON k.return_id = g.id
JOIN return_line n ON n.return_id = k.return_id AND n.line = k.line
LEFT JOIN v_returned_value v ON v.return_id = g.id AND v.product_id = n.product_id
GROUP BY g.settled_on, g.number, g.order_id, n.product_id;

CREATE VIEW v_sale AS
SELECT d.signed_on AS day, d.number AS dispatch, o.number AS order_number,
       o.prepared_by AS officer, o.location, c.number AS customer, c.name AS customer_name,
       p.id AS product_id, p.code, p.name, p.category, p.unit, p.scale, l.quantity, l.amount_fen,
       coalesce(m.value_fen, 0) AS cost_fen
FROM dispatch d
JOIN sales_order o ON o.id = d.order_id
JOIN customer c ON c.id = o.customer_id
JOIN (SELECT t.dispatch_id, n.product_id,
             sum(t.quantity - coalesce(r.short, 0) - coalesce(r.damaged, 0)) AS quantity,
             sum(t.amount_fen - coalesce(r.amount_fen, 0)) AS amount_fen
      FROM dispatch_line t
      JOIN order_line n ON n.id = t.order_line_id
      LEFT JOIN dispatch_refusal r ON r.dispatch_id = t.dispatch_id AND r.line = t.line
      GROUP BY t.dispatch_id, n.product_id) l ON l.dispatch_id = d.id
JOIN product p ON p.id = l.product_id
LEFT JOIN (SELECT document, product_id, sum(value_fen) AS value_fen FROM stock_move
           WHERE to_place = '@customer' GROUP BY document, product_id) m
    ON m.document = d.number AND m.product_id = l.product_id
WHERE d.signed_on IS NOT NULL
UNION ALL
SELECT r.day, r.dispatch, o.number AS order_number, o.prepared_by AS officer, o.location,
       c.number AS customer, c.name AS customer_name, p.id AS product_id, p.code, p.name,
       p.category, p.unit, p.scale, -r.quantity AS quantity, -r.amount_fen AS amount_fen,
       -r.cost_fen AS cost_fen
FROM v_return_sale r
JOIN sales_order o ON o.id = r.order_id
JOIN customer c ON c.id = o.customer_id
JOIN product p ON p.id = r.product_id
UNION ALL
SELECT s.delivered_on AS day, s.number AS dispatch, s.number AS order_number,
       s.prepared_by AS officer, s.location, c.number AS customer, c.name AS customer_name,
       p.id AS product_id, p.code, p.name, p.category, p.unit, p.scale, n.quantity, n.amount_fen,
       coalesce(m.value_fen, 0) AS cost_fen
FROM wholesale_sale s
JOIN customer c ON c.id = s.customer_id
JOIN v_wholesale_line n ON n.wholesale_sale_id = s.id
JOIN product p ON p.id = n.product_id
LEFT JOIN (SELECT document, product_id, sum(value_fen) AS value_fen FROM stock_move
           WHERE to_place = '@customer' GROUP BY document, product_id) m
    ON m.document = s.number AND m.product_id = n.product_id
WHERE s.state IN ('delivered', 'settled')
UNION ALL
SELECT r.on_day AS day, s.number AS dispatch, s.number AS order_number, s.prepared_by AS officer,
       s.location, c.number AS customer, c.name AS customer_name, p.id AS product_id, p.code,
       p.name, p.category, p.unit, p.scale, -b.quantity AS quantity, -b.amount_fen AS amount_fen,
       -b.cost_fen AS cost_fen
FROM wholesale_return r
JOIN wholesale_return_line b ON b.wholesale_return_id = r.id
JOIN wholesale_line n ON n.id = b.wholesale_line_id
JOIN wholesale_sale s ON s.id = r.wholesale_sale_id
JOIN customer c ON c.id = s.customer_id
JOIN product p ON p.id = n.product_id;

CREATE VIEW v_rebate_paid AS
SELECT e.on_day AS day, r.number, r.amount_fen, o.number AS order_number, o.prepared_by AS officer,
       c.number AS customer, c.name AS customer_name
FROM rebate r
JOIN journal_entry e ON e.document = r.number AND e.key LIKE 'rebate%paid'
JOIN sales_order o ON o.id = r.order_id
JOIN customer c ON c.id = o.customer_id
WHERE r.state = 'paid';

CREATE VIEW v_promise AS
SELECT o.number, o.need_by,
       CASE WHEN o.state IN ('delivered', 'closed') THEN d.signed_on END AS signed_on,
       c.number AS customer, c.name AS customer_name, o.location, o.prepared_by AS officer, coalesce(d.driver, '') AS driver
FROM sales_order o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN dispatch d ON d.id = (SELECT x.id FROM dispatch x
                                WHERE x.order_id = o.id AND x.state <> 'void'
                                ORDER BY coalesce(x.signed_on, '9999-12-31') DESC, x.id DESC
                                LIMIT 1)
WHERE o.state IN ('submitted', 'reviewed', 'slip_issued', 'partly_delivered', 'delivered',
                  'closed');
