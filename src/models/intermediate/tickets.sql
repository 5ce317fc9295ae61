-- Tickets created before as_of with their customer's dimension values; later times at or after as_of have not happened.
-- grain: ticket_id
with

settings as (
    select as_of
    from config.settings
),

tickets as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.type,
        tickets.complaint_class,
        tickets.severity,
        tickets.channel,
        tickets.created_at,
        tickets.created_on,
        case when tickets.first_response_at < settings.as_of then tickets.first_response_at end as first_response_at,
        tickets.agent_id,
        tickets.qa_correct,
    from staging.tickets
    cross join settings
    where coalesce(tickets.created_at < settings.as_of, false)
),

tickets_with_customer as (
    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.created_at,
        tickets.created_on,
        tickets.first_response_at,
        epoch_us(tickets.first_response_at) - epoch_us(tickets.created_at) as response_microseconds,
        tickets.qa_correct,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner,
        tickets.channel,
        tickets.type,
        tickets.complaint_class as class,
        tickets.severity,
        agents.employee_id as agent,
    from tickets
    left join intermediate.customers
        on customers.customer_id = tickets.customer_id
    left join intermediate.known_employees as agents
        on agents.employee_id = tickets.agent_id
)

select * from tickets_with_customer
