-- Resolved tickets that a later one names as its previous, with the time from the resolution to the first such ticket, and
-- to the first of the same customer.
-- grain: ticket_id
-- materialized: build
with

settings as (
    select as_of
    from config.settings
),

naming as (
    select tickets.previous_ticket_id, tickets.customer_id, tickets.created_at
    from staging.tickets
    cross join settings
    where tickets.previous_ticket_id is not null
        and coalesce(tickets.created_at < settings.as_of, false)
),

resolved as (
    select tickets.ticket_id, tickets.customer_id, tickets.resolved_at
    from staging.tickets
    cross join settings
    where coalesce(tickets.resolved_at < settings.as_of, false)
),

follow_ups as (
    select
        resolved.ticket_id,
        min(epoch_us(naming.created_at) - epoch_us(resolved.resolved_at)) as follow_up_microseconds,
        min(
            case
                when naming.customer_id = resolved.customer_id
                    then epoch_us(naming.created_at) - epoch_us(resolved.resolved_at)
            end
        ) as recontact_microseconds
    from naming
    inner join resolved
        on resolved.ticket_id = naming.previous_ticket_id
        and resolved.resolved_at < naming.created_at
    group by resolved.ticket_id
)

select * from follow_ups
