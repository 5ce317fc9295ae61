-- trino
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.lifetime_microseconds <= 30 * 86400000000 THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.tickets AS tickets
WHERE tickets.type = 'repair'

-- spark
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.lifetime_microseconds <= 30 * 86400000000 THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.tickets AS tickets
WHERE tickets.type = 'repair'
