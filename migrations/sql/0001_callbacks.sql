-- Calls to customers after a delivery: those that were made, and those that are owed.

CREATE VIEW v_callback AS
SELECT b.id, b.number, b.order_id, o.number AS order_number, c.number AS customer,
       c.name AS customer_name, b.result, b.said, b.need, coalesce(q.number, '') AS inquiry,
       b.again_on, b.called_by, b.on_day, b.at
FROM callback b
JOIN sales_order o ON o.id = b.order_id
JOIN customer c ON c.id = o.customer_id
LEFT JOIN inquiry q ON q.id = b.inquiry_id;

CREATE VIEW v_call_owed AS
SELECT t.order_id, t.number, t.customer, t.customer_name, t.delivered_on,
       coalesce(b.result, '') AS last, b.again_on
FROM (SELECT o.id AS order_id, o.number, c.number AS customer, c.name AS customer_name,
             max(d.signed_on) AS delivered_on,
             (SELECT max(x.id) FROM callback x WHERE x.order_id = o.id) AS last_id
      FROM sales_order o
      JOIN customer c ON c.id = o.customer_id
      JOIN dispatch d ON d.order_id = o.id AND d.signed_on IS NOT NULL
      WHERE o.state IN ('delivered', 'closed')
      GROUP BY o.id, o.number, c.number, c.name) t
LEFT JOIN callback b ON b.id = t.last_id
WHERE b.id IS NULL OR b.again_on IS NOT NULL;
