-- Cheques with the money that they are meant to be: a payment of the retail desk, or an item that is
-- settled at the hypermarket's finance window.

CREATE VIEW v_cheque AS
SELECT q.id, q.number, q.state, coalesce(y.number, '') AS payment, coalesce(t.number, '') AS item,
       coalesce(t.document, '') AS document, c.id AS customer_id, c.number AS customer,
       c.name AS customer_name, coalesce(y.amount_fen, t.amount_fen) AS amount_fen, q.cheque_number, q.bank, q.drawer, q.issued_on,
       q.taken_by, q.told_by, q.checked_by, q.specimen, q.presented_on, q.cleared_by,
       q.cleared_on, q.bank_reference, q.end_reason, q.on_day, q.at
FROM cheque q
LEFT JOIN payment y ON y.id = q.payment_id
LEFT JOIN taking t ON t.id = q.taking_id
JOIN customer c ON c.id = coalesce(y.customer_id, t.customer_id);
