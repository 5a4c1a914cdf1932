-- With whom every copy of every form is, since when, and whether its document is void.

CREATE VIEW v_custody AS
SELECT p.document, p.kind, p.copy_name, p.event, p.holder, p.by, p.reason, p.on_day, p.at,
       p.first_id, p.reprints,
       CASE p.kind
       WHEN 'order_form' THEN EXISTS (SELECT 1 FROM sales_order d WHERE d.number = p.document
                                      AND d.state IN ('collecting', 'voided'))
       WHEN 'receipt' THEN EXISTS (SELECT 1 FROM payment d WHERE d.number = p.document
                                   AND d.state IN ('reversed', 'bounced', 'withdrawn'))
       WHEN 'refund_slip' THEN EXISTS (SELECT 1 FROM refund d WHERE d.number = p.document
                                       AND d.state = 'dropped')
       WHEN 'slip' THEN EXISTS (SELECT 1 FROM dispatch d WHERE d.number = p.document
                                AND d.state = 'void')
       WHEN 'contract' THEN EXISTS (SELECT 1 FROM contract d WHERE d.number = p.document
                                    AND d.state = 'voided')
       WHEN 'statement' THEN EXISTS (SELECT 1 FROM statement d WHERE d.number = p.document
                                     AND d.state = 'withdrawn')
       ELSE FALSE END AS void
FROM v_paper p;
