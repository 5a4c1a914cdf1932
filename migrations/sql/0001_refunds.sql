-- Refunds with the money that they are of, what it was for, and their request: a payment that was for
-- an order, or money settled at the finance window for cards or goods.

CREATE VIEW v_refund AS
SELECT r.id, r.number, r.payment_id, r.taking_id, coalesce(t.kind, '') AS kind,
       coalesce(y.number, t.number) AS payment,
       CASE WHEN t.id IS NULL THEN y.state WHEN t.state = 'settled' THEN 'verified'
            ELSE t.state END AS payment_state,
       CASE WHEN t.id IS NULL THEN y.method WHEN t.funds IN ('ebank', 'wire') THEN 'transfer'
            ELSE t.funds END AS method,
       CASE WHEN t.id IS NULL THEN y.reference ELSE t.reference END AS payment_reference,
       coalesce(y.payer, c.name) AS payer, r.order_id,
       coalesce(o.number, t.document, '') AS order_number, c.id AS customer_id,
       c.number AS customer, c.name AS customer_name, r.amount_fen, r.reason, r.cancellation,
       r.state, r.requested_by, r.requested_by AS prepared_by, r.policy_set, r.policy_version,
       coalesce(r.reference, '') AS reference, r.paid_by, r.paid_on, r.on_day, r.at,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM refund r
LEFT JOIN payment y ON y.id = r.payment_id
LEFT JOIN taking t ON t.id = r.taking_id
JOIN customer c ON c.id = coalesce(y.customer_id, t.customer_id)
LEFT JOIN sales_order o ON o.id = r.order_id
LEFT JOIN approval a ON a.subject = r.number;
