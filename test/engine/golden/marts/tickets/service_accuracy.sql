-- trino
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.qa_correct THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.tickets AS tickets
WHERE NOT tickets.qa_correct IS NULL

-- spark
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.qa_correct THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.tickets AS tickets
WHERE NOT tickets.qa_correct IS NULL
