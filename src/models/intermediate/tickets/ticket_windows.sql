-- Tickets in every window that they were created in.
-- grain: role, grain, period_start, ticket_id, is_elapsed
with

tickets as (
    select
        ticket_id,
        created_on,
        created_month,
        customer_id,
        channel,
        type,
        class,
        severity,
        agent
    from intermediate.tickets
),

periods as (
    select role, grain, period_start, cutoff_on
    from intermediate.periods
    where role <> 'period'
),

grains as (
    select grain, month_count
    from intermediate.grains
),

tickets_of_grains as (
    select
        tickets.ticket_id,
        grains.grain,
        grains.month_count * divide(tickets.created_month, grains.month_count) as start_month,
        tickets.customer_id,
        tickets.channel,
        tickets.type,
        tickets.class,
        tickets.severity,
        tickets.agent
    from tickets
    cross join grains
),

tickets_of_windows as (
    select
        'period' as role,
        grain,
        month_day(start_month) as period_start,
        ticket_id,
        false as is_elapsed,
        customer_id,
        channel,
        type,
        class,
        severity,
        agent
    from tickets_of_grains
    union all
    select
        periods.role,
        periods.grain,
        periods.period_start,
        tickets.ticket_id,
        true as is_elapsed,
        tickets.customer_id,
        tickets.channel,
        tickets.type,
        tickets.class,
        tickets.severity,
        tickets.agent
    from tickets
    inner join periods
        on tickets.created_on >= periods.period_start
        and tickets.created_on < periods.cutoff_on
)

select * from tickets_of_windows
