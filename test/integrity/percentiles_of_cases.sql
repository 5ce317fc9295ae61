-- A month's percentiles are of as many cases as its mean.
-- for each: kpi with percentiles
-- damage: update marts.kpi_percentiles set n = n + 1
with

whole as (
    select period_start, max(n) as n
    from marts.kpi_percentiles
    where kpi_id = getvariable('kpi') and role = 'period' and grain = 'month'
    group by period_start
),

cube as (
    select month as period_start, sum(n) as n
    from marts.kpi_cube
    where kpi_id = getvariable('kpi') and cuboid = getvariable('whole')
    group by month
)

select period_start, whole.n as percentile_cases, cube.n as mean_cases
from whole
full join cube using (period_start)
where coalesce(whole.n, 0) <> coalesce(cube.n, 0)
