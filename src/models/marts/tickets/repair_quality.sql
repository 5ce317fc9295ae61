-- Resolved repair tickets with the score of the repair.
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
    tickets.repair_quality as numerator,
    1 as denominator
from intermediate.resolved_tickets as tickets
where tickets.type = 'repair'
    and tickets.repair_quality is not null
