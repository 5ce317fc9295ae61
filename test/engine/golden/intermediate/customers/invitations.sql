-- trino
WITH settings AS (SELECT as_of_on
FROM config.settings), events AS (SELECT events.event_id, events.held_on
FROM staging.events
CROSS JOIN settings
WHERE events.held_on <= settings.as_of_on), invitations AS (SELECT event_id, customer_id, attended
FROM staging.event_invitations), invitations_held AS (SELECT invitations.event_id, invitations.customer_id, events.held_on, invitations.attended
FROM invitations
INNER JOIN events ON events.event_id = invitations.event_id)
SELECT *
FROM invitations_held

-- spark
WITH settings AS (SELECT as_of_on
FROM config.settings), events AS (SELECT events.event_id, events.held_on
FROM staging.events
CROSS JOIN settings
WHERE events.held_on <= settings.as_of_on), invitations AS (SELECT event_id, customer_id, attended
FROM staging.event_invitations), invitations_held AS (SELECT invitations.event_id, invitations.customer_id, events.held_on, invitations.attended
FROM invitations
INNER JOIN events ON events.event_id = invitations.event_id)
SELECT *
FROM invitations_held
