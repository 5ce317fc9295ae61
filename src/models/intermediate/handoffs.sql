-- Hand-offs before as_of with the dimension values of their ticket and its customer.
-- grain: handoff_id
with

settings as (
    select as_of
    from config.settings
),

handoffs as (
    select
        handoff_id,
        ticket_id,
        due_at,
        due_on,
        due_at <= (select as_of from settings) as is_due,
        case when completed_at < (select as_of from settings) then completed_at end as completed_at,
    from staging.handoffs
    where handed_at < (select as_of from settings)
),

handoffs_with_ticket as (
    select
        handoffs.handoff_id,
        tickets.customer_id,
        handoffs.due_at,
        handoffs.due_on,
        handoffs.is_due,
        handoffs.completed_at,
        tickets.segment,
        tickets.industry,
        tickets.region,
        tickets.acquisition_channel,
        tickets.owner,
        tickets.channel,
        tickets.type,
        tickets.class,
        tickets.severity,
        tickets.agent,
    from handoffs
    left join intermediate.tickets
        on tickets.ticket_id = handoffs.ticket_id
)

select * from handoffs_with_ticket
