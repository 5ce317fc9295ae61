-- Sales: revenue, margin, deliveries, opportunities, buyers, markets.

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

insert into kpi_cube by name
with lines as (
    select
        date_trunc('month', promised_on)::date as month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner_id, owner, '(unknown)') as owner,
        delivered_on <= promised_on as is_on_time
    from orders
    left join dims on dims.customer_id = orders.customer_id
    where promised_on <= (select day from last_day)
)
select
    'on_time_delivery' as kpi_id, month, segment, industry, region, acquisition_channel, owner,
    count(*) filter (is_on_time) as numerator,
    count(*) as denominator,
    count(*) as n
from lines
group by grouping sets ((month, segment, region), (month, industry), (month, acquisition_channel), (month, owner));

insert into kpi_cube by name
with closed as (
    select
        date_trunc('month', closed_at)::date as month,
        case when opportunities.customer_id is null then leads.segment else dims.segment end as segment,
        case when opportunities.customer_id is null then leads.region else dims.region end as region,
        dims.industry,
        dims.acquisition_channel,
        coalesce(
            opportunities.owner_id,
            case when opportunities.customer_id is null then coalesce(leads.owner_id, lead_dims.owner)
                else dims.owner end
        ) as owner,
        won
    from opportunities
    left join leads on leads.lead_id = opportunities.lead_id
    left join dims on dims.customer_id = opportunities.customer_id
    left join dims as lead_dims on lead_dims.customer_id = leads.customer_id
    where closed_at is not null and won is not null
),
cases as (
    select
        month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(industry, '(unknown)') as industry,
        coalesce(region, '(unknown)') as region,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        won
    from closed
)
select
    'win_rate' as kpi_id, month, segment, industry, region, acquisition_channel, owner,
    count(*) filter (won) as numerator,
    count(*) as denominator,
    count(*) as n
from cases
group by grouping sets ((month, segment, region), (month, industry), (month, acquisition_channel), (month, owner));

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

insert into kpi_cube by name
select
    'market_share' as kpi_id,
    month,
    market,
    sum(sales) filter (is_own) as numerator,
    sum(sales) as denominator,
    count(*) as n
from market_sales
group by grouping sets ((month), (month, market));

-- Buyers of the 12 months to the end of each month: an order opens a run that the next order or the twelfth month ends.
insert into kpi_period_cube by name
with placed as (
    select any_value(customer_id) as customer_id, min(ordered_at) as ordered_at
    from orders
    group by order_id
    having sum(revenue) > 0
),
order_months as (
    select customer_id, year(ordered_at) * 12 + month(ordered_at) - 1 as month, count(*) as orders
    from placed
    group by all
),
neighbours as (
    select
        *,
        lag(month) over (partition by customer_id order by month) as previous,
        lead(month) over (partition by customer_id order by month) as next
    from order_months
),
runs as (
    select
        customer_id,
        month,
        least(month + 12, coalesce(next, 999999)) as until,
        case when orders > 1 then month + 12 else coalesce(previous + 12, 0) end as repeat_until
    from neighbours
),
moves as (
    select customer_id, month, 1 as buyers, (repeat_until > month)::int as repeaters from runs
    union all
    select customer_id, until, -1, 0 from runs
    union all
    select customer_id, least(repeat_until, until), 0, -1 from runs where repeat_until > month
),
sums as (
    select
        month,
        coalesce(segment, '(unknown)') as segment,
        coalesce(region, '(unknown)') as region,
        coalesce(industry, '(unknown)') as industry,
        coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
        coalesce(owner, '(unknown)') as owner,
        sum(buyers) as buyers,
        sum(repeaters) as repeaters
    from moves
    left join dims on dims.customer_id = moves.customer_id
    group by grouping sets ((1, 2, 3), (1, 4), (1, 5), (1, 6))
),
running as (
    select
        * exclude (buyers, repeaters),
        sum(buyers) over book as buyers,
        sum(repeaters) over book as repeaters,
        lead(month) over book as next_month
    from sums
    window book as (partition by segment, region, industry, acquisition_channel, owner order by month)
),
filled as (
    select * exclude (month, next_month), unnest(range(month, coalesce(next_month, month + 1))) as month
    from running
)
select
    'repeat_purchase_rate' as kpi_id,
    grain,
    make_date((filled.month // k) * k // 12, (filled.month // k) * k % 12 + 1, 1) as period_start,
    segment, region, industry, acquisition_channel, owner,
    repeaters as numerator,
    buyers as denominator,
    buyers as n
from filled, grains, last_day
where (filled.month + 1) % k = 0 and filled.month // k <= last_day.month // k and buyers > 0;

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
