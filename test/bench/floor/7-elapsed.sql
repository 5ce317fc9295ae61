-- The half-year that has elapsed of the last year, one year before: what the last year is compared with, as the period
-- before it and as the same one last year. Only a year is unfinished where the last day ends a half-year.

create temp table elapsed as
select role, make_date(year(day) - 1, 1, 1) as start_on, (day + 1 - interval 1 year)::date as end_on
from last_day, (values ('elapsed_previous'), ('elapsed_year')) as roles(role);

insert into kpi_period_cube by name
select
    role, 'year' as grain, start_on as period_start,
    kpi_cube.* exclude (month, numerator, denominator, n, sum_sq, awaiting),
    sum(numerator) as numerator, sum(denominator) as denominator, sum(n) as n,
    sum(sum_sq) as sum_sq, sum(awaiting) as awaiting
from kpi_cube
join elapsed on month >= start_on and month < end_on
group by all;

insert into kpi_period_cube by name
select kpi_period_cube.* replace (elapsed.role as role, 'year' as grain)
from kpi_period_cube
join elapsed on period_start = start_on
where grain = 'half' and kpi_id not in ('revenue_growth', 'new_customer_growth');

-- As many days of the year before that one, which may have a day more.
insert into kpi_period_cube by name
with windows as (
    select
        *,
        (start_on - interval 1 year)::date as base_start_on,
        (start_on - interval 1 year)::date + (end_on - start_on)::int as base_end_on
    from elapsed
),
cases as (
    select 'revenue_growth' as kpi_id, ordered_at::date as day, customer_id, owner_id, revenue::double as value
    from orders
    union all
    select 'new_customer_growth', acquired_on, customer_id, null, 1 from customers
)
select
    kpi_id, role, 'year' as grain, start_on as period_start,
    coalesce(segment, '(unknown)') as segment,
    coalesce(region, '(unknown)') as region,
    coalesce(industry, '(unknown)') as industry,
    coalesce(acquisition_channel, '(unknown)') as acquisition_channel,
    coalesce(owner_id, owner, '(unknown)') as owner,
    coalesce(sum(value) filter (day >= start_on), 0) as numerator,
    coalesce(sum(value) filter (day < start_on), 0) as denominator,
    count(*) filter (day >= start_on) as n
from cases
join windows on day >= start_on and day < end_on or day >= base_start_on and day < base_end_on
left join dims on dims.customer_id = cases.customer_id
group by grouping sets (
    (kpi_id, role, start_on, 5, 6), (kpi_id, role, start_on, 7), (kpi_id, role, start_on, 8),
    (kpi_id, role, start_on, 9)
);
