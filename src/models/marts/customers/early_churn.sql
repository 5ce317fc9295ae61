-- Customers acquired in a period, by contracts those whose first one began in it, and not active at its end: lost before any
-- opening book held them.
-- grain: role, grain, period_start, customer_id
with

settings as (
    select churn_rule
    from config.settings
),

customers as (
    select customer_id, acquired_on
    from intermediate.customers
),

beginnings as (
    select customers.customer_id, customers.acquired_on as began_on
    from customers
    inner join settings
        on settings.churn_rule <> 'contract'
    where customers.acquired_on is not null
    union all
    select intervals.customer_id, min(intervals.began_on) as began_on
    from intermediate.customer_intervals as intervals
    inner join settings
        on settings.churn_rule = 'contract'
    group by intervals.customer_id
),

periods as (
    select role, grain, period_start, cutoff_on
    from intermediate.periods
),

acquired as (
    select
        periods.role,
        periods.grain,
        periods.period_start,
        periods.cutoff_on,
        beginnings.customer_id
    from beginnings
    inner join periods
        on beginnings.began_on >= periods.period_start
        and beginnings.began_on < periods.cutoff_on
),

active_at_end as (
    select acquired.role, acquired.grain, acquired.period_start, acquired.customer_id
    from acquired
    inner join intermediate.customer_intervals as intervals
        on intervals.customer_id = acquired.customer_id
        and intervals.began_on < acquired.cutoff_on
        and coalesce(intervals.ended_on, date '9999-12-31') >= acquired.cutoff_on
),

cases as (
    select
        acquired.role,
        acquired.grain,
        acquired.period_start,
        cast(null as date) as until_start,
        acquired.customer_id,
        case when active_at_end.customer_id is null then 1 else 0 end as numerator,
        1 as denominator
    from acquired
    left join active_at_end
        on active_at_end.customer_id = acquired.customer_id
        and active_at_end.role = acquired.role
        and active_at_end.grain = acquired.grain
        and active_at_end.period_start = acquired.period_start
)

select * from cases
