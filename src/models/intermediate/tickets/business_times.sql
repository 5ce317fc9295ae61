-- Business time passed before a ticket's creation, first response and resolution, in microseconds since the calendar's first
-- day; no rows where the settings have no business calendar.
-- grain: ticket_id
-- materialized: build
with

settings as (
    select as_of, has_business_calendar
    from config.settings
),

stretches as (
    select day_on, from_at, until_at, is_open, microseconds_before
    from config.business_stretches
),

tickets as (
    select
        tickets.ticket_id,
        tickets.created_at,
        tickets.created_on,
        case when tickets.first_response_at < settings.as_of then tickets.first_response_at end as first_response_at,
        tickets.first_response_on,
        case when tickets.resolved_at < settings.as_of then tickets.resolved_at end as resolved_at,
        tickets.resolved_on
    from staging.tickets
    inner join settings
        on settings.has_business_calendar
        and tickets.created_at < settings.as_of
),

tickets_on_the_calendar as (
    select
        tickets.ticket_id,
        created.microseconds_before + case
            when created.is_open then epoch_us(tickets.created_at) - epoch_us(created.from_at)
            else 0
        end as created_microseconds,
        responded.microseconds_before + case
            when responded.is_open then epoch_us(tickets.first_response_at) - epoch_us(responded.from_at)
            else 0
        end as first_response_microseconds,
        resolved.microseconds_before + case
            when resolved.is_open then epoch_us(tickets.resolved_at) - epoch_us(resolved.from_at)
            else 0
        end as resolved_microseconds
    from tickets
    inner join stretches as created
        on created.day_on = tickets.created_on
        and created.from_at <= tickets.created_at
        and created.until_at > tickets.created_at
    left join stretches as responded
        on responded.day_on = tickets.first_response_on
        and responded.from_at <= tickets.first_response_at
        and responded.until_at > tickets.first_response_at
    left join stretches as resolved
        on resolved.day_on = tickets.resolved_on
        and resolved.from_at <= tickets.resolved_at
        and resolved.until_at > tickets.resolved_at
)

select * from tickets_on_the_calendar
