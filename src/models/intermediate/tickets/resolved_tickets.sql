-- Tickets resolved before as_of, with how soon others followed that name them as their previous.
-- grain: ticket_id
select
    tickets.ticket_id,
    tickets.customer_id,
    tickets.resolved_on,
    tickets.resolution_microseconds,
    tickets.handling_count,
    tickets.first_contact_resolved,
    tickets.repair_quality,
    tickets.channel,
    tickets.type,
    tickets.class,
    tickets.severity,
    tickets.agent,
    follow_ups.follow_up_microseconds,
    follow_ups.recontact_microseconds
from intermediate.tickets
left join intermediate.ticket_follow_ups as follow_ups
    on follow_ups.ticket_id = tickets.ticket_id
where tickets.resolved_on is not null
