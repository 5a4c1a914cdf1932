-- Cheques with the money that they are meant to be.

CREATE VIEW v_cheque AS
SELECT q.id, q.number, q.state, y.number AS payment, y.customer_id, c.number AS customer,
       c.name AS customer_name, y.amount_fen, q.cheque_number, q.bank, q.drawer, q.issued_on,
       q.taken_by, q.told_by, q.checked_by, q.specimen, q.presented_on, q.cleared_by,
       q.cleared_on, q.bank_reference, q.end_reason, q.on_day, q.at
FROM cheque q
JOIN payment y ON y.id = q.payment_id
JOIN customer c ON c.id = y.customer_id;
