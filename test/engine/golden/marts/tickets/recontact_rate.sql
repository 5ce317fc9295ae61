-- trino
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.recontact_microseconds <= 30 * 86400000000 THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
WHERE tickets.type IS DISTINCT
FROM 'praise'

-- spark
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.recontact_microseconds <= 30 * 86400000000 THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
WHERE tickets.type IS DISTINCT
FROM 'praise'
