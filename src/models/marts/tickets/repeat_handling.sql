-- Tickets with how often they were handled beyond the first time.
-- grain: ticket_id
select
    tickets.ticket_id,
    tickets.created_on as case_on,
    tickets.customer_id,
    tickets.channel,
    tickets.type,
    tickets.class,
    tickets.severity,
    tickets.agent,
    greatest(coalesce(tickets.handling_count, 0) - 1, 0) as numerator,
    1 as denominator
from intermediate.tickets as tickets
