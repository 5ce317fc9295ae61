-- Microseconds from a ticket's creation to its first response; praise waits for none.
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
    tickets.response_microseconds as numerator,
    case when tickets.response_microseconds is not null then 1 end as denominator,
    tickets.is_awaiting
from intermediate.tickets as tickets
where tickets.type is distinct from 'praise'
