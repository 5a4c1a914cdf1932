-- Goods of key accounts at sales offices: shipments, what is held there, requests to draw on it.

CREATE VIEW v_shipment_line AS
SELECT l.id, l.shipment_id, s.number, s.state, k.number AS contract, l.product_id, p.code, p.name,
       p.unit, p.scale, l.quantity, l.price_fen,
       (2 * l.price_fen * l.quantity + p.scale) / (2 * p.scale) AS amount_fen,
       coalesce(a.quantity, l.quantity) AS came,
       (2 * l.price_fen * coalesce(a.quantity, l.quantity) + p.scale) / (2 * p.scale)
           AS came_amount_fen,
       h.id AS hold_line_id, coalesce(h.number, '') AS hold, coalesce(h.kept, 0) AS kept
FROM shipment_line l
JOIN shipment s ON s.id = l.shipment_id
JOIN contract k ON k.id = l.contract_id
JOIN product p ON p.id = l.product_id
LEFT JOIN shipment_agreed a ON a.shipment_line_id = l.id
LEFT JOIN v_hold_line h ON h.shipment_id = l.shipment_id AND h.product_id = l.product_id;

CREATE VIEW v_shipment AS
SELECT s.id, s.number, s.customer_id, c.number AS customer, c.name AS customer_name, s.office,
       o.name AS office_name, s.from_location, s.supplier, s.mark, s.list_number, s.state,
       s.received_on, s.received_by, s.objected_on, s.objected_by, s.objection, s.charged_on,
       s.charged_fen, s.outcome, s.reason, s.reason_state, s.reason_by, s.policy_set,
       s.policy_version, s.made_by, s.made_by AS prepared_by, s.on_day,
       (SELECT sum(l.amount_fen) FROM v_shipment_line l WHERE l.shipment_id = s.id) AS total_fen,
       (SELECT count(*) FROM v_shipment_line l WHERE l.shipment_id = s.id AND l.kept > 0)
           AS held_lines,
       coalesce((SELECT sum(r.amount_fen) FROM shipment_remittance r WHERE r.shipment_id = s.id), 0)
           AS remitted_fen
FROM shipment s
JOIN customer c ON c.id = s.customer_id
JOIN location o ON o.code = s.office;

CREATE VIEW v_held AS
SELECT s.office, s.number, s.customer_id, s.customer, s.customer_name, s.mark, s.received_on,
       l.code, l.name, l.unit, l.scale, l.hold, l.kept, l.price_fen,
       (2 * l.price_fen * l.kept + l.scale) / (2 * l.scale) AS worth_fen,
       s.reason, s.reason_state, s.reason_state <> 'accepted' AS counted
FROM v_shipment s
JOIN v_shipment_line l ON l.shipment_id = s.id AND l.kept > 0;

CREATE VIEW v_held_draw AS
SELECT d.id, d.number, d.stock_hold_line_id, d.quantity, d.reason, d.state, d.asked_by,
       d.asked_by AS prepared_by, d.reviewed_by, d.filing, d.filed_by, d.end_reason, d.on_day,
       s.number AS shipment, s.office, h.number AS hold, h.product_id, h.code, h.name, h.unit,
       h.scale, h.kept, h.customer, h.customer_name
FROM held_draw d
JOIN v_hold_line h ON h.id = d.stock_hold_line_id
JOIN shipment s ON s.id = h.shipment_id;
