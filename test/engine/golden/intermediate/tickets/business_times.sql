-- trino
WITH settings AS (SELECT as_of, has_business_calendar
FROM config.settings), stretches AS (SELECT day_on, from_at, until_at, is_open, microseconds_before
FROM config.business_stretches), tickets AS (SELECT tickets.ticket_id, tickets.created_at, tickets.created_on, CASE WHEN tickets.first_response_at < settings.as_of THEN tickets.first_response_at END AS first_response_at, tickets.first_response_on, CASE WHEN tickets.resolved_at < settings.as_of THEN tickets.resolved_at END AS resolved_at, tickets.resolved_on
FROM staging.tickets
INNER JOIN settings ON settings.has_business_calendar AND tickets.created_at < settings.as_of), tickets_on_the_calendar AS (SELECT tickets.ticket_id, created.microseconds_before + CASE WHEN created.is_open THEN cast(round(to_unixtime(tickets.created_at) * 1000000) as bigint) - cast(round(to_unixtime(created.from_at) * 1000000) as bigint) ELSE 0 END AS created_microseconds, responded.microseconds_before + CASE WHEN responded.is_open THEN cast(round(to_unixtime(tickets.first_response_at) * 1000000) as bigint) - cast(round(to_unixtime(responded.from_at) * 1000000) as bigint) ELSE 0 END AS first_response_microseconds, resolved.microseconds_before + CASE WHEN resolved.is_open THEN cast(round(to_unixtime(tickets.resolved_at) * 1000000) as bigint) - cast(round(to_unixtime(resolved.from_at) * 1000000) as bigint) ELSE 0 END AS resolved_microseconds
FROM tickets
INNER JOIN stretches AS created ON created.day_on = tickets.created_on AND created.from_at <= tickets.created_at AND created.until_at > tickets.created_at
LEFT JOIN stretches AS responded ON responded.day_on = tickets.first_response_on AND responded.from_at <= tickets.first_response_at AND responded.until_at > tickets.first_response_at
LEFT JOIN stretches AS resolved ON resolved.day_on = tickets.resolved_on AND resolved.from_at <= tickets.resolved_at AND resolved.until_at > tickets.resolved_at)
SELECT *
FROM tickets_on_the_calendar

-- spark
WITH settings AS (SELECT as_of, has_business_calendar
FROM config.settings), stretches AS (SELECT day_on, from_at, until_at, is_open, microseconds_before
FROM config.business_stretches), tickets AS (SELECT tickets.ticket_id, tickets.created_at, tickets.created_on, CASE WHEN tickets.first_response_at < settings.as_of THEN tickets.first_response_at END AS first_response_at, tickets.first_response_on, CASE WHEN tickets.resolved_at < settings.as_of THEN tickets.resolved_at END AS resolved_at, tickets.resolved_on
FROM staging.tickets
INNER JOIN settings ON settings.has_business_calendar AND tickets.created_at < settings.as_of), tickets_on_the_calendar AS (SELECT tickets.ticket_id, created.microseconds_before + CASE WHEN created.is_open THEN unix_micros(tickets.created_at) - unix_micros(created.from_at) ELSE 0 END AS created_microseconds, responded.microseconds_before + CASE WHEN responded.is_open THEN unix_micros(tickets.first_response_at) - unix_micros(responded.from_at) ELSE 0 END AS first_response_microseconds, resolved.microseconds_before + CASE WHEN resolved.is_open THEN unix_micros(tickets.resolved_at) - unix_micros(resolved.from_at) ELSE 0 END AS resolved_microseconds
FROM tickets
INNER JOIN stretches AS created ON created.day_on = tickets.created_on AND created.from_at <= tickets.created_at AND created.until_at > tickets.created_at
LEFT JOIN stretches AS responded ON responded.day_on = tickets.first_response_on AND responded.from_at <= tickets.first_response_at AND responded.until_at > tickets.first_response_at
LEFT JOIN stretches AS resolved ON resolved.day_on = tickets.resolved_on AND resolved.from_at <= tickets.resolved_at AND resolved.until_at > tickets.resolved_at)
SELECT *
FROM tickets_on_the_calendar
