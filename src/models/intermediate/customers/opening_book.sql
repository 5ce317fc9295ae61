-- open(P): the periods in whose opening book a customer stands, as runs [period_start, until_start) of periods of a grain;
-- until_start is null where the row is about one window only.
-- grain: role, grain, customer_id, period_start
-- materialized: build
with

intervals as (
    select
        customer_id,
        began_on,
        ended_on,
        began_month,
        ended_month
    from intermediate.customer_intervals
),

periods as (
    select role, grain, period_start
    from intermediate.periods
    where role <> 'period'
),

-- The book of the period that begins with month m holds an interval with began_month < m <= ended_month.
grains as (
    select grain, month_count, end_month
    from intermediate.grains
),

runs as (
    select
        intervals.customer_id,
        grains.grain,
        grains.month_count * (divide(intervals.began_month, grains.month_count) + 1) as first_month,
        coalesce(
            grains.month_count * (divide(intervals.ended_month, grains.month_count) + 1),
            grains.end_month
        ) as until_month
    from intervals
    cross join grains
),

book as (
    select
        'period' as role,
        grain,
        customer_id,
        month_day(first_month) as period_start,
        month_day(until_month) as until_start
    from runs
    where first_month < until_month
    union all
    select
        periods.role,
        periods.grain,
        intervals.customer_id,
        periods.period_start,
        cast(null as date) as until_start
    from intervals
    inner join periods
        on intervals.began_on < periods.period_start
        and coalesce(intervals.ended_on, date '9999-12-31') >= periods.period_start
)

select * from book
