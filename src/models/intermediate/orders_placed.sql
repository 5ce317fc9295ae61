-- Orders: order ids whose lines known by as_of sum to revenue above zero, dated by their earliest line.
-- grain: order_id
with

settings as (
    select as_of
    from config.settings
),

lines as (
    select orders.order_id, orders.customer_id, orders.ordered_on, orders.revenue
    from staging.orders
    cross join settings
    where coalesce(orders.ordered_at < settings.as_of, false)
),

orders_placed as (
    select
        order_id,
        min(customer_id) as customer_id,
        min(ordered_on) as ordered_on,
    from lines
    group by order_id
    having sum(revenue) > 0
)

select * from orders_placed
