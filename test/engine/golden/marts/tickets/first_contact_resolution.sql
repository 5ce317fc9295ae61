-- trino
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN COALESCE(tickets.first_contact_resolved, tickets.handling_count = 1) AND COALESCE(tickets.follow_up_microseconds > 7 * 86400000000, TRUE) THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
WHERE tickets.type IS DISTINCT
FROM 'praise' AND NOT COALESCE(tickets.first_contact_resolved, tickets.handling_count = 1) IS NULL

-- spark
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN COALESCE(tickets.first_contact_resolved, tickets.handling_count = 1) AND COALESCE(tickets.follow_up_microseconds > 7 * 86400000000, TRUE) THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
WHERE tickets.type IS DISTINCT
FROM 'praise' AND NOT COALESCE(tickets.first_contact_resolved, tickets.handling_count = 1) IS NULL
