-- trino
SELECT handoffs.handoff_id, handoffs.due_on AS case_on, handoffs.customer_id, handoffs.channel, handoffs.type, handoffs.class, handoffs.severity, handoffs.agent, CASE WHEN handoffs.completed_at <= handoffs.due_at THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.handoffs AS handoffs
WHERE handoffs.is_due

-- spark
SELECT handoffs.handoff_id, handoffs.due_on AS case_on, handoffs.customer_id, handoffs.channel, handoffs.type, handoffs.class, handoffs.severity, handoffs.agent, CASE WHEN handoffs.completed_at <= handoffs.due_at THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM intermediate.handoffs AS handoffs
WHERE handoffs.is_due
