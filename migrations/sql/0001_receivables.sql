-- Delivered slips with the day on which their money is due, and the dunning letters.

CREATE VIEW v_receivable AS
SELECT t.order_id, t.number, t.customer_id, t.customer, t.customer_name, t.payment_terms, t.slip_id,
       t.slip, t.loaded_on, t.delivered_on, t.letter, t.total_fen, t.order_total_fen,
       CASE WHEN t.letter_due > t.delivered_on THEN t.letter_due ELSE t.delivered_on END AS due_on
FROM (SELECT o.id AS order_id, o.number, o.customer_id, o.customer, o.customer_name,
             o.payment_terms, d.id AS slip_id, d.number AS slip, d.loaded_on,
             d.signed_on AS delivered_on, d.amount_fen - d.refused_fen AS total_fen,
             o.total_fen AS order_total_fen,
             coalesce((SELECT g.number FROM v_guarantee g
                       WHERE g.order_id = o.id AND g.counts), '') AS letter,
             coalesce((SELECT g.due_on FROM v_guarantee g
                       WHERE g.order_id = o.id AND g.counts), d.signed_on) AS letter_due
      FROM v_order o
      JOIN v_dispatch d ON d.order_id = o.id
      WHERE d.signed_on IS NOT NULL) t;

CREATE VIEW v_dunning AS
SELECT u.id, u.number, u.customer_id, c.number AS customer, c.name AS customer_name, u.overdue_fen,
       u.owed_fen, u.pay_by, u.dunned_by, u.on_day, u.at,
       (SELECT count(*) FROM dunning_line n WHERE n.dunning_id = u.id) AS orders
FROM dunning u
JOIN customer c ON c.id = u.customer_id;
