-- What is in each box of a slip; `opened_on` where the box was opened again.

CREATE VIEW v_box AS
SELECT b.id, b.dispatch_id, b.box, b.place, b.sealed_by, b.on_day, b.at, n.line, p.code,
       p.barcode, p.name, p.spec, p.unit, p.scale, n.quantity,
       o.on_day AS opened_on, coalesce(o.reason, '') AS opened_why
FROM box b
JOIN box_line n ON n.box_id = b.id
JOIN dispatch_line t ON t.dispatch_id = b.dispatch_id AND t.line = n.line
JOIN order_line l ON l.id = t.order_line_id
JOIN product p ON p.id = l.product_id
LEFT JOIN box_opening o ON o.box_id = b.id;
