-- Applications of key accounts, contracts, and the files that documents refer to.

CREATE VIEW v_attachment AS
SELECT f.digest, f.document, f.about, f.name, f.size, f.by, f.at
FROM attachment f
UNION ALL
SELECT g.attachment AS digest, g.number AS document, '' AS about, g.document AS name,
       NULL AS size, g.delegator AS by, g.at
FROM delegation g
WHERE g.attachment <> '';

CREATE VIEW v_business AS
SELECT y.customer_id, y.number, y.on_day AS day
FROM payment y
WHERE y.state IN ('received', 'verified')
UNION ALL
SELECT o.customer_id, d.number, d.loaded_on AS day
FROM dispatch d
JOIN sales_order o ON o.id = d.order_id
WHERE d.loaded_on IS NOT NULL;

CREATE VIEW v_contract AS
SELECT k.id, k.number, k.kind, k.state, k.revision, k.asked_revision, k.customer_id,
       c.number AS customer, c.name AS customer_name, v.amount_fen, v.floor_price_fen,
       v.from_day, v.to_day, v.delivery_on, v.statement_day, v.due_day, v.terms, v.service, v.prices, v.mode, v.rights,
       k.prepared_by, k.policy_set, k.policy_version, k.on_day, k.submitted_on, k.end_reason,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '') AS route,
       coalesce(f.reference, '') AS filing, coalesce(f.by, '') AS filed_by, f.on_day AS filed_on,
       coalesce(e.decision, '') AS evaluation, coalesce(n.status, '') AS negotiation, c.nature,
       (SELECT coalesce(sum(s.amount_fen), 0) FROM security_deposit s
        WHERE s.contract_id = k.id AND s.state = 'verified') AS security_fen
FROM contract k
JOIN customer c ON c.id = k.customer_id
JOIN contract_version v ON v.contract_id = k.id AND v.revision = k.revision
LEFT JOIN approval a ON a.subject = k.number AND a.revision = k.revision
LEFT JOIN contract_filing f
       ON f.id = (SELECT max(x.id) FROM contract_filing x
                  WHERE x.contract_id = k.id AND x.revision >= k.asked_revision)
LEFT JOIN customer_evaluation e
       ON e.id = (SELECT max(x.id) FROM customer_evaluation x WHERE x.customer_id = k.customer_id)
LEFT JOIN negotiation n
       ON n.id = (SELECT max(x.id) FROM negotiation x WHERE x.customer_id = k.customer_id);

CREATE VIEW v_ka_application AS
SELECT a.id, a.number, a.state, a.customer_id, c.number AS customer, c.name AS customer_name,
       c.uscc, a.office, a.amount_fen, a.tie_up_fen, a.policy_set, a.policy_version, a.opened_by,
       a.on_day, coalesce(g.grade, '') AS grade,
       coalesce((SELECT e.by FROM ka_application_event e WHERE e.application_id = a.id
                 AND e.verb = 'submit' ORDER BY e.step DESC LIMIT 1), '') AS submitted_by,
       (SELECT count(*) FROM v_business b WHERE b.customer_id = a.customer_id) AS business,
       coalesce((SELECT min(k.number) FROM v_contract k WHERE k.customer_id = a.customer_id
                 AND k.approval_state = 'approved' AND k.state IN ('submitted', 'executing')), '')
           AS contract
FROM ka_application a
JOIN customer c ON c.id = a.customer_id
LEFT JOIN credit_grade g
       ON g.id = (SELECT max(x.id) FROM credit_grade x WHERE x.customer_id = a.customer_id);
