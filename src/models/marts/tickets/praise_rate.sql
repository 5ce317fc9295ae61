-- Customers active at some time of a window (denominator, in runs of periods) and the praise created in it (numerator).
-- grain: role, grain, period_start, customer_id, ticket_id, is_elapsed, is_praise
with

active_customers as (
    select
        role,
        grain,
        period_start,
        until_start,
        customer_id,
        cast(null as varchar) as ticket_id,
        false as is_elapsed,
        cast(null as varchar) as channel,
        cast(null as varchar) as type,
        cast(null as varchar) as class,
        cast(null as varchar) as severity,
        cast(null as varchar) as agent,
        false as is_praise,
        0 as numerator,
        1 as denominator
    from intermediate.active_customers
),

tickets as (
    select
        role,
        grain,
        period_start,
        cast(null as date) as until_start,
        customer_id,
        ticket_id,
        is_elapsed,
        channel,
        type,
        class,
        severity,
        agent,
        true as is_praise,
        1 as numerator,
        0 as denominator
    from intermediate.ticket_windows
    where type = 'praise'
),

cases as (
    select * from active_customers
    union all
    select * from tickets
)

select * from cases
