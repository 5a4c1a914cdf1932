-- Policies: changes with the request that asks for their approval, and every version of every set.

CREATE VIEW v_policy_change AS
SELECT c.id, c.number, c.state, c.policy_set, c.base_version, c.from_day, c.body, c.reason,
       c.version, c.proposed_by, c.on_day, c.at,
       c.base_version AS policy_version, c.proposed_by AS prepared_by, '' AS customer_name,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM policy_change c
LEFT JOIN approval a ON a.subject = c.number AND a.revision = 1;

CREATE VIEW v_policy AS
SELECT p.policy_set, p.version, p.effective_from, p.set_by, p.at, p.reason, p.body,
       coalesce(c.number, '') AS change, coalesce(c.proposed_by, '') AS proposed_by
FROM policy p
LEFT JOIN policy_change c ON c.policy_set = p.policy_set AND c.version = p.version;
