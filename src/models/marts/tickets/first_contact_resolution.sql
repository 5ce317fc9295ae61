-- Resolved tickets other than praise of which it is known: resolved at the first contact with no follow-up in 7 days, or not.
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
    case
        when coalesce(tickets.first_contact_resolved, tickets.handling_count = 1)
            and coalesce(tickets.follow_up_microseconds > 7 * 86400000000, true)
            then 1
        else 0
    end as numerator,
    1 as denominator
from intermediate.resolved_tickets as tickets
where tickets.type is distinct from 'praise'
    and coalesce(tickets.first_contact_resolved, tickets.handling_count = 1) is not null
