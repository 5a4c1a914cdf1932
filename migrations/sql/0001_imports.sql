CREATE VIEW v_import AS
SELECT b.id, b.number, b.kind, b.file_name, b.rows, b.at, b.by,
       CASE WHEN u.id IS NULL THEN 0 ELSE 1 END AS undone, coalesce(u.reason, '') AS undone_because
FROM import_batch b
LEFT JOIN import_undo u ON u.batch = b.number;
