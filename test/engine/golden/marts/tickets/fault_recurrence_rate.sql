-- trino
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.has_recurrence THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.fault_repairs AS tickets
WHERE NOT tickets.resolved_on IS NULL

-- spark
SELECT tickets.ticket_id, tickets.resolved_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.has_recurrence THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.fault_repairs AS tickets
WHERE NOT tickets.resolved_on IS NULL
