-- Campaigns with how far their lists are, owners with their calls, and cash deposits.

CREATE VIEW v_campaign_owner AS
SELECT o.id, o.number, o.campaign_id, c.number AS campaign, o.name, o.phone, o.channel, o.time,
       o.state, o.arrived_on, o.souvenir_on, o.registered_by, o.on_day, o.at,
       (SELECT min(k.on_day) FROM campaign_call k
        WHERE k.owner_id = o.id AND k.about = 'event') AS called_on,
       (SELECT max(k.on_day) FROM campaign_call k
        WHERE k.owner_id = o.id AND k.about = 'today') AS notified_on,
       (SELECT max(k.on_day) FROM campaign_call k
        WHERE k.owner_id = o.id AND k.about = 'absent') AS recalled_on,
       (SELECT coalesce(sum(d.amount_fen), 0) FROM campaign_deposit d
        WHERE d.owner_id = o.id) AS deposit_fen
FROM campaign_owner o
JOIN campaign c ON c.id = o.campaign_id;

CREATE VIEW v_campaign AS
SELECT c.id, c.number, c.name, c.name AS customer_name, c.event_day, c.event_day AS need_by,
       c.state, c.end_reason, c.prepared_by, c.policy_set, c.policy_version, c.on_day, c.at,
       (SELECT count(*) FROM campaign_owner o WHERE o.campaign_id = c.id) AS owners,
       (SELECT count(*) FROM v_campaign_owner o
        WHERE o.campaign_id = c.id AND o.called_on IS NOT NULL) AS called,
       (SELECT count(*) FROM campaign_owner o
        WHERE o.campaign_id = c.id AND o.state = 'arrived') AS arrived,
       (SELECT count(*) FROM campaign_owner o
        WHERE o.campaign_id = c.id AND o.state IN ('absent', 'recalled')) AS absent,
       (SELECT count(*) FROM campaign_owner o
        WHERE o.campaign_id = c.id AND o.souvenir_on IS NOT NULL) AS souvenirs,
       (SELECT coalesce(sum(o.deposit_fen), 0) FROM v_campaign_owner o
        WHERE o.campaign_id = c.id) AS deposit_fen
FROM campaign c;
