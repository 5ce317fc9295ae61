-- Tickets whose answer was reviewed: right or not.
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
    case when tickets.qa_correct then 1 else 0 end as numerator,
    1 as denominator
from intermediate.tickets as tickets
where tickets.qa_correct is not null
