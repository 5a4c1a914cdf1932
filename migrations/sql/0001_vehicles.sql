-- Vehicles booked for orders; `counts` is the last booking of an order that is not void.
-- A word before the day before the delivery is no reminder (GPA-VEH-02).

CREATE VIEW v_vehicle_booking AS
SELECT b.id, b.order_id, o.number AS order_number, o.state AS order_state, o.customer_id,
       c.name AS customer_name, o.address, o.policy_set, o.policy_version, b.for_day, b.vehicle,
       b.told, b.staff AS prepared_by, b.on_day, b.at,
       NOT EXISTS (SELECT 1 FROM vehicle_booking x WHERE x.order_id = b.order_id AND x.id > b.id)
           AND o.state NOT IN ('collecting', 'voided') AS counts,
       (SELECT min(w.on_day) FROM vehicle_word w
        WHERE w.booking_id = b.id AND w.kind = 'reminded'
          AND w.on_day >= date(b.for_day, '-1 day')) AS reminded_on,
       (SELECT max(w.on_day) FROM vehicle_word w
        WHERE w.booking_id = b.id AND w.kind = 'followed' AND w.on_day >= b.for_day) AS followed_on
FROM vehicle_booking b
JOIN sales_order o ON o.id = b.order_id
JOIN customer c ON c.id = o.customer_id;
