-- Complaints: resolved within 30 days of 24 hours from their creation, or not.
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
    case when tickets.lifetime_microseconds <= 30 * 86400000000 then 1 else 0 end as numerator,
    1 as denominator
from intermediate.tickets as tickets
where tickets.type = 'complaint'
