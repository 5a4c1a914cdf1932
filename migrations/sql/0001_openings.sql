-- Opening balances: each with what became of it, and the sheets that they stand on.

CREATE VIEW v_opening_sheet AS
SELECT s.id, s.number, s.source, s.proposed_by, s.proposed_by AS prepared_by, '' AS customer_name,
       s.policy_set, s.policy_version, s.on_day, s.at,
       (SELECT count(*) FROM opening_line l WHERE l.opening_sheet_id = s.id) AS lines,
       coalesce(d.verdict, 'waiting') AS state, coalesce(d.staff, '') AS decided_by,
       d.on_day AS decided_on, coalesce(d.reason, '') AS decision
FROM opening_sheet s
LEFT JOIN opening_decision d ON d.opening_sheet_id = s.id;

CREATE VIEW v_opening_line AS
SELECT l.id, l.number, l.opening_sheet_id, s.number AS sheet, s.state, s.decided_on, l.line, l.kind,
       l.customer_id, coalesce(c.number, '') AS customer, coalesce(c.name, '') AS customer_name,
       l.contract_id, coalesce(t.number, '') AS contract, l.amount_fen, l.method, l.reference,
       l.since, l.due_on, l.note, coalesce(b.document, '') AS document,
       CASE WHEN l.kind = 'owed' AND s.state = 'confirmed' THEN l.amount_fen
            - (SELECT coalesce(sum(x.amount_fen), 0) FROM opening_settlement x
               WHERE x.opening_line_id = l.id) ELSE 0 END AS open_fen
FROM opening_line l
JOIN v_opening_sheet s ON s.id = l.opening_sheet_id
LEFT JOIN customer c ON c.id = l.customer_id
LEFT JOIN contract t ON t.id = l.contract_id
LEFT JOIN opening_booking b ON b.opening_line_id = l.id;
