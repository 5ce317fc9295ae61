-- Tickets in every window that they were created in.
-- grain: role, grain, period_start, ticket_id, is_elapsed
with

tickets as (
    select
        ticket_id,
        created_on,
        year(created_on) * 12 + month(created_on) - 1 as created_month,
        customer_id,
        segment,
        industry,
        region,
        acquisition_channel,
        owner,
        channel,
        type,
        class,
        severity,
        agent,
    from intermediate.tickets
),

periods as (
    select role, grain, period_start, cutoff_on, month_count
    from intermediate.periods
),

grains as (
    select grain, max(month_count) as month_count
    from periods
    where role = 'period'
    group by grain
),

tickets_of_grains as (
    select
        tickets.ticket_id,
        grains.grain,
        grains.month_count * (tickets.created_month // grains.month_count) as start_month,
        tickets.customer_id,
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
    from tickets
    cross join grains
),

tickets_of_windows as (
    select
        'period' as role,
        grain,
        make_date(start_month // 12, start_month % 12 + 1, 1) as period_start,
        ticket_id,
        false as is_elapsed,
        customer_id,
        segment,
        industry,
        region,
        acquisition_channel,
        owner,
        channel,
        type,
        class,
        severity,
        agent,
    from tickets_of_grains
    union all
    select
        periods.role,
        periods.grain,
        periods.period_start,
        tickets.ticket_id,
        true as is_elapsed,
        tickets.customer_id,
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
    from tickets
    inner join periods
        on tickets.created_on >= periods.period_start
        and tickets.created_on < periods.cutoff_on
        and periods.role <> 'period'
)

select * from tickets_of_windows
