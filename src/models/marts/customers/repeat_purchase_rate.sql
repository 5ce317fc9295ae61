-- Customers with an order in the 12 months before a period's end, in runs of periods: with two or more, or not.
-- grain: role, grain, period_start, customer_id
with

order_runs as (
    select role, grain, period_start, until_start, customer_id, is_repeat
    from intermediate.order_runs
),

customers as (
    select customer_id, segment, industry, region, acquisition_channel, owner
    from intermediate.customers
),

cases as (
    select
        order_runs.role,
        order_runs.grain,
        order_runs.period_start,
        order_runs.until_start,
        order_runs.customer_id,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner,
        case when order_runs.is_repeat then 1 else 0 end as numerator,
        1 as denominator
    from order_runs
    left join customers
        on customers.customer_id = order_runs.customer_id
)

select * from cases
