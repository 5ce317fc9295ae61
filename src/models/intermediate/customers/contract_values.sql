-- Monthly value of a customer's contracts running just before a window's start and just before its end or as_of, of windows
-- before whose start one ran; as runs [period_start, until_start) of windows with the same two values; until_start is null where
-- the row is about one window only.
-- grain: role, grain, customer_id, period_start
-- materialized: build
with

contracts as (
    select
        customer_id,
        starts_on,
        ends_on,
        monthly_value,
        start_month,
        end_month
    from intermediate.contracts
),

periods as (
    select role, grain, period_start, cutoff_on
    from intermediate.periods
    where role <> 'period'
),

grains as (
    select grain, month_count, divide(end_month, month_count) as end_number
    from intermediate.grains
),

-- The boundary before period n is the first day of month n x month_count; a contract runs just before those of the months
-- start_month < m <= end_month.
turns as (
    select
        contracts.customer_id,
        grains.grain,
        divide(contracts.start_month, grains.month_count) + 1 as boundary_number,
        contracts.monthly_value,
        1 as contract_count
    from contracts
    cross join grains
    union all
    select
        contracts.customer_id,
        grains.grain,
        divide(contracts.end_month, grains.month_count) + 1 as boundary_number,
        -contracts.monthly_value as monthly_value,
        -1 as contract_count
    from contracts
    cross join grains
    where contracts.end_month is not null
),

steps as (
    select
        customer_id,
        grain,
        boundary_number,
        sum(monthly_value) as monthly_value,
        sum(contract_count) as contract_count
    from turns
    group by customer_id, grain, boundary_number
),

levels as (
    select
        customer_id,
        grain,
        boundary_number,
        sum(monthly_value) over (
            partition by customer_id, grain
            order by boundary_number
            rows unbounded preceding
        ) as monthly_value,
        sum(contract_count) over (
            partition by customer_id, grain
            order by boundary_number
            rows unbounded preceding
        ) as contract_count,
        lead(boundary_number) over (partition by customer_id, grain order by boundary_number) as next_number
    from steps
),

levels_with_next as (
    select
        customer_id,
        grain,
        boundary_number,
        monthly_value,
        contract_count,
        next_number,
        lead(monthly_value) over (partition by customer_id, grain order by boundary_number) as next_value
    from levels
),

runs as (
    select
        levels.customer_id,
        grains.grain,
        grains.month_count,
        levels.boundary_number as first_number,
        coalesce(levels.next_number - 1, grains.end_number) as until_number,
        levels.monthly_value as value_at_start,
        levels.monthly_value as value_at_end
    from levels_with_next as levels
    inner join grains
        on grains.grain = levels.grain
    where levels.contract_count > 0
    union all
    select
        levels.customer_id,
        grains.grain,
        grains.month_count,
        levels.next_number - 1 as first_number,
        levels.next_number as until_number,
        levels.monthly_value as value_at_start,
        levels.next_value as value_at_end
    from levels_with_next as levels
    inner join grains
        on grains.grain = levels.grain
    where levels.contract_count > 0
        and levels.next_number is not null
),

elapsed as (
    select
        periods.role,
        periods.grain,
        contracts.customer_id,
        periods.period_start,
        sum(
            case when contracts.starts_on < periods.period_start then contracts.monthly_value else 0 end
        ) as value_at_start,
        sum(
            case
                when coalesce(contracts.ends_on, date '9999-12-31') >= periods.cutoff_on then contracts.monthly_value
                else 0
            end
        ) as value_at_end
    from contracts
    inner join periods
        on contracts.starts_on < periods.cutoff_on
        and coalesce(contracts.ends_on, date '9999-12-31') >= periods.period_start
    group by periods.role, periods.grain, contracts.customer_id, periods.period_start
    having min(contracts.starts_on) < periods.period_start
),

windows as (
    select
        'period' as role,
        grain,
        customer_id,
        month_day(first_number * month_count) as period_start,
        month_day(until_number * month_count) as until_start,
        value_at_start,
        value_at_end
    from runs
    where first_number < until_number
    union all
    select
        role,
        grain,
        customer_id,
        period_start,
        cast(null as date) as until_start,
        value_at_start,
        value_at_end
    from elapsed
)

select * from windows
