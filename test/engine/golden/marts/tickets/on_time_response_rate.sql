-- trino
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.is_on_time THEN 1 ELSE 0 END AS numerator, CASE WHEN NOT tickets.is_on_time IS NULL THEN 1 ELSE 0 END AS denominator, tickets.is_awaiting
FROM intermediate.tickets AS tickets
WHERE tickets.type IS DISTINCT
FROM 'praise'

-- spark
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.is_on_time THEN 1 ELSE 0 END AS numerator, CASE WHEN NOT tickets.is_on_time IS NULL THEN 1 ELSE 0 END AS denominator, tickets.is_awaiting
FROM intermediate.tickets AS tickets
WHERE tickets.type IS DISTINCT
FROM 'praise'
