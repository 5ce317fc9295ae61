-- trino
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, tickets.repair_quality AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
WHERE tickets.type = 'repair' AND NOT tickets.repair_quality IS NULL

-- spark
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, tickets.repair_quality AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
WHERE tickets.type = 'repair' AND NOT tickets.repair_quality IS NULL
