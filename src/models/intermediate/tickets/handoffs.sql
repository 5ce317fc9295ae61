-- Hand-offs before as_of with the dimension values of their ticket.
-- grain: handoff_id
-- materialized: build
with

settings as (
    select as_of
    from config.settings
),

handoffs as (
    select
        handoffs.handoff_id,
        handoffs.ticket_id,
        handoffs.due_at,
        handoffs.due_on,
        handoffs.due_at <= settings.as_of as is_due,
        case when handoffs.completed_at < settings.as_of then handoffs.completed_at end as completed_at
    from staging.handoffs
    cross join settings
    where coalesce(handoffs.handed_at < settings.as_of, false)
),

handoffs_with_ticket as (
    select
        handoffs.handoff_id,
        tickets.customer_id,
        handoffs.due_at,
        handoffs.due_on,
        handoffs.is_due,
        handoffs.completed_at,
        tickets.channel,
        tickets.type,
        tickets.class,
        tickets.severity,
        tickets.agent
    from handoffs
    left join intermediate.tickets
        on tickets.ticket_id = handoffs.ticket_id
)

select * from handoffs_with_ticket
