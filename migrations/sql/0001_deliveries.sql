-- The lines of the slips with what their customers did not take, the runs of the vehicles, and how
-- far each line of an order is out.

CREATE VIEW v_dispatch_line AS
SELECT d.order_id, d.id AS dispatch_id, d.number, d.state, d.signed_on, t.line, t.order_line_id,
       n.product_id, p.code, p.barcode, p.name, p.spec, p.unit, p.scale, t.quantity,
       n.quantity AS ordered, n.unit_price_fen, t.amount_fen, n.gift, n.fresh,
       coalesce(r.short, 0) AS short, coalesce(r.damaged, 0) AS damaged,
       coalesce(r.amount_fen, 0) AS refused_fen
FROM dispatch d
JOIN dispatch_line t ON t.dispatch_id = d.id
JOIN order_line n ON n.id = t.order_line_id
JOIN product p ON p.id = n.product_id
LEFT JOIN dispatch_refusal r ON r.dispatch_id = t.dispatch_id AND r.line = t.line;

CREATE VIEW v_run AS
SELECT u.id, u.number, u.vehicle, u.driver, u.loaded_by, u.on_day,
       count(d.id) AS slips,
       sum(CASE WHEN d.state = 'loaded' THEN 1 ELSE 0 END) AS unsigned_slips,
       sum(CASE WHEN d.state = 'signed' THEN 1 ELSE 0 END) AS copies_out,
       min(CASE WHEN d.state = 'signed' THEN d.signed_on END) AS oldest_signed_on
FROM vehicle_run u
JOIN dispatch d ON d.run_id = u.id
GROUP BY u.id, u.number, u.vehicle, u.driver, u.loaded_by, u.on_day;

CREATE VIEW v_part AS
SELECT n.number, n.code, n.quantity, o.state, coalesce(s.on_slips, 0) AS on_slips,
       coalesce(s.unloaded, 0) AS unloaded, coalesce(s.unsigned_, 0) AS unsigned_,
       coalesce(s.refused, 0) AS refused, coalesce(c.cut, 0) AS cut,
       EXISTS (SELECT 1 FROM dispatch r WHERE r.order_id = o.id AND r.rest = 'released')
           AS released
FROM v_order_line n
JOIN sales_order o ON o.id = n.order_id
LEFT JOIN (SELECT t.order_line_id, sum(t.quantity) AS on_slips,
                  sum(CASE WHEN t.state = 'issued' THEN t.quantity ELSE 0 END) AS unloaded,
                  sum(CASE WHEN t.signed_on IS NULL THEN t.quantity ELSE 0 END) AS unsigned_,
                  sum(t.short + t.damaged) AS refused
           FROM v_dispatch_line t WHERE t.state <> 'void' GROUP BY t.order_line_id) s
    ON s.order_line_id = n.line_id
LEFT JOIN (SELECT order_id, line, sum(quantity) AS cut FROM dispatch_cut GROUP BY order_id, line) c
    ON c.order_id = n.order_id AND c.line = n.line;
