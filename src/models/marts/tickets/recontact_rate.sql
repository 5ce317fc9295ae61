-- Resolved tickets other than praise: followed within 30 days by a ticket of the same customer that names them, or not.
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
    case when tickets.recontact_microseconds <= 30 * 86400000000 then 1 else 0 end as numerator,
    1 as denominator
from intermediate.resolved_tickets as tickets
where tickets.type is distinct from 'praise'
