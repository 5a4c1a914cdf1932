-- Goods that move beside orders: kept back, adjusted, on the road, received, promised.

CREATE VIEW v_stock_adjustment AS
SELECT a.id, a.number, a.product_id, p.code, p.name, p.unit, p.scale, p.cost_fen, a.location,
       a.quantity, a.state, a.reason, a.proposed_by, a.proposed_by AS prepared_by, a.decided_by,
       a.decided_on, '' AS customer_name, a.on_day,
       coalesce((SELECT v.quantity FROM v_place v
                 WHERE v.product_id = a.product_id AND v.place = a.location), 0) AS on_hand
FROM stock_adjustment a
JOIN v_product p ON p.id = a.product_id;

CREATE VIEW v_stock_transfer AS
SELECT t.id, t.number, t.from_location, t.to_location, t.state, t.reason, t.sent_by,
       t.sent_by AS prepared_by, t.received_by, t.missing_reason, t.arrived_on, '' AS customer_name,
       t.on_day
FROM stock_transfer t;

CREATE VIEW v_stock_transfer_line AS
SELECT l.id, t.number, t.state, t.from_location, t.to_location, t.on_day, l.product_id, p.code,
       p.name, p.unit, p.scale, l.quantity, a.quantity AS came
FROM stock_transfer_line l
JOIN stock_transfer t ON t.id = l.stock_transfer_id
JOIN product p ON p.id = l.product_id
LEFT JOIN stock_transfer_arrival a ON a.stock_transfer_line_id = l.id;

CREATE VIEW v_stock_promise AS
SELECT s.id, s.number, s.product_id, p.code, p.name, p.unit, p.scale, s.location, s.quantity,
       s.arrives_on, s.signed_by, s.signed_on, s.made_by, s.note, s.on_day,
       coalesce((SELECT o.number FROM sales_order o WHERE o.id = s.order_id), '') AS order_number,
       coalesce((SELECT r.number FROM stock_promise r WHERE r.replaces_id = s.id), '')
           AS replaced_by,
       EXISTS (SELECT 1 FROM stock_promise_end e WHERE e.stock_promise_id = s.id) AS ended
FROM stock_promise s
JOIN product p ON p.id = s.product_id;

CREATE VIEW v_goods_receipt AS
SELECT g.id, g.number, g.location, g.supplier, g.reference, g.received_by, g.on_day,
       (SELECT count(*) FROM goods_receipt_line l WHERE l.goods_receipt_id = g.id) AS lines,
       (SELECT sum(l.value_fen) FROM goods_receipt_line l WHERE l.goods_receipt_id = g.id)
           AS value_fen
FROM goods_receipt g;

CREATE VIEW v_goods_receipt_line AS
SELECT l.id, g.number, g.location, g.on_day, l.product_id, p.code, p.name, p.unit, p.scale,
       l.quantity, l.value_fen
FROM goods_receipt_line l
JOIN goods_receipt g ON g.id = l.goods_receipt_id
JOIN product p ON p.id = l.product_id;

CREATE VIEW v_purchase_request AS
SELECT r.id, r.number, r.location, r.urgency, r.supplier, r.direct, r.reason, r.opinion, r.state,
       r.due_at, r.prepared_by, r.policy_set, r.policy_version, r.on_day, r.at, r.order_id,
       coalesce(o.number, '') AS order_number, coalesce(o.state, '') AS order_state,
       coalesce(c.name, '') AS customer_name,
       a.verdict, a.arrives_on, coalesce(a.answered_by, '') AS answered_by,
       coalesce(a.says, '') AS answer,
       (SELECT count(*) FROM purchase_line l WHERE l.purchase_id = r.id) AS lines,
       (SELECT count(*) FROM purchase_track t WHERE t.purchase_id = r.id) AS tracked,
       (SELECT max(v.at) FROM purchase_arrival v JOIN purchase_line l ON l.id = v.purchase_line_id
        WHERE l.purchase_id = r.id) AS came_at
FROM purchase r
LEFT JOIN sales_order o ON o.id = r.order_id
LEFT JOIN customer c ON c.id = o.customer_id
LEFT JOIN purchase_answer a ON a.id = (SELECT max(x.id) FROM purchase_answer x
                                       WHERE x.purchase_id = r.id);

CREATE VIEW v_purchase_request_line AS
SELECT l.id, r.number, l.purchase_id, l.product_id, p.code, p.name, p.unit, p.scale, l.quantity,
       l.stock_here, l.stock_in_all, l.sold,
       coalesce((SELECT sum(v.quantity) FROM purchase_arrival v WHERE v.purchase_line_id = l.id), 0)
           AS came
FROM purchase_line l
JOIN purchase r ON r.id = l.purchase_id
JOIN product p ON p.id = l.product_id;
