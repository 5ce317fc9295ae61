-- Customers acquired in a period (numerator) and in the period before it (denominator); the period before a partial one
-- is cut to the same elapsed days.
-- grain: role, grain, period_start, customer_id
with

customers as (
    select customer_id, acquired_on, segment, industry, region, acquisition_channel, owner
    from intermediate.customers
),

periods as (
    select role, grain, period_start, cutoff_on, previous_start, previous_cutoff_on
    from intermediate.periods
),

acquired as (
    select
        periods.role,
        periods.grain,
        periods.period_start,
        customers.customer_id,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner,
        1 as numerator,
        0 as denominator,
    from customers
    inner join periods
        on customers.acquired_on >= periods.period_start
        and customers.acquired_on < periods.cutoff_on
    union all
    select
        periods.role,
        periods.grain,
        periods.period_start,
        customers.customer_id,
        customers.segment,
        customers.industry,
        customers.region,
        customers.acquisition_channel,
        customers.owner,
        0 as numerator,
        1 as denominator,
    from customers
    inner join periods
        on customers.acquired_on >= periods.previous_start
        and customers.acquired_on < periods.previous_cutoff_on
),

cases as (
    select
        role,
        grain,
        period_start,
        cast(null as date) as until_start,
        customer_id,
        segment,
        industry,
        region,
        acquisition_channel,
        owner,
        numerator,
        denominator,
    from acquired
)

select * from cases
