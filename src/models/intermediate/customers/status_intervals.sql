-- When a customer was active by the status rule: from the acquisition until a row `churned`, and again from a later row
-- `active`. Both on one day are a renewal, and the state before that day goes on. Who was acquired nobody knows when began
-- with the first row when that is `active`, else before the record of the table. No rows under another rule.
-- grain: customer_id, began_on
with

settings as (
    select as_of_on
    from config.settings
    where churn_rule = 'status'
),

customers as (
    select customers.customer_id, customers.acquired_on
    from intermediate.customers
    cross join settings
),

days as (
    select
        customer_status.customer_id,
        customer_status.changed_on,
        min(customer_status.status) as status,
        min(customer_status.reason_category) as reason_category
    from staging.customer_status
    inner join settings
        on customer_status.changed_on <= settings.as_of_on
    group by customer_status.customer_id, customer_status.changed_on
    having min(customer_status.status) = max(customer_status.status)
),

days_with_first as (
    select
        customer_id,
        changed_on,
        status,
        row_number() over (partition by customer_id order by changed_on) as day_number
    from days
),

record as (
    select covers_from as first_on
    from config.table_records
    where table_name = 'customer_status'
),

beginnings as (
    select
        customers.customer_id,
        case
            when customers.acquired_on is not null then customers.acquired_on
            when first_days.status = 'active' then first_days.changed_on
            else plus_days(
                least(
                    coalesce(record.first_on, first_days.changed_on),
                    coalesce(first_days.changed_on, record.first_on)
                ),
                -1
            )
        end as changed_on
    from customers
    cross join record
    left join days_with_first as first_days
        on first_days.customer_id = customers.customer_id
        and first_days.day_number = 1
),

changes as (
    select
        customer_id,
        changed_on,
        'active' as status,
        cast(null as varchar) as reason_category,
        0 as order_of_day
    from beginnings
    where changed_on is not null
    union all
    select
        days.customer_id,
        days.changed_on,
        days.status,
        days.reason_category,
        1 as order_of_day
    from days
    inner join beginnings
        on beginnings.customer_id = days.customer_id
        and beginnings.changed_on <= days.changed_on
),

changes_with_previous as (
    select
        customer_id,
        changed_on,
        status,
        reason_category,
        order_of_day,
        lag(status) over (partition by customer_id order by changed_on, order_of_day) as previous_status
    from changes
),

turns as (
    select
        customer_id,
        changed_on,
        status,
        lead(changed_on) over (partition by customer_id order by changed_on, order_of_day) as next_changed_on,
        lead(reason_category) over (partition by customer_id order by changed_on, order_of_day) as next_reason_category
    from changes_with_previous
    where previous_status is null
        or previous_status <> status
),

intervals as (
    select
        customer_id,
        changed_on as began_on,
        next_changed_on as ended_on,
        next_reason_category as reason_category
    from turns
    where status = 'active'
)

select * from intervals
