-- Roles as they are held now: given, and not ended.

CREATE VIEW v_staff_role AS
SELECT r.id, r.staff_id, s.code AS staff, r.role, r.turn, r.granted_by, r.at
FROM staff_role r
JOIN staff s ON s.id = r.staff_id
WHERE NOT EXISTS (SELECT 1 FROM staff_role_end e WHERE e.staff_role_id = r.id);
