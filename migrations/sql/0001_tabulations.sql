-- Order tables and simple lists with the version in force, and the lines of every version.

CREATE VIEW v_order_table AS
SELECT t.id, t.number, t.kind, t.order_id, o.number AS order_number, o.state AS order_state,
       o.customer_id, c.name AS customer_name, o.need_by, t.dispatch_id,
       coalesce(d.number, '') AS slip, t.reason, t.accepted_at, t.due_at, t.prepared_by,
       t.policy_set, t.policy_version, t.on_day, t.at,
       v.id AS version_id, v.version, v.revision, v.total_fen, v.reason AS version_reason,
       v.at AS version_at
FROM order_table t
JOIN sales_order o ON o.id = t.order_id
JOIN customer c ON c.id = o.customer_id
JOIN order_table_version v ON v.order_table_id = t.id
 AND v.version = (SELECT max(x.version) FROM order_table_version x WHERE x.order_table_id = t.id)
LEFT JOIN dispatch d ON d.id = t.dispatch_id;

CREATE VIEW v_order_table_line AS
SELECT v.order_table_id, v.version, n.line, n.order_line, n.product_id, p.code, p.barcode, p.name,
       p.spec, n.brand, n.packaging, p.unit, p.scale, n.quantity, n.unit_price_fen, n.amount_fen,
       n.receipt
FROM order_table_line n
JOIN order_table_version v ON v.id = n.version_id
JOIN product p ON p.id = n.product_id;
