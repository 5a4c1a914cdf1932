-- Refunds with the money that they are of, the order that it was for, and their request.

CREATE VIEW v_refund AS
SELECT r.id, r.number, r.payment_id, y.number AS payment, y.state AS payment_state, y.method,
       y.reference AS payment_reference, y.payer, r.order_id,
       coalesce(o.number, '') AS order_number, y.customer_id, c.number AS customer,
       c.name AS customer_name, r.amount_fen, r.reason, r.cancellation, r.state, r.requested_by,
       r.requested_by AS prepared_by, r.policy_set, r.policy_version,
       coalesce(r.reference, '') AS reference, r.paid_by, r.paid_on, r.on_day, r.at,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM refund r
JOIN payment y ON y.id = r.payment_id
JOIN customer c ON c.id = y.customer_id
LEFT JOIN sales_order o ON o.id = r.order_id
LEFT JOIN approval a ON a.subject = r.number;
