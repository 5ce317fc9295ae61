-- Sales of a market in a period and in the same period last year (the base), own against all; part_on and base_part_on
-- are the months, of which neither period may miss one.
-- grain: role, grain, period_start, market, company, month_on
with

market_sales as (
    select month as month_on, market, company, own_sales, sales
    from intermediate.market_sales
),

periods as (
    select role, grain, period_start, cutoff_on, year_start, year_cutoff_on
    from intermediate.periods
),

sales_of_periods as (
    select
        periods.role,
        periods.grain,
        periods.period_start,
        market_sales.market,
        market_sales.company,
        market_sales.month_on,
        market_sales.own_sales as numerator,
        market_sales.sales as denominator,
        market_sales.month_on as part_on,
        cast(null as decimal(18, 4)) as base_numerator,
        cast(null as decimal(18, 4)) as base_denominator,
        cast(null as date) as base_part_on
    from market_sales
    inner join periods
        on market_sales.month_on >= periods.period_start
        and market_sales.month_on < periods.cutoff_on
    union all
    select
        periods.role,
        periods.grain,
        periods.period_start,
        market_sales.market,
        market_sales.company,
        market_sales.month_on,
        cast(null as decimal(18, 4)) as numerator,
        cast(null as decimal(18, 4)) as denominator,
        cast(null as date) as part_on,
        market_sales.own_sales as base_numerator,
        market_sales.sales as base_denominator,
        market_sales.month_on as base_part_on
    from market_sales
    inner join periods
        on market_sales.month_on >= periods.year_start
        and market_sales.month_on < periods.year_cutoff_on
)

select
    role,
    grain,
    period_start,
    cast(null as date) as until_start,
    market,
    company,
    month_on,
    numerator,
    denominator,
    part_on,
    base_numerator,
    base_denominator,
    base_part_on
from sales_of_periods
