-- Tickets other than praise: answered, or over unanswered, after their limit, or open when it had passed, or not.
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
    case when not tickets.is_on_time then 1 else 0 end as numerator,
    1 as denominator,
    tickets.is_awaiting
from intermediate.tickets as tickets
where tickets.type is distinct from 'praise'
