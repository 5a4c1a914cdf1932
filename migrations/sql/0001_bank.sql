-- Bank statements: matches that stand, and how much of each line is used.

CREATE VIEW v_bank_match AS
SELECT m.id, m.bank_line_id, m.payment_id, m.how, m.line_fen, m.payment_fen, m.fee_fen, m.score,
       m.reason, m.by, m.at
FROM bank_match m
-- The sign keeps SQLite from the unique index of the column, in which all that stands is alike.
WHERE +m.reverses_id IS NULL
AND NOT EXISTS (SELECT 1 FROM bank_match r WHERE r.reverses_id = m.id);

CREATE VIEW v_bank_line AS
SELECT b.id, b.number, b.channel, b.profile, b.account, b.reference, b.day, b.summary,
       b.counterparty, b.counterparty_account, b.received_fen, b.paid_fen, b.fee_fen, b.batch, b.at,
       coalesce((SELECT sum(m.line_fen) FROM v_bank_match m WHERE m.bank_line_id = b.id), 0)
           AS used_fen
FROM bank_line b;
