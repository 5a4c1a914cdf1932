-- What customers chose for paid orders that are short, what is promised to them meanwhile.

CREATE VIEW v_shortage AS
SELECT s.id, s.order_id, o.number AS order_number, o.state AS order_state, s.way, s.refund, s.until,
       s.reason, s.made_by, s.on_day,
       p.arrives_on, coalesce(p.signed_by, '') AS signed_by, p.signed_on,
       coalesce(p.staff, '') AS promised_by,
       coalesce((SELECT min(t.staff) FROM shortage_step t
                 WHERE t.shortage_id = s.id AND t.step = 'arrived'), '') AS arrived_by,
       coalesce((SELECT min(t.staff) FROM shortage_step t
                 WHERE t.shortage_id = s.id AND t.step = 'informed'), '') AS informed_by
FROM shortage s
JOIN sales_order o ON o.id = s.order_id
LEFT JOIN shortage_step p ON p.id = (SELECT max(x.id) FROM shortage_step x
                                     WHERE x.shortage_id = s.id AND x.step = 'promised')
WHERE s.id = (SELECT max(y.id) FROM shortage y WHERE y.order_id = s.order_id);

CREATE VIEW v_shortage_line AS
SELECT s.order_id, s.order_number, s.order_state, s.way, n.form, n.line, n.product_id, p.code,
       p.name, p.unit, p.scale, n.quantity, n.unit_price_fen, n.gift
FROM v_shortage s
JOIN shortage_line n ON n.shortage_id = s.id
JOIN product p ON p.id = n.product_id;

CREATE VIEW v_waiting AS
SELECT r.order_id, r.product_id, r.location, r.quantity
FROM v_shortage s
JOIN v_reservation r ON r.order_id = s.order_id
WHERE s.way = 'postpone' AND s.arrived_by = ''
UNION ALL
SELECT s.order_id, n.product_id, o.location, n.quantity
FROM v_shortage s
JOIN shortage_line n ON n.shortage_id = s.id AND n.form = 2
JOIN sales_order o ON o.id = s.order_id
WHERE s.order_state = 'collecting';

CREATE VIEW v_awaited AS
SELECT w.product_id, w.location, sum(w.quantity) AS quantity
FROM v_waiting w
GROUP BY w.product_id, w.location;
