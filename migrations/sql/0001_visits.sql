-- The visit register with the customer's file, and the last word with every customer on file.

CREATE VIEW v_visit AS
SELECT v.id, v.number, v.state, v.customer_id, coalesce(c.number, '') AS customer,
       CASE WHEN c.id IS NULL THEN v.name ELSE c.name END AS customer_name, v.name, v.contact,
       v.phone, v.area, coalesce(c.area, '') AS file_area, c.filed_on AS file_on, v.source,
       v.purpose, v.content, v.planned_on, v.visited_on, v.visitor, v.prepared_by, v.filed_by,
       v.drop_reason, v.policy_set, v.policy_version, v.on_day, v.at,
       coalesce(v.visited_on, v.planned_on) AS need_by,
       EXISTS (SELECT 1 FROM customer_call k WHERE k.visit_id = v.id
               OR k.customer_id = v.customer_id) AS called
FROM visit v
LEFT JOIN customer c ON c.id = v.customer_id;

CREATE VIEW v_customer_word AS
SELECT w.customer_id, max(w.day) AS last_day
FROM (SELECT id AS customer_id, filed_on AS day FROM customer
      UNION ALL
      SELECT customer_id, on_day AS day FROM customer_call WHERE customer_id IS NOT NULL
      UNION ALL
      SELECT customer_id, visited_on AS day FROM visit
      WHERE customer_id IS NOT NULL AND visited_on IS NOT NULL) w
GROUP BY w.customer_id;
