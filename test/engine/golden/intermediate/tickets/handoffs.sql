-- trino
WITH settings AS (SELECT as_of
FROM config.settings), handoffs AS (SELECT handoffs.handoff_id, handoffs.ticket_id, handoffs.due_at, handoffs.due_on, handoffs.due_at <= settings.as_of AS is_due, CASE WHEN handoffs.completed_at < settings.as_of THEN handoffs.completed_at END AS completed_at
FROM staging.handoffs
CROSS JOIN settings
WHERE COALESCE(handoffs.handed_at < settings.as_of, FALSE)), handoffs_with_ticket AS (SELECT handoffs.handoff_id, tickets.customer_id, handoffs.due_at, handoffs.due_on, handoffs.is_due, handoffs.completed_at, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent
FROM handoffs
LEFT JOIN intermediate.tickets ON tickets.ticket_id = handoffs.ticket_id)
SELECT *
FROM handoffs_with_ticket

-- spark
WITH settings AS (SELECT as_of
FROM config.settings), handoffs AS (SELECT handoffs.handoff_id, handoffs.ticket_id, handoffs.due_at, handoffs.due_on, handoffs.due_at <= settings.as_of AS is_due, CASE WHEN handoffs.completed_at < settings.as_of THEN handoffs.completed_at END AS completed_at
FROM staging.handoffs
CROSS JOIN settings
WHERE COALESCE(handoffs.handed_at < settings.as_of, FALSE)), handoffs_with_ticket AS (SELECT handoffs.handoff_id, tickets.customer_id, handoffs.due_at, handoffs.due_on, handoffs.is_due, handoffs.completed_at, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent
FROM handoffs
LEFT JOIN intermediate.tickets ON tickets.ticket_id = handoffs.ticket_id)
SELECT *
FROM handoffs_with_ticket
