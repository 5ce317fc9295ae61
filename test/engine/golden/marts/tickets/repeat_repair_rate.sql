-- trino
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.has_repair_before THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.fault_repairs AS tickets

-- spark
SELECT tickets.ticket_id, tickets.created_on AS case_on, tickets.customer_id, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, CASE WHEN tickets.has_repair_before THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.fault_repairs AS tickets
