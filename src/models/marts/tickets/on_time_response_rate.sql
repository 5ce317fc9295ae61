-- Tickets other than praise: answered within their limit or not; those whose limit has not come, or that were over unanswered
-- within it, are no case.
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
    case when tickets.is_on_time then 1 else 0 end as numerator,
    case when tickets.is_on_time is not null then 1 else 0 end as denominator,
    tickets.is_awaiting
from intermediate.tickets as tickets
where tickets.type is distinct from 'praise'
