-- Credit limits as proposed, with their approval.

CREATE VIEW v_credit_limit AS
SELECT m.id, m.number, m.customer_id, c.number AS customer, c.name AS customer_name, m.limit_fen,
       m.until_day, m.investigated_by, m.document, m.prepared_by, m.policy_set, m.policy_version,
       m.on_day, coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM credit_limit m
JOIN customer c ON c.id = m.customer_id
LEFT JOIN approval a ON a.subject = m.number;

CREATE VIEW v_guarantee AS
SELECT g.id, g.number, g.order_id, o.number AS order_number, o.customer_id, o.state AS order_state,
       g.guarantor, g.amount_fen, g.due_on, g.document, g.written_by, g.on_day,
       g.id = (SELECT max(x.id) FROM guarantee_letter x WHERE x.order_id = g.order_id) AS counts
FROM guarantee_letter g
JOIN sales_order o ON o.id = g.order_id;
