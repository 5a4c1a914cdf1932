-- Every step of an order beside the step that it rests on; business days beside business days,
-- moments beside moments (UTC). The night proves that none is dated before the other.

CREATE VIEW v_step AS
SELECT p.document AS number, p.document AS subject, 'printed' AS step, p.on_day AS stamp,
       'made' AS rests_on, o.on_day AS since
FROM paper_event p JOIN sales_order o ON o.number = p.document
WHERE p.step = 1
UNION ALL
SELECT coalesce(o.number, y.order_number, d.order_number, p.document) AS number,
       p.document AS subject, p.event AS step, p.on_day AS stamp,
       q.event AS rests_on, q.on_day AS since
FROM paper_event p
JOIN paper_event q ON q.document = p.document AND q.kind = p.kind AND q.copy_name = p.copy_name
 AND q.step = p.step - 1
LEFT JOIN sales_order o ON o.number = p.document
LEFT JOIN v_payment y ON y.number = p.document
LEFT JOIN v_dispatch d ON d.number = p.document
UNION ALL
SELECT o.number, p.document AS subject, 'photocopied' AS step, p.on_day AS stamp,
       'received' AS rests_on, min(a.on_day) AS since
FROM paper_event p JOIN sales_order o ON o.number = p.document
JOIN payment_allocation a ON a.order_id = o.id AND a.kind = 'deposit' AND +a.reverses IS NULL
WHERE p.copy_name = 'photocopy' AND p.step = 1
GROUP BY o.number, p.document, p.on_day
UNION ALL
SELECT y.order_number AS number, p.document AS subject, 'printed' AS step, p.on_day AS stamp,
       'received' AS rests_on, y.on_day AS since
FROM paper_event p JOIN v_payment y ON y.number = p.document
WHERE p.step = 1
UNION ALL
SELECT d.order_number AS number, p.document AS subject, 'printed' AS step, p.on_day AS stamp,
       'issued' AS rests_on, d.on_day AS since
FROM paper_event p JOIN v_dispatch d ON d.number = p.document
WHERE p.step = 1
UNION ALL
SELECT o.number, y.number AS subject, 'allocated' AS step, a.on_day AS stamp,
       'made' AS rests_on, o.on_day AS since
FROM payment_allocation a JOIN payment y ON y.id = a.payment_id
JOIN sales_order o ON o.id = a.order_id
UNION ALL
SELECT o.number, y.number AS subject, 'allocated' AS step, a.on_day AS stamp,
       'received' AS rests_on, y.on_day AS since
FROM payment_allocation a JOIN payment y ON y.id = a.payment_id
JOIN sales_order o ON o.id = a.order_id
UNION ALL
SELECT o.number, y.number AS subject, 'taken_away' AS step, a.on_day AS stamp,
       'allocated' AS rests_on, b.on_day AS since
FROM payment_allocation a JOIN payment_allocation b ON b.id = a.reverses
JOIN payment y ON y.id = a.payment_id JOIN sales_order o ON o.id = a.order_id
UNION ALL
SELECT y.order_number AS number, y.number AS subject, 'taken_back' AS step,
       y.taken_back_on AS stamp, 'received' AS rests_on, y.on_day AS since
FROM v_payment y WHERE y.taken_back_on IS NOT NULL
UNION ALL
SELECT y.order_number AS number, y.number AS subject, 'verified' AS step, y.verified_at AS stamp,
       'received' AS rests_on, y.at AS since
FROM v_payment y WHERE y.verified_at IS NOT NULL
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'issued' AS step, d.on_day AS stamp,
       'made' AS rests_on, o.on_day AS since
FROM v_dispatch d JOIN sales_order o ON o.id = d.order_id
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'issued' AS step, d.on_day AS stamp,
       'received' AS rests_on, a.on_day AS since
FROM v_dispatch d JOIN v_allocation a ON a.order_id = d.order_id
JOIN sales_order o ON o.id = d.order_id
WHERE o.payment_terms NOT IN ('credit', 'monthly')
-- What is kept of an order is paid anew by the rest of its money when goods have come back.
AND NOT EXISTS (SELECT 1 FROM goods_return g WHERE g.order_id = o.id AND g.settled_on <= a.on_day)
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'issued' AS step, d.on_day AS stamp,
       'printed' AS rests_on, p.on_day AS since
FROM v_dispatch d JOIN paper_event p ON p.document = d.order_number AND p.kind = 'order_form'
 AND p.step = 1
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'loaded' AS step, d.loaded_on AS stamp,
       'issued' AS rests_on, d.on_day AS since
FROM v_dispatch d WHERE d.loaded_on IS NOT NULL
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'signed' AS step, d.signed_on AS stamp,
       'loaded' AS rests_on, d.loaded_on AS since
FROM v_dispatch d WHERE d.signed_on IS NOT NULL
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'archived' AS step, d.archived_on AS stamp,
       'signed' AS rests_on, d.signed_on AS since
FROM v_dispatch d WHERE d.archived_on IS NOT NULL
UNION ALL
SELECT d.order_number AS number, d.number AS subject, 'counted' AS step, c.at AS stamp,
       'issued' AS rests_on, s.at AS since
FROM dispatch_count c JOIN dispatch s ON s.id = c.dispatch_id JOIN v_dispatch d ON d.id = s.id
UNION ALL
SELECT o.number, o.number AS subject, 'reviewed' AS step, r.at AS stamp,
       'made' AS rests_on, o.at AS since
FROM order_review r JOIN sales_order o ON o.id = r.order_id
UNION ALL
SELECT o.number, y.number AS subject, 'allocated' AS step, a.at AS stamp,
       'reviewed' AS rests_on, r.at AS since
FROM v_allocation a JOIN payment y ON y.id = a.payment_id
JOIN sales_order o ON o.id = a.order_id
JOIN order_review r ON r.order_id = o.id AND r.revision = o.revision
-- Money that is carried over from another order was reviewed with that one.
WHERE a.id = (SELECT min(x.id) FROM payment_allocation x WHERE x.payment_id = a.payment_id)
UNION ALL
SELECT o.number, g.number AS subject, 'asked' AS step, g.on_day AS stamp,
       'signed' AS rests_on, d.signed_on AS since
FROM goods_return g JOIN dispatch d ON d.id = g.dispatch_id JOIN sales_order o ON o.id = g.order_id
WHERE g.origin = 'customer'
UNION ALL
SELECT o.number, g.number AS subject, 'back' AS step, g.received_on AS stamp,
       'asked' AS rests_on, g.on_day AS since
FROM goods_return g JOIN sales_order o ON o.id = g.order_id
WHERE g.received_on IS NOT NULL
UNION ALL
SELECT o.number, g.number AS subject, 'settled' AS step, g.settled_on AS stamp,
       'back' AS rests_on, g.received_on AS since
FROM goods_return g JOIN sales_order o ON o.id = g.order_id
WHERE g.settled_on IS NOT NULL
UNION ALL
SELECT a.subject AS number, a.number AS subject, 'approved' AS step, s.at AS stamp,
       'asked' AS rests_on, a.at AS since
FROM approval_signature s JOIN approval a ON a.id = s.approval_id
WHERE s.carried_from = '';
