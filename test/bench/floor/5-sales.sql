-- Sales: revenue, its growth, margin; the growth of the own market share.

insert into kpi_cube by name
with lines as (
    select
        date_trunc('month', ordered_at)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner_id, owner, '(unknown)') as owner,
        revenue,
        cost,
        revenue - cost as margin
    from orders
    left join dims on dims.customer_id = orders.customer_id
),
sums as (
    select
        month, segment, industry, region, acquisition_channel, owner,
        sum(revenue) as revenue,
        count(*) as n,
        sum(margin) as margin,
        sum(revenue) filter (cost is not null) as margin_revenue,
        count(margin) as margin_n
    from lines
    group by grouping sets (
        (month, segment, region), (month, industry), (month, acquisition_channel), (month, owner)
    )
)
select
    unnest(['revenue', 'gross_margin']) as kpi_id, month, segment, industry, region, acquisition_channel, owner,
    unnest([revenue::double, margin::double]) as numerator,
    unnest([n::double, margin_revenue::double]) as denominator,
    unnest([n, margin_n]) as n
from sums;

-- The revenue of each period against the same one last year: a month's revenue counts now and a year later.
insert into kpi_period_cube by name
with revenue as (
    select * replace (year(month) * 12 + month(month) - 1 as month)
    from kpi_cube
    where kpi_id = 'revenue'
),
moves as (
    select month, segment, industry, region, acquisition_channel, owner, numerator, 0.0 as denominator, n from revenue
    union all
    select revenue.month + 12, segment, industry, region, acquisition_channel, owner, 0, numerator, 0
    from revenue, last_day
    where revenue.month + 12 <= last_day.month
)
select
    'revenue_growth' as kpi_id,
    grain,
    make_date(moves.month // k * k // 12, moves.month // k * k % 12 + 1, 1) as period_start,
    segment, industry, region, acquisition_channel, owner,
    sum(numerator) as numerator, sum(denominator) as denominator, sum(n) as n
from moves, grains
group by all;

insert into kpi_period_cube by name
with sales as (
    select grain, k, market, (year(month) * 12 + month(month) - 1) // k as period,
        sum(sales) filter (is_own) as own, sum(sales) as total, count(*) as n, count(distinct month) as months
    from market_sales, grains
    group by grouping sets ((grain, k, period, market), (grain, k, period))
)
select
    'market_share_growth' as kpi_id,
    now.grain,
    make_date(now.period * now.k // 12, now.period * now.k % 12 + 1, 1) as period_start,
    now.market,
    now.own::double / now.total::double as numerator,
    before.own::double / before.total::double as denominator,
    now.n
from sales as now
join sales as before on before.grain = now.grain and before.period = now.period - 12 // now.k
    and before.market is not distinct from now.market
where now.months = now.k and before.months = now.k;
