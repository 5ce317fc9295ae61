-- Order lines before as_of; one without an owner belongs to its customer's.
-- A delivery after as_of has not happened; is_due says whether the promised day is over by as_of.
-- grain: order_id, line_no
with

settings as (
    select as_of, as_of_on, cast(as_of_local as date) as running_on
    from config.settings
),

lines as (
    select
        orders.order_id,
        orders.line_no,
        orders.customer_id,
        orders.ordered_on,
        orders.owner_id,
        orders.revenue,
        orders.cost,
        orders.promised_on,
        coalesce(orders.promised_on < settings.running_on, false) as is_due,
        case when orders.delivered_on <= settings.as_of_on then orders.delivered_on end as delivered_on
    from staging.orders
    cross join settings
    where coalesce(orders.ordered_at < settings.as_of, false)
),

lines_with_owner as (
    select
        lines.order_id,
        lines.line_no,
        lines.customer_id,
        lines.ordered_on,
        lines.revenue,
        lines.cost,
        lines.promised_on,
        lines.is_due,
        lines.delivered_on,
        case when lines.owner_id is null then customers.owner else owners.employee_id end as owner
    from lines
    left join intermediate.customers
        on customers.customer_id = lines.customer_id
    left join intermediate.known_employees as owners
        on owners.employee_id = lines.owner_id
)

select * from lines_with_owner
