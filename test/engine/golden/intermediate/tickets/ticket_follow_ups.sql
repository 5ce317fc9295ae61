-- trino
WITH settings AS (SELECT as_of
FROM config.settings), naming AS (SELECT tickets.previous_ticket_id, tickets.customer_id, tickets.created_at
FROM staging.tickets
CROSS JOIN settings
WHERE NOT tickets.previous_ticket_id IS NULL AND COALESCE(tickets.created_at < settings.as_of, FALSE)), resolved AS (SELECT tickets.ticket_id, tickets.customer_id, tickets.resolved_at
FROM staging.tickets
CROSS JOIN settings
WHERE COALESCE(tickets.resolved_at < settings.as_of, FALSE)), follow_ups AS (SELECT resolved.ticket_id, MIN(cast(round(to_unixtime(naming.created_at) * 1000000) as bigint) - cast(round(to_unixtime(resolved.resolved_at) * 1000000) as bigint)) AS follow_up_microseconds, MIN(CASE WHEN naming.customer_id = resolved.customer_id THEN cast(round(to_unixtime(naming.created_at) * 1000000) as bigint) - cast(round(to_unixtime(resolved.resolved_at) * 1000000) as bigint) END) AS recontact_microseconds
FROM naming
INNER JOIN resolved ON resolved.ticket_id = naming.previous_ticket_id AND resolved.resolved_at < naming.created_at
GROUP BY resolved.ticket_id)
SELECT *
FROM follow_ups

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), naming AS (SELECT tickets.previous_ticket_id, tickets.customer_id, tickets.created_at
FROM staging.tickets
CROSS JOIN settings
WHERE NOT tickets.previous_ticket_id IS NULL AND COALESCE(tickets.created_at < settings.as_of, FALSE)), resolved AS (SELECT tickets.ticket_id, tickets.customer_id, tickets.resolved_at
FROM staging.tickets
CROSS JOIN settings
WHERE COALESCE(tickets.resolved_at < settings.as_of, FALSE)), follow_ups AS (SELECT resolved.ticket_id, MIN(unix_micros(naming.created_at) - unix_micros(resolved.resolved_at)) AS follow_up_microseconds, MIN(CASE WHEN naming.customer_id = resolved.customer_id THEN unix_micros(naming.created_at) - unix_micros(resolved.resolved_at) END) AS recontact_microseconds
FROM naming
INNER JOIN resolved ON resolved.ticket_id = naming.previous_ticket_id AND resolved.resolved_at < naming.created_at
GROUP BY resolved.ticket_id)
SELECT *
FROM follow_ups
