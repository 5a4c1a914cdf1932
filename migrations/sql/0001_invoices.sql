-- Tax invoices with their orders, and the register of what was issued, red letters below nothing.

CREATE VIEW v_invoice AS
SELECT i.id, i.number, i.state, i.kind, i.order_id, o.number AS order_number, c.number AS customer,
       c.name AS customer_name, i.title, i.tax_number, i.content, i.amount_fen, i.asked_by,
       i.agreed_by, i.agreed_with, i.agreed_on, coalesce(i.invoice_no, '') AS invoice_no,
       i.issued_by, i.issued_on, coalesce(r.invoice_no, '') AS red_no,
       coalesce(r.reason, '') AS red_reason, coalesce(r.issued_by, '') AS red_by,
       r.on_day AS red_on, i.end_reason, i.on_day, i.at
FROM invoice i
JOIN sales_order o ON o.id = i.order_id
JOIN customer c ON c.id = o.customer_id
LEFT JOIN invoice_reversal r ON r.invoice_id = i.id;

CREATE VIEW v_invoice_register AS
SELECT i.invoice_no, i.issued_on AS day, i.number, i.kind, i.order_number, i.customer,
       i.customer_name, i.title, i.tax_number, i.amount_fen, '' AS reverses, i.issued_by
FROM v_invoice i
WHERE i.invoice_no <> ''
UNION ALL
SELECT i.red_no AS invoice_no, i.red_on AS day, i.number, i.kind, i.order_number, i.customer,
       i.customer_name, i.title, i.tax_number, -i.amount_fen AS amount_fen,
       i.invoice_no AS reverses, i.red_by AS issued_by
FROM v_invoice i
WHERE i.red_no <> '';
