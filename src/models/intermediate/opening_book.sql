-- open(P): the periods in whose opening book a customer stands, as runs [period_start, until_start) of periods of a grain;
-- until_start is null where the row is about one window only.
-- grain: role, grain, customer_id, period_start
-- materialized: build
with

customers as (
    select customer_id, segment, industry, region, acquisition_channel, owner
    from intermediate.customers
),

intervals as (
    select
        customer_id,
        began_on,
        ended_on,
        year(began_on) * 12 + month(began_on) - 1 as began_month,
        year(ended_on) * 12 + month(ended_on) - 1 as ended_month,
    from intermediate.customer_intervals
),

periods as (
    select role, grain, period_start, period_end, month_count
    from intermediate.periods
),

-- The book of the period that begins with month m holds an interval with began_month < m <= ended_month.
grains as (
    select
        grain,
        month_count,
        max(year(period_end) * 12 + month(period_end) - 1) as end_month,
    from periods
    where role = 'period'
    group by grain, month_count
),

runs as (
    select
        intervals.customer_id,
        grains.grain,
        grains.month_count * (intervals.began_month // grains.month_count + 1) as first_month,
        coalesce(
            grains.month_count * (intervals.ended_month // grains.month_count + 1),
            grains.end_month
        ) as until_month,
    from intervals
    cross join grains
),

book as (
    select
        'period' as role,
        grain,
        customer_id,
        make_date(first_month // 12, first_month % 12 + 1, 1) as period_start,
        make_date(until_month // 12, until_month % 12 + 1, 1) as until_start,
    from runs
    where first_month < until_month
    union all
    select
        periods.role,
        periods.grain,
        intervals.customer_id,
        periods.period_start,
        null as until_start,
    from intervals
    inner join periods
        on intervals.began_on < periods.period_start
        and coalesce(intervals.ended_on, date '9999-12-31') >= periods.period_start
        and periods.role <> 'period'
),

book_with_customer as (
    select
        book.role,
        book.grain,
        book.customer_id,
        book.period_start,
        book.until_start,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner,
    from book
    left join customers
        on customers.customer_id = book.customer_id
)

select * from book_with_customer
