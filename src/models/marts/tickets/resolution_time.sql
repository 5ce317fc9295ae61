-- Resolved tickets with the microseconds from creation to resolution.
-- grain: ticket_id
select
    tickets.ticket_id,
    tickets.resolved_on as case_on,
    tickets.customer_id,
    tickets.channel,
    tickets.type,
    tickets.class,
    tickets.severity,
    tickets.agent,
    tickets.resolution_microseconds as numerator,
    1 as denominator
from intermediate.resolved_tickets as tickets
