-- What each customer had and paid, out of the books: above zero is owed by it, below is held for it.

CREATE VIEW v_document_customer AS
SELECT y.number AS document, y.customer_id FROM payment y
UNION ALL
SELECT d.number AS document, o.customer_id FROM dispatch d JOIN sales_order o ON o.id = d.order_id
UNION ALL
SELECT f.number AS document, y.customer_id FROM refund f JOIN payment y ON y.id = f.payment_id
UNION ALL
SELECT g.number AS document, o.customer_id FROM goods_return g
JOIN sales_order o ON o.id = g.order_id
UNION ALL
SELECT l.number AS document, l.customer_id FROM opening_line l WHERE l.kind = 'owed';

CREATE VIEW v_customer_movement AS
SELECT w.customer_id, e.id AS entry_id, e.on_day AS day, e.document,
       sum(s.debit_fen - s.credit_fen) AS change_fen
FROM v_account_side s
JOIN journal_entry e ON e.id = s.entry_id
JOIN v_document_customer w ON w.document = e.document
WHERE s.account IN ('1122', '2203')
GROUP BY w.customer_id, e.id, e.on_day, e.document
HAVING sum(s.debit_fen - s.credit_fen) <> 0;

CREATE VIEW v_statement AS
SELECT t.id, t.number, t.state, t.customer_id, c.number AS customer, c.name AS customer_name,
       t.from_day, t.to_day, t.follows, t.last_entry, t.opening_fen, t.closing_fen, t.made_by,
       t.signed_for_customer, t.signed_for_us, t.sealed, t.their_balance_fen, t.difference,
       t.answered_on, t.on_day, t.at
FROM statement t
JOIN customer c ON c.id = t.customer_id;
