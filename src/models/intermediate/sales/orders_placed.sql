-- Orders: order ids whose lines known by as_of sum to revenue above zero, with time and customer of their earliest line.
-- grain: order_id
-- materialized: build
with

settings as (
    select as_of
    from config.settings
),

lines as (
    select
        orders.order_id,
        orders.line_no,
        orders.customer_id,
        orders.ordered_at,
        orders.ordered_on,
        orders.revenue
    from staging.orders
    cross join settings
    where coalesce(orders.ordered_at < settings.as_of, false)
),

orders_summed as (
    select
        order_id,
        min(ordered_at) as ordered_at,
        min(ordered_on) as ordered_on,
        min(customer_id) as customer_id,
        min(customer_id) <> max(customer_id) as is_mixed
    from lines
    group by order_id
    having sum(revenue) > 0
),

-- Only orders whose lines disagree on the customer need their earliest line looked up.
earliest_lines as (
    select
        lines.order_id,
        lines.customer_id,
        row_number() over (partition by lines.order_id order by lines.line_no) as line_rank
    from lines
    inner join orders_summed
        on orders_summed.order_id = lines.order_id
        and orders_summed.ordered_at = lines.ordered_at
    where orders_summed.is_mixed
),

orders_placed as (
    select
        orders_summed.order_id,
        coalesce(earliest_lines.customer_id, orders_summed.customer_id) as customer_id,
        orders_summed.ordered_on,
        year(orders_summed.ordered_on) * 12 + month(orders_summed.ordered_on) - 1 as ordered_month
    from orders_summed
    left join earliest_lines
        on earliest_lines.order_id = orders_summed.order_id
        and earliest_lines.line_rank = 1
)

select * from orders_placed
