-- Of one period all cuboids of a KPI sum up to the same, whatever they are split by.
-- for each: kpi that adds up
-- damage: update marts.kpi_period_cube set numerator = numerator + 1 where cuboid = (select max(cuboid) from marts.kpi_period_cube where kpi_id = 'churn_rate') and kpi_id = 'churn_rate'
with

cells as (
    select 'period' as role, 'month' as grain, month as period_start, cuboid, numerator, denominator
    from marts.kpi_cube
    where kpi_id = getvariable('kpi')
    union all
    select role, grain, period_start, cuboid, numerator, denominator
    from marts.kpi_period_cube
    -- What a window leaves out is no part of it.
    where kpi_id = getvariable('kpi') and not ends_with(cuboid, ' rest')
),

sums as (
    select
        role, grain, period_start, cuboid,
        sum(numerator) as numerator,
        case when not list_contains(getvariable('numerator_dimensions'), cuboid) then sum(denominator) end as denominator
    from cells
    group by role, grain, period_start, cuboid
)

select role, grain, period_start, min(numerator) as least, max(numerator) as most, min(denominator) as least_denominator,
    max(denominator) as most_denominator
from sums
group by role, grain, period_start
having max(numerator) - min(numerator) > 1e-9 * greatest(1, abs(max(numerator)))
    or max(denominator) - min(denominator) > 1e-9 * greatest(1, abs(max(denominator)))
