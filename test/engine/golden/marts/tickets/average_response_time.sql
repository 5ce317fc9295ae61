-- trino
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, tickets.response_microseconds AS numerator, CASE WHEN NOT tickets.response_microseconds IS NULL THEN 1 END AS denominator, tickets.is_awaiting
FROM intermediate.tickets AS tickets
WHERE tickets.type IN ('request', 'repair', 'complaint')

-- spark
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, tickets.response_microseconds AS numerator, CASE WHEN NOT tickets.response_microseconds IS NULL THEN 1 END AS denominator, tickets.is_awaiting
FROM intermediate.tickets AS tickets
WHERE tickets.type IN ('request', 'repair', 'complaint')
