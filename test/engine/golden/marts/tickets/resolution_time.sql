-- trino
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, tickets.resolution_microseconds AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets

-- spark
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, tickets.resolution_microseconds AS numerator, 1 AS denominator
FROM intermediate.resolved_tickets AS tickets
