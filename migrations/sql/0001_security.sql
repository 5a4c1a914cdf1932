-- Security deposits with their contracts, and what is picked up under contracts by the month.

CREATE VIEW v_security AS
SELECT s.id, s.number, s.contract_id, k.number AS contract, k.customer_id, c.number AS customer,
       c.name AS customer_name, s.amount_fen, s.method, s.reference, s.payer, s.state,
       s.received_by, s.verified_by, s.verified_at, s.returned_by, s.returned_on,
       s.returned_reference, s.return_reason, s.on_day
FROM security_deposit s
JOIN contract k ON k.id = s.contract_id
JOIN customer c ON c.id = k.customer_id;

CREATE VIEW v_pickup AS
SELECT d.customer_id, d.order_id, d.order_number, d.number AS document, d.loaded_on AS day,
       d.amount_fen - d.refused_fen AS amount_fen
FROM v_dispatch d
WHERE d.payment_terms = 'monthly' AND d.state <> 'void';

-- A-46: what came back counts in the month in which it came, whenever it was settled.
CREATE VIEW v_pickup_back AS
SELECT o.customer_id, o.id AS order_id, o.number AS order_number, g.number AS document,
       coalesce(g.received_on, k.on_day) AS day, sum(k.amount_fen) AS amount_fen
FROM return_credit k
JOIN goods_return g ON g.id = k.return_id
JOIN sales_order o ON o.id = g.order_id
WHERE o.payment_terms = 'monthly'
GROUP BY o.customer_id, o.id, o.number, g.number, coalesce(g.received_on, k.on_day);
