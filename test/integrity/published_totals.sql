-- What is published of a KPI over all its cases is what the cubes hold, for each period that is published.
-- for each: kpi
-- damage: update cells set numerator = numerator + 1
with

cubes as (
    select 'period' as role, 'month' as grain, month as period_start, numerator, denominator, n
    from marts.kpi_cube
    where kpi_id = getvariable('kpi') and cuboid = getvariable('whole')
    union all
    select role, grain, period_start, numerator, denominator, n
    from marts.kpi_period_cube
    where kpi_id = getvariable('kpi') and cuboid = getvariable('whole')
),

totals as (
    select role, grain, period_start, sum(numerator) as numerator, sum(denominator) as denominator, sum(n) as n
    from cubes
    group by role, grain, period_start
),

published as (
    select cast(role as varchar) as role, cast(grain as varchar) as grain, period_start, numerator, denominator, n
    from published_totals
    where kpi_id = getvariable('kpi')
)

select role, grain, period_start, totals.numerator, published.numerator as published_numerator, totals.denominator,
    published.denominator as published_denominator
from published
left join totals using (role, grain, period_start)
where abs(published.numerator - coalesce(totals.numerator, 0)) > 1e-9 * greatest(1, abs(published.numerator))
    or abs(published.denominator - coalesce(totals.denominator, 0)) > 1e-9 * greatest(1, abs(published.denominator))
    or published.n <> coalesce(totals.n, 0)
