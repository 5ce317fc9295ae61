-- any(P): the periods in which a customer was active at some time, as runs [period_start, until_start) of periods of a grain;
-- until_start is null where the row is about one window only. An empty interval overlaps nothing.
-- grain: role, grain, customer_id, period_start
-- materialized: build
with

intervals as (
    select
        customer_id,
        began_on,
        ended_on,
        began_month,
        last_month
    from intermediate.customer_intervals
    where ended_on is null
        or ended_on > began_on
),

periods as (
    select role, grain, period_start, cutoff_on
    from intermediate.periods
    where role <> 'period'
),

grains as (
    select grain, month_count, first_month, end_month
    from intermediate.grains
),

-- Who was active before the record began is so from its first period on.
spans as (
    select
        intervals.customer_id,
        intervals.began_on,
        grains.grain,
        greatest(
            grains.month_count * divide(intervals.began_month, grains.month_count),
            grains.first_month
        ) as first_month,
        coalesce(
            grains.month_count * (divide(intervals.last_month, grains.month_count) + 1),
            grains.end_month
        ) as until_month
    from intervals
    cross join grains
),

-- Lost and back within a period: the earlier run has the period already.
runs as (
    select
        customer_id,
        grain,
        greatest(
            first_month,
            coalesce(lag(until_month) over (partition by customer_id, grain order by began_on), first_month)
        ) as first_month,
        until_month
    from spans
),

active as (
    select
        'period' as role,
        grain,
        customer_id,
        month_day(first_month) as period_start,
        month_day(until_month) as until_start
    from runs
    where first_month < until_month
    union all
    select distinct
        periods.role,
        periods.grain,
        intervals.customer_id,
        periods.period_start,
        cast(null as date) as until_start
    from intervals
    inner join periods
        on intervals.began_on < periods.cutoff_on
        and coalesce(intervals.ended_on, date '9999-12-31') > periods.period_start
)

select * from active
