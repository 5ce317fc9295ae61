-- trino
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, greatest(coalesce(COALESCE(tickets.handling_count, 0) - 1, 0), coalesce(0, COALESCE(tickets.handling_count, 0) - 1)) AS numerator, 1 AS denominator
FROM intermediate.tickets AS tickets

-- spark
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, greatest(COALESCE(tickets.handling_count, 0) - 1, 0) AS numerator, 1 AS denominator
FROM intermediate.tickets AS tickets
