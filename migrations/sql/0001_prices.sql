-- Proposed prices: each with what became of it, and the sheets that they stand on.

CREATE VIEW v_price_line AS
SELECT l.id, l.price_sheet_id, s.number, l.product_id, p.code, p.name, p.spec, p.unit,
       l.old_cost_fen, l.old_list_price_fen, l.cost_fen, l.list_price_fen,
       CASE WHEN d.verdict IS NOT NULL THEN d.verdict
            WHEN EXISTS (SELECT 1 FROM price_sheet_line x
                         WHERE x.product_id = l.product_id AND x.id > l.id) THEN 'superseded'
            ELSE 'waiting' END AS state,
       coalesce(d.staff, '') AS decided_by, d.on_day AS decided_on,
       coalesce(d.reason, '') AS decision
FROM price_sheet_line l
JOIN price_sheet s ON s.id = l.price_sheet_id
JOIN product p ON p.id = l.product_id
LEFT JOIN price_decision d ON d.price_sheet_line_id = l.id;

CREATE VIEW v_price_sheet AS
SELECT s.id, s.number, s.source, s.reason, s.proposed_by, s.proposed_by AS prepared_by,
       '' AS customer_name, s.policy_set, s.policy_version, s.on_day, s.at,
       (SELECT count(*) FROM v_price_line l WHERE l.price_sheet_id = s.id) AS prices,
       (SELECT count(*) FROM v_price_line l WHERE l.price_sheet_id = s.id AND l.state = 'waiting')
           AS waiting,
       CASE WHEN EXISTS (SELECT 1 FROM v_price_line l
                         WHERE l.price_sheet_id = s.id AND l.state = 'waiting') THEN 'waiting'
            WHEN EXISTS (SELECT 1 FROM v_price_line l
                         WHERE l.price_sheet_id = s.id AND l.state = 'confirmed') THEN 'confirmed'
            WHEN EXISTS (SELECT 1 FROM v_price_line l
                         WHERE l.price_sheet_id = s.id AND l.state = 'rejected') THEN 'rejected'
            ELSE 'superseded' END AS state
FROM price_sheet s;
