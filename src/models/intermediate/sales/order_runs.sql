-- Customers with orders in the 12 months before a window's end, as runs [period_start, until_start) of windows with the
-- same answer to whether the orders are two or more; until_start is null where the row is about one window only.
-- grain: role, grain, customer_id, period_start
-- materialized: build
with

orders as (
    select customer_id, ordered_on, ordered_month
    from intermediate.orders_placed
),

periods as (
    select role, grain, period_start, period_end, cutoff_on
    from intermediate.periods
    where role <> 'period'
),

grains as (
    select grain, month_count, end_month
    from intermediate.grains
),

order_months as (
    select
        customer_id,
        ordered_month as month_number,
        count(*) as order_count
    from orders
    group by customer_id, ordered_month
),

order_months_with_neighbours as (
    select
        customer_id,
        month_number,
        order_count,
        lag(month_number) over (partition by customer_id order by month_number) as previous_month,
        lead(month_number) over (partition by customer_id order by month_number) as next_month
    from order_months
),

-- Ends e with the last order in month m are m < e <= min(next month with one, m + 12); the order before it is still
-- among the twelve months while e <= its month + 12.
ends as (
    select
        customer_id,
        month_number + 1 as first_end,
        case
            when order_count > 1 then month_number
            when previous_month is not null and previous_month + 12 > month_number
                then least(previous_month + 12, coalesce(next_month, month_number + 12), month_number + 12)
            else month_number
        end as last_repeat_end_of_single,
        order_count,
        least(coalesce(next_month, month_number + 12), month_number + 12) as last_end
    from order_months_with_neighbours
),

stretches as (
    select
        customer_id,
        first_end,
        case when order_count > 1 then last_end else last_repeat_end_of_single end as last_end,
        true as is_repeat
    from ends
    union all
    select
        customer_id,
        last_repeat_end_of_single + 1 as first_end,
        last_end,
        false as is_repeat
    from ends
    where order_count = 1
),

runs as (
    select
        stretches.customer_id,
        grains.grain,
        grains.month_count * divide(stretches.first_end - 1, grains.month_count) as first_month,
        least(grains.month_count * divide(stretches.last_end, grains.month_count), grains.end_month) as until_month,
        stretches.is_repeat
    from stretches
    cross join grains
    where stretches.first_end <= stretches.last_end
),

elapsed_counts as (
    select
        periods.role,
        periods.grain,
        orders.customer_id,
        periods.period_start,
        count(*) as order_count
    from orders
    inner join periods
        on orders.ordered_on >= plus_months(periods.period_end, -12)
        and orders.ordered_on < periods.cutoff_on
    group by periods.role, periods.grain, orders.customer_id, periods.period_start
),

order_runs as (
    select
        'period' as role,
        grain,
        customer_id,
        month_day(first_month) as period_start,
        month_day(until_month) as until_start,
        is_repeat
    from runs
    where first_month < until_month
    union all
    select
        role,
        grain,
        customer_id,
        period_start,
        cast(null as date) as until_start,
        order_count > 1 as is_repeat
    from elapsed_counts
)

select * from order_runs
