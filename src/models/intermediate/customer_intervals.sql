-- When a customer was active, [began_on, ended_on), by the configured rule: status rows, or orders with a gap of N days.
-- A customer lost on the day of acquisition has an empty interval.
-- grain: customer_id, began_on
-- materialized: table
with

settings as (
    select as_of_on, churn_rule, inactivity_days
    from config.settings
),

customers as (
    select customer_id, acquired_on
    from intermediate.customers
),

-- Status rule. The last row of a day in the order of the files decides; rowid is that order.
status_rows as (
    select
        customer_status.customer_id,
        customer_status.changed_on,
        customer_status.status,
        customer_status.reason_category,
        row_number() over (
            partition by customer_status.customer_id, customer_status.changed_on
            order by customer_status.rowid desc
        ) as rank_of_day,
    from staging.customer_status
    inner join settings
        on settings.churn_rule = 'status'
        and customer_status.changed_on <= settings.as_of_on
),

status_changes as (
    select
        customers.customer_id,
        customers.acquired_on as changed_on,
        'active' as status,
        null as reason_category,
        0 as order_of_day,
    from customers
    inner join settings
        on settings.churn_rule = 'status'
    union all
    select
        status_rows.customer_id,
        status_rows.changed_on,
        status_rows.status,
        status_rows.reason_category,
        1 as order_of_day,
    from status_rows
    inner join customers
        on customers.customer_id = status_rows.customer_id
        and customers.acquired_on <= status_rows.changed_on
    where status_rows.rank_of_day = 1
),

status_with_previous as (
    select
        customer_id,
        changed_on,
        status,
        reason_category,
        order_of_day,
        lag(status) over (partition by customer_id order by changed_on, order_of_day) as previous_status,
    from status_changes
),

status_turns as (
    select
        customer_id,
        changed_on,
        status,
        lead(changed_on) over (partition by customer_id order by changed_on, order_of_day) as next_changed_on,
        lead(reason_category) over (partition by customer_id order by changed_on, order_of_day) as next_reason_category,
    from status_with_previous
    where previous_status is null
        or previous_status <> status
),

status_intervals as (
    select
        customer_id,
        changed_on as began_on,
        next_changed_on as ended_on,
        next_reason_category as reason_category,
    from status_turns
    where status = 'active'
),

-- Inactivity rule. The acquisition counts as an order.
order_days as (
    select customers.customer_id, customers.acquired_on as ordered_on
    from customers
    inner join settings
        on settings.churn_rule = 'inactivity'
    union
    select customers.customer_id, orders_placed.ordered_on
    from customers
    inner join settings
        on settings.churn_rule = 'inactivity'
    inner join intermediate.orders_placed
        on orders_placed.customer_id = customers.customer_id
        and orders_placed.ordered_on >= customers.acquired_on
),

order_days_with_neighbours as (
    select
        customer_id,
        ordered_on,
        lag(ordered_on) over (partition by customer_id order by ordered_on) as previous_ordered_on,
        lead(ordered_on) over (partition by customer_id order by ordered_on) as next_ordered_on,
    from order_days
),

activity_edges as (
    select
        days.customer_id,
        days.ordered_on,
        days.previous_ordered_on is null
            or days.ordered_on > days.previous_ordered_on + settings.inactivity_days as is_first,
        case
            when days.next_ordered_on > days.ordered_on + settings.inactivity_days
                or (days.next_ordered_on is null and days.ordered_on + settings.inactivity_days <= settings.as_of_on)
                then days.ordered_on + settings.inactivity_days
        end as lost_on,
    from order_days_with_neighbours as days
    cross join settings
),

activity_runs as (
    select
        customer_id,
        ordered_on,
        lost_on,
        sum(case when is_first then 1 else 0 end) over (partition by customer_id order by ordered_on) as run_number,
    from activity_edges
),

inactivity_intervals as (
    select
        customer_id,
        min(ordered_on) as began_on,
        max(lost_on) as ended_on,
        cast(null as varchar) as reason_category,
    from activity_runs
    group by customer_id, run_number
),

intervals as (
    select customer_id, began_on, ended_on, reason_category from status_intervals
    union all
    select customer_id, began_on, ended_on, reason_category from inactivity_intervals
),

intervals_with_next as (
    select
        customer_id,
        began_on,
        ended_on,
        reason_category,
        lead(began_on) over (partition by customer_id order by began_on) as next_began_on,
    from intervals
)

select * from intervals_with_next
