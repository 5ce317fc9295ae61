-- When a customer was active by the inactivity rule: from the acquisition, or else the first order, until the day N after an
-- order that none followed, and again from the next. The acquisition counts as an order. No rows under another rule.
-- grain: customer_id, began_on
with

settings as (
    select as_of_on, inactivity_days
    from config.settings
    where churn_rule = 'inactivity'
),

customers as (
    select customers.customer_id, customers.acquired_on
    from intermediate.customers
    cross join settings
),

order_days as (
    select customers.customer_id, customers.acquired_on as ordered_on
    from customers
    where customers.acquired_on is not null
    union
    select customers.customer_id, orders_placed.ordered_on
    from customers
    inner join intermediate.orders_placed
        on orders_placed.customer_id = customers.customer_id
        and coalesce(orders_placed.ordered_on >= customers.acquired_on, true)
),

order_days_with_neighbours as (
    select
        customer_id,
        ordered_on,
        lag(ordered_on) over (partition by customer_id order by ordered_on) as previous_ordered_on,
        lead(ordered_on) over (partition by customer_id order by ordered_on) as next_ordered_on
    from order_days
),

activity_edges as (
    select
        days.customer_id,
        days.ordered_on,
        days.previous_ordered_on is null
            or days.ordered_on > plus_days(days.previous_ordered_on, settings.inactivity_days) as is_first,
        case
            when days.next_ordered_on > plus_days(days.ordered_on, settings.inactivity_days)
                or (
                    days.next_ordered_on is null
                    and plus_days(days.ordered_on, settings.inactivity_days) <= settings.as_of_on
                )
                then plus_days(days.ordered_on, settings.inactivity_days)
        end as lost_on
    from order_days_with_neighbours as days
    cross join settings
),

activity_runs as (
    select
        customer_id,
        ordered_on,
        lost_on,
        sum(case when is_first then 1 else 0 end) over (partition by customer_id order by ordered_on) as run_number
    from activity_edges
),

intervals as (
    select
        customer_id,
        min(ordered_on) as began_on,
        max(lost_on) as ended_on
    from activity_runs
    group by customer_id, run_number
)

select * from intervals
