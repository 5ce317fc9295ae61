-- trino
SELECT tickets.ticket_id, tickets.customer_id, tickets.resolved_on, tickets.resolution_microseconds, tickets.handling_count, tickets.first_contact_resolved, tickets.repair_quality, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, follow_ups.follow_up_microseconds, follow_ups.recontact_microseconds
FROM intermediate.tickets
LEFT JOIN intermediate.ticket_follow_ups AS follow_ups ON follow_ups.ticket_id = tickets.ticket_id
WHERE NOT tickets.resolved_on IS NULL

-- spark
SELECT tickets.ticket_id, tickets.customer_id, tickets.resolved_on, tickets.resolution_microseconds, tickets.handling_count, tickets.first_contact_resolved, tickets.repair_quality, tickets.channel, tickets.type, tickets.class, tickets.severity, tickets.agent, follow_ups.follow_up_microseconds, follow_ups.recontact_microseconds
FROM intermediate.tickets
LEFT JOIN intermediate.ticket_follow_ups AS follow_ups ON follow_ups.ticket_id = tickets.ticket_id
WHERE NOT tickets.resolved_on IS NULL
